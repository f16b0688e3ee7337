"""How many days may pass between contacts: a setting of a section."""
