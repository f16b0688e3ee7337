"""What people typed into forms and have not saved: kept as they type, listed, and discarded."""
