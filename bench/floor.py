"""The floor: the same pages by a bare Flask + SQLAlchemy + Jinja application over the same tables.

No sign-in, no row security (it connects as the superuser, who bypasses policies), no audit, no assessment, no form
library, no translations: a section is a WHERE, a page is a loop. The difference to it is what safety and the page kit cost.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from babel import Locale
from flask import Flask, redirect, render_template, request
from sqlalchemy import Engine, cast, func, or_, select
from sqlalchemy.dialects.postgresql import TSQUERY, distinct_on
from sqlalchemy.orm import Session, joinedload, load_only, selectinload
from werkzeug.wrappers import Response

from caseflow.clock import now, today
from caseflow.db.searching import question
from caseflow.law import load_register
from caseflow.models import (
    ENDED_STAGES,
    STAGES_BEFORE_FILING,
    AuditEntry,
    Case,
    CaseListing,
    CaseView,
    Claim,
    Deadline,
    DomesticRemedy,
    Section,
    Stage,
    User,
)
from caseflow.models.case_search import searched_texts

PAGE, COUNT_UP_TO, RECENT = 50, 1001, 5
FINDING = SimpleNamespace(
    result="Not known yet", title="Domestic remedies exhausted", citation="OP-ICESCR art. 3(1)",
    because="The outcome of the last ordinary remedy is not recorded, so it is not known whether all have been exhausted.",
    facts=("court, first instance: Outcome", "appeal: Decided", "appeal: Notified"),
    settles="Record the outcome of the appeal with the day on which it was notified.",
)  # fmt: skip
"""A constant finding: the page renders as much, and nothing is computed."""


def create_floor(engine: Engine, section_id: UUID) -> Flask:
    """Return the application for one section."""
    app = Flask("floor", template_folder=str(Path(__file__).parent / "templates"))
    names = Locale("en").territories
    states = {code: str(names.get(code, code)) for code in load_register().states}
    words: dict[str, Any] = {"states": states}

    @app.get("/cases")
    def index() -> str:
        with Session(engine) as session:
            return render_template(
                "floor_list.html", **words, **_list(session, section_id, request.args), today=today()
            )

    @app.get("/cases/<uuid:case_id>")
    def show(case_id: UUID) -> str:
        with Session(engine) as session:
            return render_template(
                "floor_case.html", **words, **_case(session, case_id), today=today(), finding=FINDING
            )

    @app.post("/cases/<uuid:case_id>/remedies/<uuid:remedy_id>")
    def save(case_id: UUID, remedy_id: UUID) -> Response:
        with Session(engine) as session:
            _save_remedy(session, remedy_id, request.form)
        return redirect(f"/cases/{case_id}", code=303)

    return app


def _list(session: Session, section_id: UUID, asked: Mapping[str, str]) -> dict[str, Any]:
    conditions = [Case.section_id == section_id]
    if "state" in asked:
        conditions += [Case.state_code == asked["state"], Case.stage == asked["stage"]]
    if "right" in asked:
        conditions.append(Case.rights.contains([asked["right"]]))
    if "text" in asked:
        wanted = question(asked["text"])
        found = Case.search.op("@@")(cast(wanted.words, TSQUERY))
        conditions.append(or_(found, Case.lookup.like(f"%{wanted.part}%")))
    page = select(Case).where(*conditions).options(
        load_only(Case.reference, Case.title, Case.state_code, Case.rights, Case.stage, Case.urgency, Case.opened_on,
                  Case.place_region, Case.section_id, Case.owner_id, Case.confidentiality),
        joinedload(Case.owner).load_only(User.name),
        joinedload(Case.section).load_only(Section.code),
    )  # fmt: skip
    counted = select(Case.id).where(*conditions).limit(COUNT_UP_TO).subquery()
    if asked.get("sort") in {"due", "clock"}:
        page = page.join(CaseListing, CaseListing.case_id == Case.id).where(CaseListing.section_id == section_id)
        order: list[Any] = [CaseListing.irreversible_on, CaseListing.case_id]
        if asked["sort"] == "clock":
            page = page.where(
                CaseListing.one_year_on >= today(), CaseListing.outlook.in_(("incomplete", "arguable", "clear"))
            )
            order[0] = CaseListing.one_year_on
    else:
        order = [Case.opened_on.desc(), Case.id.desc()]
    cases = session.scalars(page.order_by(*order).limit(PAGE + 1)).all()
    soonest = (
        select(Deadline)
        .where(Deadline.case_id.in_([case.id for case in cases]), Deadline.done_at.is_(None))
        .ext(distinct_on(Deadline.case_id))
        .order_by(Deadline.case_id, Deadline.due_on, Deadline.id)
    )
    users = session.execute(select(User.id, User.name).order_by(User.name)).all()
    words = asked.get("text", "")
    return {
        "views": _views(session, section_id) if set(asked) <= {"view", "sort"} else {},
        "found": _pieces(session, [case.id for case in cases[:PAGE]], words) if words else {},
        "cases": cases[:PAGE],
        "total": session.scalar(select(func.count()).select_from(counted)),
        "due": {deadline.case_id: deadline for deadline in session.scalars(soonest)},
        "users": users,
    }


def _views(session: Session, section_id: UUID) -> dict[str, int]:
    """Count what the views of the list have, each up to a hundred and one."""
    is_open = Case.stage.not_in(ENDED_STAGES)
    listed = CaseListing.section_id == section_id
    views = {
        "Mine": select(Case.id).where(Case.section_id == section_id, Case.owner_id == section_id, is_open),
        "Due this week": select(CaseListing.case_id).where(listed, CaseListing.due_on <= today() + timedelta(days=7)),
        "Can be filed": select(CaseListing.case_id).join(Case, Case.id == CaseListing.case_id)
        .where(listed, Case.stage.in_(STAGES_BEFORE_FILING), CaseListing.one_year_on >= today())
        .where(CaseListing.outlook.in_(("incomplete", "arguable", "clear"))),
        "Waiting for review": select(Case.id).where(Case.section_id == section_id, Case.stage == Stage.READINESS_REVIEW),
        "No owner": select(Case.id).where(Case.section_id == section_id, Case.owner_id.is_(None), is_open),
        "No activity": select(CaseListing.case_id).join(Case, Case.id == CaseListing.case_id)
        .where(listed, CaseListing.active_at < now() - timedelta(days=60), is_open),
    }  # fmt: skip
    counts = (select(func.count()).select_from(view.limit(101).subquery()).scalar_subquery() for view in views.values())
    return dict(zip(views, session.execute(select(*counts)).one(), strict=True))


def _pieces(session: Session, ids: Sequence[UUID], words: str) -> dict[UUID, str]:
    """Return of each case a piece of the first text that has the words, of those that the application searches."""
    wanted, found = words.casefold(), dict[UUID, str]()
    places = ("act.what", "case.narrative", "claim.label", "domestic_remedy.authority", "domestic_remedy.file_number")
    for case_id, _place, text in session.execute(searched_texts(places), {"ids": list(ids)}):
        place = text.casefold().find(wanted)
        if place >= 0:
            found.setdefault(case_id, text[max(place - 50, 0) : place + 120])
    return found


def _case(session: Session, case_id: UUID) -> dict[str, Any]:
    whole = select(Case).where(Case.id == case_id).options(
        joinedload(Case.section), joinedload(Case.owner), selectinload(Case.claims).selectinload(Claim.acts)
    )  # fmt: skip
    trail = select(AuditEntry.at, User.name, AuditEntry.action, AuditEntry.changes).outerjoin(
        User, User.id == AuditEntry.actor_id
    )
    seen = select(User.name, func.max(CaseView.viewed_on)).join(User, User.id == CaseView.user_id)
    deadlines = select(Deadline).where(Deadline.case_id == case_id).options(joinedload(Deadline.responsible))
    ladder = select(DomesticRemedy).where(DomesticRemedy.case_id == case_id)
    return {
        "case": session.scalars(whole).one(),
        "remedies": session.scalars(ladder.order_by(DomesticRemedy.claim_id, DomesticRemedy.position)).all(),
        "deadlines": session.scalars(deadlines.order_by(Deadline.due_on)).all(),
        "trail": session.execute(
            trail.where(AuditEntry.case_id == case_id).order_by(AuditEntry.at.desc()).limit(RECENT)
        ).all(),
        "seen": session.execute(
            seen.where(CaseView.case_id == case_id).group_by(User.id, User.name).limit(RECENT)
        ).all(),
    }


def _save_remedy(session: Session, remedy_id: UUID, form: Mapping[str, str]) -> None:
    remedy = session.get_one(DomesticRemedy, remedy_id)
    for name in ("stage", "kind", "outcome", "file_number"):
        setattr(remedy, name, form[name])
    session.commit()
