"""Notes: what was said and agreed from day to day."""
