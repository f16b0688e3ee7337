"""Evidence of a case: files, what they show, what they support, and their custody."""
