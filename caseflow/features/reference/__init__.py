"""Reference data: States and vocabularies, loaded from the dated packs of the law engine."""
