"""The pages of the decisions of the Committee."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from caseflow.access import Permission
from caseflow.features.jurisprudence import pages, queries
from caseflow.features.jurisprudence.forms import DecisionsForm
from caseflow.features.jurisprudence.words import question_words
from caseflow.law.jurisprudence import load_jurisprudence
from caseflow.web.access import requires, uow

blueprint = Blueprint("jurisprudence", __name__, url_prefix="/decisions")


@blueprint.get("")
@requires(Permission.REGISTER_READ)
def index() -> ResponseReturnValue:
    """List and search the decisions."""
    form = DecisionsForm(request.args)
    form.set_choices(queries.offered(uow()))
    found = pages.decision_list(uow(), form, request.args.get("after", ""))
    return render_template("jurisprudence/index.html", form=form, found=found, pack=load_jurisprudence())


@blueprint.get("/rules")
@requires(Permission.REGISTER_READ)
def rules() -> ResponseReturnValue:
    """List the rules and questions on which something was held."""
    return render_template("jurisprudence/rules.html", tables=pages.rule_tables(uow()))


@blueprint.get("/rules/<rule>")
@requires(Permission.REGISTER_READ)
def rule(rule: str) -> ResponseReturnValue:
    """Show what the Committee held on a rule."""
    groups = pages.rule_groups(uow(), rule)
    return render_template("jurisprudence/rule.html", title=question_words(rule), rule=rule, groups=groups)


@blueprint.get("/figures")
@requires(Permission.REGISTER_READ)
def figures() -> ResponseReturnValue:
    """Show what is counted of all decisions."""
    return render_template("jurisprudence/figures.html", tables=pages.figure_tables(uow()), pack=load_jurisprudence())


@blueprint.get("/<number>")
@requires(Permission.REGISTER_READ)
def show(number: str) -> ResponseReturnValue:
    """Show a decision and what was held in it."""
    return render_template("jurisprudence/show.html", page=pages.decision_page(uow(), number), number=number)
