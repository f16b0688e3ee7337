"""The page that is open to everybody: whether a State is bound by the Protocol, and since when."""
