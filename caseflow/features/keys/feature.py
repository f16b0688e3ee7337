"""Sealing everything again with another data key. It has no page: the command line does it."""

from caseflow.features.keys.words import VOCABULARIES
from caseflow.web.feature import Feature

FEATURE = Feature(name="keys", words=VOCABULARIES)
