from pathlib import Path

import pytest

from caseflow.law import decode, read_facts
from caseflow.law.writing import facts_document

EXAMPLES = sorted((Path(__file__).parent / "examples" / "facts").glob("*.json"))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_parsing_and_writing_is_a_round_trip(path):
    facts = read_facts(decode(path.read_bytes()))
    assert read_facts(facts_document(facts)) == facts
