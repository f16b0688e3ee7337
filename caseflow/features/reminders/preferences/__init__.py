"""How people and sections want to be reminded: the hour of the digest, absences, thresholds."""
