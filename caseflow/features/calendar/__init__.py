"""Deadlines as a calendar: a month on a page, and a feed for calendar programs."""
