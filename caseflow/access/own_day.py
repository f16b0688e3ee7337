"""Which day it is for a person, for pages that belong to no section."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseflow.access.actor import PersonActor
from caseflow.clock import today
from caseflow.models import ReminderSetting


def own_time_zone(session: Session, person: PersonActor) -> str:
    """Return the time zone of a person's reminders, at first that of their section; UTC where there is none."""
    zone = person.time_zone or session.scalar(
        select(ReminderSetting.time_zone).where(ReminderSetting.user_id == person.user_id)
    )
    return zone or "UTC"


def own_today(session: Session, person: PersonActor) -> date:
    """Return today's date in a person's time zone."""
    return today(own_time_zone(session, person))
