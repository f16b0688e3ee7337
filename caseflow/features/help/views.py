"""Help. All but "Whom to ask" is open without signing in, like the page on which people sign in: it holds nothing of anybody.

The language is in the address: public pages do not ask which one a person chose, and a link shows the same to everybody.
"""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from caseflow.access import Permission
from caseflow.features.help.pages import MANUALS, manuals
from caseflow.features.help.queries import contacts
from caseflow.translations import languages
from caseflow.web.access import public, requires, uow
from caseflow.web.language import language_names, language_of_request

blueprint = Blueprint("help", __name__, url_prefix="/help")


def _one_of(names: tuple[str, ...]) -> str:
    return ", ".join(f"'{name}'" for name in names)


@blueprint.get("")
@public
def choose() -> ResponseReturnValue:
    """Redirect to the help in the browser's language."""
    return redirect(url_for("help.index", language=language_of_request()))


@blueprint.get(f"/<any({_one_of(languages())}):language>")
@public
def index(language: str) -> ResponseReturnValue:
    """List the manuals."""
    found = {manual.name: manual for manual in manuals(language)}
    return render_template("help/index.html", manuals=found, shown_in=language, languages=language_names())


@blueprint.get(f"/<any({_one_of(languages())}):language>/<any({_one_of(MANUALS)}):name>")
@public
def show(language: str, name: str) -> ResponseReturnValue:
    """Show a manual."""
    manual = next(one for one in manuals(language) if one.name == name)
    return render_template("help/show.html", manual=manual, shown_in=language, languages=language_names())


@blueprint.get("/people")
@requires(Permission.ACCOUNT_OWN)
def people() -> ResponseReturnValue:
    """Show whom the person can ask."""
    return render_template("help/people.html", contacts=contacts(uow()))
