"""The direction of text that people write: Arabic, Persian or Hebrew shows from the right on a page that is read from the left."""

import re
from typing import Any, Final

from markupsafe import Markup, escape

RIGHT_TO_LEFT: Final = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
AUTO: Final = Markup(' dir="auto"')


def direction(text: Any) -> Markup:
    """Return the attribute for the element of a text; empty where the text has no letter that is written from the right."""
    return AUTO if RIGHT_TO_LEFT.search(str(text)) else Markup()


def isolate(text: Any) -> Any:
    """Return a text that stands inside a sentence, so that its full stops and brackets stay with it."""
    if not RIGHT_TO_LEFT.search(str(text)):
        return text
    return Markup("<span{}>{}</span>").format(AUTO, escape(text))
