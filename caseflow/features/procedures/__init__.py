"""What was filed before other international bodies, and earlier before the Committee (OP-ICESCR art. 3(2)(c))."""
