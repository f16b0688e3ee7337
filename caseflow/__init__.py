"""Caseflow: the case file of coalitions that take violations of economic, social and cultural rights to the UN."""
