"""What of the reviews waits for a person, on "My work"."""

from caseflow.features.review.queue.pages import my_reviews
from caseflow.web.feature import WorkPanel

WORK_PANELS = (WorkPanel(my_reviews, "review/_work.html", order=5),)
