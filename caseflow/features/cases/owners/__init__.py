"""Who owns cases: present owners, and cases of people who left."""
