"""Which other international bodies could hear a case, until when, and which filing would bar which."""
