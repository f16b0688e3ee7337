"""The home of the coordinators of the coalition: the cases that they see, and numbers of the sections whose cases they do not see."""
