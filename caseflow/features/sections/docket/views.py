"""Where the cases of a section stand, or those that a coalition coordinator sees, with the lists behind the numbers."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from caseflow.access import Permission
from caseflow.features.sections.docket import pages
from caseflow.features.sections.docket.commands import Listing
from caseflow.web.access import requires, uow

of_section = Blueprint("section_docket", __name__, url_prefix="/section/docket")
of_coalition = Blueprint("coalition_docket", __name__, url_prefix="/coalition/docket")
LISTINGS = ", ".join(f"'{listing}'" for listing in Listing)


@of_section.get("")
@requires(Permission.CASE_ASSIGN)
def show() -> ResponseReturnValue:
    """Show where the cases of a section stand."""
    place = pages.place_of_section(uow(), request.args.get("section", ""))
    return render_template("sections/docket.html", page=pages.docket_page(uow(), place))


@of_section.get(f"/<any({LISTINGS}):listing>")
@requires(Permission.CASE_ASSIGN)
def listed(listing: str) -> ResponseReturnValue:
    """Show the list behind a number."""
    place = pages.place_of_section(uow(), request.args.get("section", ""))
    page = pages.list_page(uow(), place, Listing(listing), request.args)
    return render_template("sections/docket_list.html", page=page)


@of_coalition.get("", endpoint="show")
@requires(Permission.COALITION_WATCH)
def show_coalition() -> ResponseReturnValue:
    """Show where the cases stand that the person sees."""
    return render_template("sections/docket.html", page=pages.docket_page(uow(), pages.place_of_coalition()))


@of_coalition.get(f"/<any({LISTINGS}):listing>", endpoint="listed")
@requires(Permission.COALITION_WATCH)
def listed_coalition(listing: str) -> ResponseReturnValue:
    """Show the list behind a number."""
    page = pages.list_page(uow(), pages.place_of_coalition(), Listing(listing), request.args)
    return render_template("sections/docket_list.html", page=page)
