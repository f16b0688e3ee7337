"""The review of a case before filing, and who approves which version of it."""
