"""What identifies persons: sealed, found by exact digests, shown for fifteen minutes with a reason."""
