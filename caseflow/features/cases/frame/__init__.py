"""The frame of the pages of a case: who and where, what is next, and the navigation between them."""
