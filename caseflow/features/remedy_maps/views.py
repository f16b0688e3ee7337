"""The pages of remedy maps."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from caseflow.access import Permission
from caseflow.features.reference.queries import state_codes
from caseflow.features.remedy_maps import pages, queries, service, steps
from caseflow.features.remedy_maps.forms import (
    HeadForm,
    MapFilterForm,
    NewMapForm,
    PlaceForm,
    ReviewForm,
    StepForm,
    VersionForm,
)
from caseflow.web.access import requires, today_of_reader, uow
from caseflow.web.saving import added_at, form_page, submit
from caseflow.web.texts import gettext as _

blueprint = Blueprint("remedy_maps", __name__, url_prefix="/remedy-maps")
HISTORY_PAGE = 50
RECENT = 5


def _to_map(map_id: UUID, anchor: str | None = None) -> ResponseReturnValue:
    return redirect(url_for("remedy_maps.show", map_id=map_id, _anchor=anchor), 303)


@blueprint.get("")
@requires(Permission.REMEDY_MAP_READ)
def index() -> ResponseReturnValue:
    """List the maps."""
    form = MapFilterForm(request.args)
    form.set_choices(state_codes(uow()))
    page = queries.map_list(uow(), after=request.args.get("after", type=UUID), **form.search(today_of_reader()))
    may_edit = uow().person.may(Permission.REMEDY_MAP_EDIT)
    return render_template("remedy_maps/index.html", form=form, page=page, may_edit=may_edit)


@blueprint.get("/<uuid:map_id>")
@requires(Permission.REMEDY_MAP_READ)
def show(map_id: UUID) -> ResponseReturnValue:
    """Show a map as a ladder."""
    return _map_page(map_id)


def _map_page(map_id: UUID) -> str:
    remedy_map = queries.one_remedy_map(uow(), map_id)
    entries = pages.shown_history(queries.map_history(uow(), map_id, limit=RECENT))
    may_edit = uow().person.may(Permission.REMEDY_MAP_EDIT)
    return render_template(
        "remedy_maps/show.html",
        map=remedy_map,
        pages=pages,
        entries=entries,
        may_edit=may_edit,
        knows_holidays=service.knows_holidays(remedy_map.state_code),
    )


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.REMEDY_MAP_EDIT)
def add() -> ResponseReturnValue:
    """Add a map."""
    form = NewMapForm()
    form.set_choices(state_codes(uow()))
    if remedy_map := submit(form, lambda: service.add_map(uow(), form.command())):
        flash(_("The map was created. Add the remedies in the order in which they are used."), "good")
        return _to_map(remedy_map.id)
    return form_page("remedy_maps/new.html", form)


@blueprint.route("/<uuid:map_id>/edit", methods=["GET", "POST"])
@requires(Permission.REMEDY_MAP_EDIT)
def edit(map_id: UUID) -> ResponseReturnValue:
    """Change the fields that apply to all steps."""
    remedy_map = queries.one_remedy_map(uow(), map_id)
    form = HeadForm(obj=remedy_map)
    form.set_choices(remedy_map, {code: code for code in service.regions_of(remedy_map.state_code)})
    if submit(form, lambda: service.change_map(uow(), map_id, form.command())):
        flash(_("Saved."), "good")
        return _to_map(map_id)
    return form_page("remedy_maps/edit.html", form, map=remedy_map)


@blueprint.route("/<uuid:map_id>/copy", methods=["GET", "POST"])
@requires(Permission.REMEDY_MAP_EDIT)
def copy(map_id: UUID) -> ResponseReturnValue:
    """Copy a map for another State or right."""
    remedy_map = queries.one_remedy_map(uow(), map_id)
    form = PlaceForm()
    form.set_choices(state_codes(uow()))
    if made := submit(form, lambda: service.copy_map(uow(), map_id, form.copied())):
        flash(_("The copy is only an example: check every step before anyone relies on it."), "good")
        return _to_map(made.id)
    return form_page("remedy_maps/copy.html", form, map=remedy_map)


@blueprint.route("/<uuid:map_id>/review", methods=["GET", "POST"])
@requires(Permission.REMEDY_MAP_EDIT)
def review(map_id: UUID) -> ResponseReturnValue:
    """Mark a map as reviewed by a lawyer."""
    remedy_map = queries.one_remedy_map(uow(), map_id)
    form = ReviewForm(version=remedy_map.version, reviewed_on=today_of_reader())
    if submit(form, lambda: service.mark_reviewed(uow(), map_id, form.command())):
        flash(_("The map is marked as reviewed. Any change to a step removes the mark."), "good")
        return _to_map(map_id)
    return form_page("remedy_maps/review.html", form, map=remedy_map)


@blueprint.route("/<uuid:map_id>/steps/new", methods=["GET", "POST"])
@requires(Permission.REMEDY_MAP_EDIT)
def add_step(map_id: UUID) -> ResponseReturnValue:
    """Add a remedy at the end of a map."""
    remedy_map = queries.one_remedy_map(uow(), map_id)
    form = StepForm(version=0)
    form.set_choices()
    if submit(form, lambda: steps.add_step(uow(), map_id, form.command())):
        flash(_("The step was added."), "good")
        return _to_map(map_id, "steps")
    return form_page("remedy_maps/step.html", form, map=remedy_map, step=None)


@blueprint.route("/<uuid:map_id>/steps/<uuid:step_id>", methods=["GET", "POST"])
@requires(Permission.REMEDY_MAP_EDIT)
@added_at("remedy_maps.add_step", steps.removal_of_step)
def edit_step(map_id: UUID, step_id: UUID) -> ResponseReturnValue:
    """Show and save the form of a step of a remedy map."""
    remedy_map, step = queries.one_remedy_map(uow(), map_id), queries.one_step(uow(), map_id, step_id)
    form = StepForm(obj=step)
    form.set_choices()
    if submit(form, lambda: steps.change_step(uow(), map_id, step_id, form.command())):
        flash(_("Saved."), "good")
        return _to_map(map_id, f"step-{step_id}")
    return form_page("remedy_maps/step.html", form, map=remedy_map, step=step)


@blueprint.post("/<uuid:map_id>/steps/<uuid:step_id>/move")
@requires(Permission.REMEDY_MAP_EDIT)
def move_step(map_id: UUID, step_id: UUID) -> ResponseReturnValue:
    """Move a remedy one place earlier or later."""
    earlier = request.form.get("to") == "earlier"
    form = VersionForm()
    if submit(form, lambda: steps.move_step(uow(), map_id, step_id, form.version.data or 0, earlier=earlier)):
        return _to_map(map_id, "steps")
    queries.one_step(uow(), map_id, step_id)
    flash(
        _(
            "The map was changed in the meantime, or the page was out of date: nothing was moved. Check the map and try again."
        ),
        "warn",
    )
    return _map_page(map_id), form.answer_status


@blueprint.route("/<uuid:map_id>/steps/<uuid:step_id>/remove", methods=["GET", "POST"])
@requires(Permission.REMEDY_MAP_EDIT)
def remove_step(map_id: UUID, step_id: UUID) -> ResponseReturnValue:
    """Ask for confirmation, then remove a remedy from a map."""
    remedy_map, step = queries.one_remedy_map(uow(), map_id), queries.one_step(uow(), map_id, step_id)
    form = VersionForm(version=step.version)
    if submit(form, lambda: steps.remove_step(uow(), map_id, step_id, form.version.data or 0)):
        flash(_("The step was removed. The history keeps its content."), "good")
        return _to_map(map_id, "steps")
    return form_page("remedy_maps/remove_step.html", form, map=remedy_map, step=step)


@blueprint.get("/<uuid:map_id>/history")
@requires(Permission.REMEDY_MAP_READ)
def history(map_id: UUID) -> ResponseReturnValue:
    """Show the history of a map."""
    remedy_map = queries.one_remedy_map(uow(), map_id)
    found = queries.map_history(uow(), map_id, limit=HISTORY_PAGE, before=request.args.get("before", type=UUID))
    older = found[-1].id if len(found) == HISTORY_PAGE else None
    entries = pages.shown_history(found)
    return render_template("remedy_maps/history.html", map=remedy_map, entries=entries, older=older)
