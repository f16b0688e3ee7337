"""Reference data: the register of States, loaded from the dated packs of the law engine."""
