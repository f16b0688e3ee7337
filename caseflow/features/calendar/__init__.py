"""What is due, as a calendar: a month on a page, and a feed for the calendar programs that people have."""
