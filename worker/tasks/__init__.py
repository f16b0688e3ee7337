"""One module per feature, one short task per job."""
