"""Whether everything runs that people rely on: signs of life, the outbox, failures."""
