"""What the Committee decided: the outcome of each claim, and its recommendations with what the State did about each."""
