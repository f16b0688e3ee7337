"""The home of the coordinators of the coalition."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from caseflow.access import Permission
from caseflow.features.sections.coalition import pages
from caseflow.features.sections.commands import Block
from caseflow.web.access import requires, uow

blueprint = Blueprint("coalition", __name__, url_prefix="/coalition")
BLOCKS = ", ".join(f"'{block}'" for block in pages.BLOCKS)


@blueprint.get("")
@requires(Permission.COALITION_WATCH)
def show() -> ResponseReturnValue:
    """Show what lapses in the cases that the person sees, and how the sections do."""
    return render_template("sections/coalition.html", page=pages.coalition_page(uow()), smallest=pages.SMALLEST)


@blueprint.get(f"/<any({BLOCKS}):block>")
@requires(Permission.COALITION_WATCH)
def listed(block: str) -> ResponseReturnValue:
    """Show all lines of a block."""
    page = pages.list_page(uow(), Block(block), request.args.get("page", ""))
    return render_template("sections/coalition_list.html", page=page)
