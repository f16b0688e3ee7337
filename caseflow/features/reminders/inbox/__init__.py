"""What a person was told of, in the application: the bell, and the page behind it."""
