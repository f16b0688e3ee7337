"""Open, describe and move cases: quick capture, the list, the case page, claims and acts, history."""
