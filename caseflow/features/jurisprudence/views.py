"""The pages of the decisions of the Committee: for people who are signed in, and the same open to everybody."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from caseflow.access import Permission
from caseflow.features.jurisprudence import pages, queries
from caseflow.features.jurisprudence.forms import DecisionsForm
from caseflow.features.jurisprudence.queries import Library, current_library
from caseflow.features.jurisprudence.words import page_url, question_words
from caseflow.web.access import is_public, public, requires, uow
from caseflow.web.headers import allow_caching
from caseflow.web.open_data import CACHE_LIFETIME, open_data

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
    return _page("show", page=pages.decision_page(library, number), number=number)
