"""The home of the coordinators of a section, and the lists behind its numbers."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from caseflow.access import Permission
from caseflow.clock import now
from caseflow.features.sections import pages
from caseflow.features.sections.commands import Block
from caseflow.web.access import requires, uow

blueprint = Blueprint("sections", __name__, url_prefix="/section")
BLOCKS = ", ".join(f"'{block}'" for block in Block if block not in pages.OF_DOCKET)


@blueprint.get("")
@requires(Permission.CASE_ASSIGN)
def show() -> ResponseReturnValue:
    """Show what lapses, waits and can be filed in a section, and the team."""
    page = pages.section_page(uow(), request.args.get("section", ""))
    return render_template("sections/show.html", page=page, at=now())


@blueprint.get(f"/<any({BLOCKS}):block>")
@requires(Permission.CASE_ASSIGN)
def listed(block: str) -> ResponseReturnValue:
    """Show all lines of a block."""
    asked = request.args
    page = pages.list_page(
        uow(), Block(block), asked.get("section", ""), asked.get("person", ""), asked.get("page", "")
    )
    return render_template("sections/list.html", page=page)
