"""The pages of the decisions of the Committee: for people who are signed in, and the same open to everybody."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from caseflow.access import Permission
from caseflow.features.jurisprudence import editing, pages, queries
from caseflow.features.jurisprudence.forms import DecisionForm, DecisionsForm, HoldingForm, RemovalForm
from caseflow.features.jurisprudence.queries import Library, current_library
from caseflow.features.jurisprudence.words import history_line, page_url, question_words
from caseflow.features.reference.queries import history_of, state_codes
from caseflow.web.access import is_public, public, requires, uow
from caseflow.web.headers import allow_caching
from caseflow.web.open_data import CACHE_LIFETIME, open_data
from caseflow.web.saving import form_page, submit
from caseflow.web.texts import gettext as _

HISTORY = 100
"""Changes shown on a decision's page."""
View = Callable[..., ResponseReturnValue]

blueprint = Blueprint("jurisprudence", __name__, url_prefix="/decisions")
open_blueprint = Blueprint("open_decisions", __name__, url_prefix="/bound/decisions")


class _Both:
    """Registers a page of the library twice; its view takes the library as read by whoever asks."""

    def get(self, path: str) -> Callable[[View], View]:
        """Register a view at a path of both blueprints."""

        def register(view: View) -> View:
            @wraps(view)
            def own(**values: str) -> ResponseReturnValue:
                return view(current_library(uow()), **values)

            @wraps(view)
            def opened(**values: str) -> ResponseReturnValue:
                if not (request.args or values):  # what somebody asks for is not stored anywhere
                    allow_caching(CACHE_LIFETIME)
                return view(open_data("decisions", current_library), **values)

            blueprint.get(path, endpoint=view.__name__)(requires(Permission.REGISTER_READ)(own))
            open_blueprint.get(path, endpoint=view.__name__)(public(opened))
            return view

        return register


library_pages = _Both()


def _page(template: str, **context: Any) -> str:
    layout = "_layout/public.html" if is_public() else "_layout/page.html"
    return render_template(f"jurisprudence/{template}.html", layout=layout, page_url=page_url, **context)


@library_pages.get("")
def index(library: Library) -> ResponseReturnValue:
    """List and search the decisions."""
    form = DecisionsForm(request.args)
    form.set_choices(queries.offered(library))
    found = pages.decision_list(library, form, request.args.get("after", ""))
    return _page("index", form=form, found=found, library=library)


@library_pages.get("/rules")
def rules(library: Library) -> ResponseReturnValue:
    """List the rules and questions on which something was held."""
    return _page("rules", tables=pages.rule_tables(library))


@library_pages.get("/rules/<rule>")
def rule(library: Library, rule: str) -> ResponseReturnValue:
    """Show what the Committee held on a rule."""
    return _page("rule", groups=pages.rule_groups(library, rule), title=question_words(rule), rule=rule)


@library_pages.get("/figures")
def figures(library: Library) -> ResponseReturnValue:
    """Show what is counted of all decisions."""
    return _page("figures", tables=pages.figure_tables(library), library=library)


@library_pages.get("/<number>")
def show(library: Library, number: str) -> ResponseReturnValue:
    """Show a decision and what was held in it."""
    return _page("show", page=pages.decision_page(library, number), number=number, **_of_people(number))


def _of_people(number: str) -> dict[str, object]:
    """Return what only signed-in people see of a decision: its history, and whether they may change it. One statement."""
    if is_public():
        return {"may_edit": False, "entries": None}
    entries = history_of(uow(), queries.SUBJECT, number.replace("-", "/"), HISTORY)
    may_edit = uow().person.may(Permission.REGISTER_EDIT)
    return {"may_edit": may_edit, "entries": [history_line(one) for one in entries]}


@blueprint.route("/<number>/edit", methods=["GET", "POST"])
@requires(Permission.REGISTER_EDIT)
def edit(number: str) -> ResponseReturnValue:
    """Change a decision."""
    row = queries.stored_decision(uow(), number.replace("-", "/"))
    form = DecisionForm(obj=row)
    form.set_choices(state_codes(uow()))
    if submit(
        form, lambda: editing.change_decision(uow(), row.number, form.version.data or 0, form.command(row.number))
    ):
        return _saved(number)
    return form_page("jurisprudence/edit.html", form, page_url=page_url, number=number, heading=_("Change a decision"))


@blueprint.route("/<number>/holdings/new", methods=["GET", "POST"])
@requires(Permission.REGISTER_EDIT)
def add_holding(number: str) -> ResponseReturnValue:
    """Add what was held in a decision."""
    row = queries.stored_decision(uow(), number.replace("-", "/"))
    form = HoldingForm()
    form.set_choices(None)
    if submit(form, lambda: editing.add_holding(uow(), row.number, form.command())):
        return _saved(number)
    return form_page("jurisprudence/edit.html", form, page_url=page_url, number=number, heading=_("Add a holding"))


@blueprint.route("/<number>/holdings/<holding_id>/edit", methods=["GET", "POST"])
@requires(Permission.REGISTER_EDIT)
def edit_holding(number: str, holding_id: str) -> ResponseReturnValue:
    """Change what was held in a decision."""
    of, row = number.replace("-", "/"), queries.stored_holding(uow(), number.replace("-", "/"), holding_id)
    form = HoldingForm(obj=row)
    form.set_choices(row)
    if submit(form, lambda: editing.change_holding(uow(), of, holding_id, form.version.data or 0, form.command())):
        return _saved(number)
    return form_page("jurisprudence/edit.html", form, page_url=page_url, number=number, heading=_("Change a holding"))


@blueprint.route("/<number>/holdings/<holding_id>/remove", methods=["GET", "POST"])
@requires(Permission.REGISTER_EDIT)
def remove_holding(number: str, holding_id: str) -> ResponseReturnValue:
    """Ask for confirmation, then remove what was held in a decision."""
    of, row = number.replace("-", "/"), queries.stored_holding(uow(), number.replace("-", "/"), holding_id)
    form = RemovalForm(version=row.version)
    if submit(form, lambda: editing.remove_holding(uow(), of, holding_id, form.version.data or 0)):
        return _saved(number)
    return form_page("jurisprudence/remove_holding.html", form, page_url=page_url, number=number, holding=row)


def _saved(number: str) -> ResponseReturnValue:
    flash(_("Saved. The history keeps what was there before, and newer packs no longer change it."), "good")
    return redirect(page_url("show", number=number), 303)
