"""Names of roles, acts and browsers."""

from collections.abc import Mapping
from typing import Final

from caseflow.web.feature import Vocabulary
from caseflow.web.texts import gettext as _
from caseflow.web.texts import lazy_gettext as _l

BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("CriOS/", "Chrome"),
    ("Safari/", "Safari"),
)
"""Part of the User-Agent header (RFC 9110, 10.1.5) -> browser. Most name older browsers too, so the order matters."""
SYSTEMS = (
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def browser_words(agent: str) -> str:
    """Return browser and system of a User-Agent header: "Firefox on Linux"."""
    browser = next((name for part, name in BROWSERS if part in agent), "")
    system = next((name for part, name in SYSTEMS if part in agent), "")
    if browser and system:
        return str(_("%(browser)s on %(system)s", browser=browser, system=system))
    return browser or system or str(_("Not known"))


VOCABULARIES: Final[Mapping[str, Vocabulary]] = {
    "role": {
        "caseworker": _l("Caseworker"),
        "section_coordinator": _l("Section coordinator"),
        "section_reporter": _l("Section reporter"),
        "coalition_coordinator": _l("Coalition coordinator"),
        "administrator": _l("Administrator"),
        "auditor": _l("Auditor"),
    },
}
