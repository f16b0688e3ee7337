"""Tasks: who does what until when, with which result."""
