"""Files from outside: the text of a file, the table in it, and its dates. Every import reads through here."""
