"""What the State objected to on admissibility, and when."""
