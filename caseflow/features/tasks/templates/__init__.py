"""Templates of tasks: several tasks at once, with last days counted from one day."""
