"""Help: the manuals as pages, a glossary, what was done for accessibility, and whom to ask."""
