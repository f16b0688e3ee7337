"""The filing of a case: its record, and how it is taken back."""
