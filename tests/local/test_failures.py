"""How failures are said on the command line."""

from caseflow.errors import Invalid
from caseflow.local.failures import sentence_of


def test_what_is_wrong_with_the_input_is_said_field_by_field():
    refused = Invalid("Nothing was added.", {"files": "%(name)s is empty."}, values={"name": "a.pdf"})
    assert sentence_of(refused) == "Nothing was added. a.pdf is empty."
