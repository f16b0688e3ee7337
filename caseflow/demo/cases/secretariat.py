"""Cases of the coalition's secretariat, from countries without a section."""

from caseflow.demo.plan import ActPlan, CasePlan, ClaimPlan, Due, Objected, Step, month, year_left
from caseflow.models import Stage

SECRETARIAT = (
    CasePlan(
        "sofia",
        "Housing of seasonal workers on a market garden",
        "A partner without a section of its own reported containers without heating for V1 to V30. The prefect looked once.",
        200,
        (
            ClaimPlan(
                ("HOUSING", "WORKCOND"),
                ("HOUSING_UNSAFE",),
                (ActPlan("The authority did not act on the report", month(230)),),
                (
                    Step("ADM_COMPL", "Prefecture", "dismissed", 200, 170, 166),
                    Step(
                        "COURT_1",
                        "Administrative Tribunal of Val-de-Brume",
                        "dismissed",
                        150,
                        year_left(285),
                        year_left(288),
                        next_step="APPEAL",
                        next_in=-3,
                    ),
                ),
                "Health of thirty people in one winter.",
            ),
        ),
        state="FR",
        region="Val-de-Brume",
        happened=month(230),
        due=(Due("Find counsel before the court of appeal", 1),),
    ),
    CasePlan(
        "sofia",
        "Follow-up of Views on evictions without alternative housing",
        "The Committee found a violation and asked for a law. The State reports twice a year; nothing was changed so far.",
        580,
        (
            ClaimPlan(
                ("HOUSING",),
                ("HOUSING_EVICTION_NO_ALTERNATIVE",),
                (ActPlan("Eviction without alternative housing", 1500, 1500),),
                (
                    Step("COURT_1", "Court of First Instance No. 1 of Monteluz", "dismissed", 1480, 1440, 1436),
                    Step("APPEAL", "Provincial Court of Monteluz", "dismissed", 1420, 1350, 1344),
                ),
                "The home.",
            ),
        ),
        state="ES",
        region="Monteluz",
        happened=1500,
        stage=Stage.FOLLOW_UP,
        filed=1020,
        objected=(
            Objected(
                "exhaustion",
                860,
                "The State named annulment of the proceedings as a remedy that was left.",
                names_remedy=True,
            ),
        ),
        objected_to_nothing_else=True,
        shared=("ES",),
    ),
)
