"""Letters to the Committee that are written from a case in the words and with the names of its dossier."""
