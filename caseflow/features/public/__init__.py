"""The public page: whether a State is bound by the Protocol, and since when."""
