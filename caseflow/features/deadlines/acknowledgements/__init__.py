"""What people say of deadlines: seen, later."""
