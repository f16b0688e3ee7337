"""The front: reads requests whole, within limits of time and size, before the application sees them."""
