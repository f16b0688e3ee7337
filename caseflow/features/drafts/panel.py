"""The block of drafts on "My work"."""

from typing import Final

from caseflow.features.drafts.pages import work_block
from caseflow.web.feature import WorkPanel

WORK_PANELS: Final = (WorkPanel(work_block, "drafts/_work.html"),)
