"""Open, describe and move cases: quick capture, the list, the case page, history."""
