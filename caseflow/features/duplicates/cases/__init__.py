"""Cases that may be recorded twice: two files on one event."""
