"""Cases of the Slovenia section: courts that never answer, in a State that has signed the Protocol and not joined it."""

from caseflow.demo.plan import (
    ActPlan,
    CasePlan,
    ClaimPlan,
    Due,
    Step,
    about_days_ago,
    month,
    not_before,
    year,
    year_left,
)
from caseflow.models import Stage, Urgency

COURT = "Administrative Court, Brezna Dolina unit"
LABOUR = "Labour and Social Court of Brezna Dolina"
CONSTITUTIONAL = "Constitutional Court"

SLOVENIA = (
    CasePlan(
        "maja",
        "Roma settlement without water, claim unanswered for five years",
        "The settlement of V1 to V60 was left out of the municipal supply. The claim was lodged, confirmed and never heard. "
        "Three letters to the president of the court had no answer.",
        590,
        (
            ClaimPlan(
                ("WATER", "SANIT", "NONDISC"),
                ("WATER_NO_CONNECTION",),
                (ActPlan("No connection to the supply", not_before(4000), None, "There is no tap in the settlement."),),
                (
                    Step("ADM_REQ", "Municipality of Lipovec", "dismissed", year(2400), year(2300)),
                    Step("COURT_1", COURT, "no_reply", 1830, file_number="DEMO-4/19"),
                    Step(
                        "CONST",
                        unused="ineffective_settled_case_law",
                        because="The court refuses complaints while the first court has not decided.",
                        proof=True,
                    ),
                ),
                "Water for sixty people.",
                "No hearing in five years; three reminders unanswered.",
                1830,
            ),
        ),
        region="Lipovec",
        district="Pod gozdom",
        happened=not_before(4000),
        stage=Stage.READINESS_REVIEW,
        shared=("HQ",),
    ),
    CasePlan(
        "rok",
        "Erased resident still without a pension",
        "V1 worked for 31 years and was struck from the register. The years are not counted because the papers of the time "
        "of the erasure are missing.",
        410,
        (
            ClaimPlan(
                ("SOCSEC",),
                ("SOCSEC_DENIAL", "SOCSEC_DISCRIMINATORY_RULE"),
                (ActPlan("Years of work not counted", year(420), None, "No pension is paid."),),
                (
                    Step("ADM_APPEAL", "Pension institute", "dismissed", 405, 380, 375),
                    Step("COURT_1", LABOUR, "dismissed", 350, 290, 284, "DEMO-31"),
                    Step("APPEAL", "Higher Labour and Social Court", "dismissed", 270, year_left(120), year_left(128)),
                    Step("CASSATION", "Supreme Court", "inadmissible", 220, 90, 84, kind="extraordinary"),
                ),
                "A pension after 31 years of work.",
            ),
        ),
        region="Brezna Dolina",
        happened=year(420),
        stage=Stage.READINESS_REVIEW,
        due=(Due("Opinion on what the signature of the Protocol means", 40),),
    ),
    CasePlan(
        "maja",
        "Family of a worker without permit put out of a workers' hostel",
        "The company went bankrupt and the hostel was closed within a day. V1 to V4 sleep in a car.",
        16,
        (
            ClaimPlan(
                ("HOUSING", "FAMILY"),
                ("HOUSING_HOMELESSNESS",),
                (
                    ActPlan(
                        "Nobody is competent, says the social work centre",
                        14,
                        None,
                        "The family still sleeps in a car.",
                    ),
                ),
                (
                    Step(
                        "ADM_REQ",
                        "Social work centre of Podgorje",
                        "dismissed",
                        13,
                        10,
                        9,
                        next_step="ADM_APPEAL",
                        next_in=2,
                    ),
                ),
            ),
        ),
        region="Podgorje",
        happened=15,
        urgency=Urgency.EMERGENCY,
        contact="At the soup kitchen, noon.",
        due=(Due("Ask the shelter for places", 1),),
    ),
    CasePlan(
        "rok",
        "Posted lorry drivers' wages and rest",
        "V1 to V7 lived in their cabins for eleven weeks. The inspectorate says that the seat of the company is elsewhere.",
        280,
        (
            ClaimPlan(
                ("WORKCOND",),
                ("WORK_NO_REST", "WORK_UNPAID_WAGES"),
                (ActPlan("The inspectorate did not act", 285),),
                (
                    Step("ADM_COMPL", "Labour inspectorate", "dismissed", 280, 240, 236),
                    Step("COURT_1", LABOUR, "pending", 200),
                ),
                delay="The court has not answered the two requests for a hearing.",
                delay_since=200,
            ),
        ),
        region="Brezna Dolina",
        happened=month(300),
    ),
    CasePlan(
        "maja",
        "Cancer patient on a waiting list without end",
        "The list says 410 days; the law says 30. V1 paid abroad and was not repaid.",
        190,
        (
            ClaimPlan(
                ("HEALTH",),
                ("HEALTH_CARE_REFUSED",),
                (ActPlan("Treatment not given in the term of the law", 240, 160),),
                (
                    Step("ADM_APPEAL", "Health insurance institute", "dismissed", 180, 130, 127),
                    Step("COURT_1", LABOUR, "dismissed", 110, 24, 19, next_step="APPEAL", next_in=5),
                ),
                "Half a year of treatment; the savings of the family.",
            ),
        ),
        region="Podgorje",
        happened=240,
        due=(Due("Copies of the bills", 8, "All eleven bills copied."),),
    ),
    CasePlan(
        "rok",
        "Pupils of a settlement taught in a separate class",
        "The class was meant for half a year and is in its seventh. It teaches half of the hours.",
        360,
        (
            ClaimPlan(
                ("EDU", "NONDISC"),
                ("EDU_SEGREGATION", "EDU_EXCLUSION_ETHNICITY"),
                (ActPlan("Separate class with fewer hours", year(2500), None, "The class goes on."),),
                (
                    Step("ADM_COMPL", "School inspectorate", "no_reply", 355),
                    Step(
                        "OMBUDS_NHRI",
                        "Advocate of the principle of equality",
                        "granted",
                        300,
                        180,
                        176,
                        repair=False,
                        kind="discretionary",
                    ),
                    Step("COURT_1", COURT, "no_reply", 150),
                ),
                "Schooling worth the name.",
            ),
        ),
        region="Lipovec",
        happened=year(2500),
    ),
    CasePlan(
        "maja",
        "Flat lost to an enforcement over a small debt",
        "A debt of 124 euros for water led to the sale of the flat of V1. The court never asked whether a milder way was open.",
        530,
        (
            ClaimPlan(
                ("HOUSING",),
                ("HOUSING_EVICTION_FORECLOSURE", "HOUSING_NO_PROPORTIONALITY"),
                (ActPlan("Flat sold for a small debt", 545, 470),),
                (
                    Step("COURT_1", "Local Court of Podgorje", "dismissed", 540, 510, 505),
                    Step("APPEAL", "Higher Court of Brezna Dolina", "dismissed", 495, 460, 455),
                    Step("CONST", CONSTITUTIONAL, "inadmissible", 440, year_left(-60), year_left(-52)),
                ),
                "The flat.",
            ),
        ),
        region="Podgorje",
        happened=545,
        stage=Stage.WITHDRAWN,
        reason="V1 has gone to the European Court and does not want two procedures.",
    ),
    CasePlan(
        "rok",
        "Injured builder without sick pay across the border",
        "V1 fell from a scaffold in Belgrade Nova, lives in Slovenia and is paid by neither institute.",
        260,
        (
            ClaimPlan(
                ("SOCSEC", "WORKCOND"),
                ("SOCSEC_DENIAL", "WORK_UNSAFE"),
                (ActPlan("Sick pay refused", 300, None, "Nothing is paid."),),
                (
                    Step("ADM_APPEAL", "Health insurance fund", "dismissed", 250, 220, 214),
                    Step(
                        "COURT_1",
                        "Administrative Court of the republic",
                        "dismissed",
                        200,
                        year_left(260) - 5,
                        year_left(260) - 8,
                    ),
                ),
                "The only income of a family of three.",
            ),
        ),
        state="RS",
        region="Belgrade Nova",
        happened=300,
    ),
    CasePlan(
        "maja",
        "Returnees' village without electricity and clinic",
        "V1 to V20 came back to their village. The line was never rebuilt, the clinic is a ruin. The cantonal court found a "
        "duty and gave no term.",
        455,
        (
            ClaimPlan(
                ("HEALTH", "HOUSING"),
                ("HOUSING_UNSAFE", "HEALTH_UNSAFE_FACILITY"),
                (ActPlan("Neither line nor clinic rebuilt", year(3000), None, "Nothing was built."),),
                (
                    Step("COURT_1", "Cantonal Court of Gornja Luka", "partly_granted", 440, 400, 395),
                    Step("APPEAL", "Supreme Court of the entity", "dismissed", 380, year_left(90), year_left(95)),
                    Step("CONST", CONSTITUTIONAL, "inadmissible_late", 250, 190, 188),
                ),
                "A life in the village they came from.",
            ),
        ),
        state="BA",
        region="Gornja Luka",
        happened=year(3000),
        shared=("HQ", "FI"),
    ),
    CasePlan(
        "rok",
        "Care allowance cut by a new points system",
        "V1 cares for a daughter with many disabilities. The new system leaves out the nights.",
        100,
        (
            ClaimPlan(
                ("SOCSEC", "FAMILY"),
                ("SOCSEC_RETROGRESSION", "SOCSEC_CUT"),
                (ActPlan("Allowance cut by a third", 105, None, "The lower amount is paid each month."),),
                (Step("ADM_APPEAL", "Ministry of labour and family", "pending", 95),),
            ),
        ),
        region="Brezna Dolina",
        happened=105,
        due=(Due("Ask for the act of assessment", 14), Due("Call the other two families", 4)),
    ),
    CasePlan(
        "maja",
        "Quarry dust over a school yard",
        "The measuring station was moved the week after the first bad value.",
        55,
        (
            ClaimPlan(
                ("HEALTH", "ENV"),
                ("HEALTH_POLLUTION",),
                (ActPlan("The permit was prolonged without a measurement", about_days_ago(60)),),
                (),
            ),
        ),
        region="Brezna Dolina",
        happened=about_days_ago(60),
        stage=Stage.VERIFICATION,
    ),
    CasePlan(
        "rok",
        "Prisoner without treatment for hepatitis",
        "The letter came through a chaplain. V1 asks that nobody write to the prison.",
        3,
        (),
        region="Podgorje",
        stage=Stage.INTAKE,
        right="HEALTH",
        is_sealed=True,
        contact="Through the chaplain only.",
    ),
    CasePlan(
        "maja",
        "Students' dormitory closed at the beginning of winter",
        "Two hundred students of poor families were told on a Friday. Half have left the faculty.",
        12,
        (),
        region="Brezna Dolina",
        happened=9,
        stage=Stage.INTAKE,
        is_unowned=True,
        urgency=Urgency.URGENT,
    ),
    CasePlan(
        "rok",
        "Cook's union dismissed from a chain of hotels",
        "All five founders were dismissed within a month. The court has set a hearing in fourteen months.",
        220,
        (
            ClaimPlan(
                ("UNION", "WORK"),
                ("UNION_DISMISSAL",),
                (ActPlan("The court gives no interim protection", 215),),
                (
                    Step("URGENT", LABOUR, "dismissed", 215, 190, 187, suspends=True),
                    Step("COURT_1", LABOUR, "pending", 214),
                ),
            ),
        ),
        region="Lipovec",
        happened=230,
    ),
)
