"""Cases of the Ecuador section: land, water, care, pensions."""

from caseflow.demo.plan import (
    ActPlan,
    CasePlan,
    ClaimPlan,
    Did,
    Due,
    Step,
    about_days_ago,
    month,
    not_before,
    year,
    year_left,
)
from caseflow.models import Stage, Urgency

UNIT = "Multicompetent Judicial Unit of Santa Rosalba"
PROVINCIAL = "Provincial Court of Llanurita"
CONSTITUTIONAL = "Constitutional Court"

ECUADOR = (
    CasePlan(
        "rosa",
        "Banana workers without any contributions paid for twenty years",
        "V1 to V6 worked on the same estate under changing companies. None paid contributions. The social security institute "
        "says that it cannot know of employers who do not register.",
        590,
        (
            ClaimPlan(
                ("SOCSEC", "WORKCOND"),
                ("SOCSEC_EXCLUDED_WORKERS", "WORK_UNPAID_WAGES"),
                (
                    ActPlan(
                        "Contributions were never collected",
                        not_before(4000),
                        None,
                        "The institute still does not collect them.",
                    ),
                ),
                (
                    Step("ADM_COMPL", "Labour inspectorate of Llanurita", "dismissed", 580, 540, 536),
                    Step("COURT_1", UNIT, "dismissed", 520, 450, 441, "12331-DEMO"),
                    Step(
                        "APPEAL",
                        PROVINCIAL,
                        "dismissed",
                        430,
                        year_left(14) - 1,
                        year_left(14) - 3,
                        "09112-DEMO",
                        "V1's lawyer",
                    ),
                    Step("CONST", CONSTITUTIONAL, "pending", 330, kind="extraordinary"),
                ),
                "Old age without a pension for six people.",
            ),
        ),
        region="Llanurita",
        district="La Guardarraya",
        happened=not_before(4000),
        stage=Stage.READINESS_REVIEW,
        shared=("HQ",),
        due=(Due("Collect the signatures of V4 and V6", 6),),
    ),
    CasePlan(
        "andres",
        "Spring of an indigenous community dried up by a mine",
        "The ministry granted water rights to the mine without asking the community. The spring failed in the second dry season. "
        "The protection action was won and then overturned.",
        540,
        (
            ClaimPlan(
                ("WATER", "LAND", "CULTURE"),
                ("WATER_POLLUTION",),
                (
                    ActPlan("Water rights granted without consultation", month(800)),
                    ActPlan("The spring failed", about_days_ago(420), None, "No water has come back."),
                ),
                (
                    Step("COURT_1", UNIT, "granted", 500, 460, 455, suspends=True),
                    Step("APPEAL", PROVINCIAL, "dismissed", 440, year_left(120), year_left(122), "17204-DEMO"),
                    Step("EXTRA", CONSTITUTIONAL, "inadmissible", 230, 150, 144, kind="extraordinary"),
                ),
                "Water for 130 families, and the place of the yearly feast.",
            ),
        ),
        region="Alto Quindo",
        happened=month(800),
        stage=Stage.READINESS_REVIEW,
        shared=("HQ", "ES"),
        due=(Due("Translation of the assembly's minutes", 25),),
    ),
    CasePlan(
        "rosa",
        "Boy with a disability sent home because there is no lift",
        "V2 uses a wheelchair. The classrooms of his year are on the second floor. The school moved nothing and sent work home.",
        160,
        (
            ClaimPlan(
                ("EDU", "NONDISC"),
                ("EDU_EXCLUSION_DISABILITY", "EDU_NO_ADAPTATION"),
                (ActPlan("No classroom within reach", 165, None, "The classes are still upstairs."),),
                (
                    Step("ADM_REQ", "Education district 07", "no_reply", 158),
                    Step("COURT_1", UNIT, "partly_granted", 120, 80, 76, next_step="ENFORCE", next_in=5),
                ),
                "Schooling with others.",
            ),
        ),
        region="Santa Rosalba",
        happened=165,
        did=(
            Did("letter", "Asked for a classroom on the ground floor", "Education district 07", 150, "no_effect", 120),
        ),
        due=(Due("Visit the school with the engineer", 9),),
    ),
    CasePlan(
        "andres",
        "Women in labour turned away from a rural hospital",
        "The only obstetric ward of the canton closed at weekends. V1 lost her child on the road to the capital. V2 gave birth "
        "in the ambulance, and appealed apart from the others.",
        330,
        (
            ClaimPlan(
                ("SRH", "HEALTH", "GENDER"),
                ("HEALTH_REPRODUCTIVE", "HEALTH_UNSAFE_FACILITY"),
                (
                    ActPlan(
                        "The ward is closed from Friday to Monday",
                        month(360),
                        None,
                        "The ward is still closed at weekends.",
                    ),
                ),
                (
                    Step("ADM_COMPL", "Ministry of health, zone 6", "dismissed", 320, 260, 255),
                    Step("COURT_1", UNIT, "dismissed", 240, 190, 186),
                    Step("APPEAL", PROVINCIAL, "dismissed", 170, year_left(270), year_left(275), only=("V1", "V3")),
                    Step("APPEAL", PROVINCIAL, "dismissed", 160, year_left(318), year_left(322), only=("V2",)),
                    Step(
                        "CONST",
                        unused="unreasonable_delay",
                        because="The extraordinary action takes six years on average, as the court's own report says.",
                        proof=True,
                        kind="extraordinary",
                    ),
                ),
                "A child; the safety of all births in the canton.",
            ),
        ),
        region="Alto Quindo",
        district="San Lorenzo de la Cuesta",
        happened=month(360),
        stage=Stage.READINESS_REVIEW,
    ),
    CasePlan(
        "rosa",
        "River quarter to be cleared for a bypass",
        "Soldiers marked 62 houses with paint. The order names a risk of flooding that the municipality's own map does not show. "
        "The clearing is announced for next month.",
        18,
        (
            ClaimPlan(
                ("HOUSING",),
                ("HOUSING_EVICTION_NO_TITLE", "HOUSING_EVICTION_NO_ALTERNATIVE"),
                (ActPlan("Order to clear the quarter", 16, None, "The order stands."),),
                (Step("URGENT", UNIT, "pending", 10, suspends=True, next_step="APPEAL", next_in=5),),
            ),
        ),
        region="Puerto Esmeril",
        district="Isla Baja",
        happened=16,
        urgency=Urgency.EMERGENCY,
        contact="V1 has a second telephone for us: see the sealed envelope at the desk.",
        due=(
            Due("Be at the hearing", 4),
            Due("Photographs of the marked houses", 0, "62 photographs taken and stored."),
        ),
        shared=("HQ",),
    ),
    CasePlan(
        "andres",
        "Insulin out of stock in the public pharmacy for five months",
        "V1 and eleven other patients were told to buy it. It costs more than the minimum wage leaves after food.",
        140,
        (
            ClaimPlan(
                ("HEALTH",),
                ("HEALTH_STOCK_OUT",),
                (ActPlan("Insulin not in stock", 150, 10),),
                (
                    Step("ADM_REQ", "Provincial hospital of Llanurita", "no_reply", 140),
                    Step("COURT_1", UNIT, "granted", 100, 40, 38, raised=True),
                ),
                "V3 lost sight in one eye.",
            ),
        ),
        region="Llanurita",
        happened=150,
        stage=Stage.SUSPENDED,
        reason="The pharmacy was supplied after the judgment; we watch it for six months.",
    ),
    CasePlan(
        "rosa",
        "Landing place of shellfish gatherers fenced in",
        "A shrimp company fenced in the mangrove with a permit of the ministry. The gatherers V1 to V8 cannot reach the banks.",
        250,
        (
            ClaimPlan(
                ("FOOD", "WORK"),
                ("FOOD_LOSS_OF_ACCESS",),
                (
                    ActPlan(
                        "Access to the mangrove closed under a permit", about_days_ago(260), None, "The fence stands."
                    ),
                ),
                (
                    Step("ADM_COMPL", "Ministry of environment", "dismissed", 240, 200, 190),
                    Step("COURT_1", UNIT, "inadmissible_form", 180, 150, 148),
                    Step("APPEAL", PROVINCIAL, "dismissed", 135, 48, 35, next_step="EXTRA", next_in=-12, raised=False),
                ),
                "Food and income of eight families.",
            ),
        ),
        region="Puerto Esmeril",
        happened=about_days_ago(260),
    ),
    CasePlan(
        "andres",
        "Domestic worker dismissed for pregnancy",
        "V1 was dismissed the week after she told her employers. The inspectorate holds that a private home is outside its reach.",
        60,
        (
            ClaimPlan(
                ("WORK", "GENDER"),
                ("WORK_UNFAIR_DISMISSAL",),
                (ActPlan("Dismissal for pregnancy; the inspectorate does not act", 66),),
                (
                    Step(
                        "ADM_COMPL",
                        "Labour inspectorate of Llanurita",
                        "dismissed",
                        60,
                        30,
                        28,
                        next_step="COURT_1",
                        next_in=60,
                    ),
                ),
            ),
        ),
        region="Llanurita",
        happened=66,
        contact="Sundays only.",
    ),
    CasePlan(
        "rosa",
        "School of a hamlet closed, eleven children walk three hours",
        "The ministry merged schools by number of pupils. No transport was arranged.",
        600,
        (
            ClaimPlan(
                ("EDU",),
                ("EDU_CLOSURE", "EDU_NO_ADAPTATION"),
                (
                    ActPlan(
                        "School closed without transport", year(700), None, "There is neither school nor transport."
                    ),
                ),
                (
                    Step("COURT_1", UNIT, "dismissed", 560, 520, 515),
                    Step("APPEAL", PROVINCIAL, "dismissed", 500, year_left(-110), year_left(-105)),
                ),
                "Five of eleven children no longer go to school.",
            ),
        ),
        region="Alto Quindo",
        happened=year(700),
        stage=Stage.PENDING,
        filed=122,
    ),
    CasePlan(
        "andres",
        "Pension of a miner's widow stopped for a missing paper",
        "The paper was in the office's own file. V1 learned of it when the bank card was empty.",
        35,
        (
            ClaimPlan(
                ("SOCSEC",),
                ("SOCSEC_NOTICE", "SOCSEC_SUSPENSION"),
                (ActPlan("Pension stopped without a notice", 40),),
                (Step("ADM_APPEAL", "Social security institute, provincial office", "pending", 30),),
            ),
        ),
        region="Alto Quindo",
        happened=40,
        stage=Stage.DOMESTIC_REMEDIES,
        due=(Due("Ask for the state of the appeal", 3),),
    ),
    CasePlan(
        "rosa",
        "Tap water with lead in a school district",
        "A university measured it; the utility denies it. The children of three schools drink it.",
        6,
        (),
        region="Santa Rosalba",
        happened=not_before(90),
        stage=Stage.INTAKE,
        right="WATER",
        is_unowned=True,
        urgency=Urgency.URGENT,
    ),
    CasePlan(
        "andres",
        "Toilets of a detention centre for migrants closed",
        "V1 reports by letter that forty people share a bucket.",
        11,
        (),
        region="Puerto Esmeril",
        happened=about_days_ago(15),
        stage=Stage.INTAKE,
        right="SANIT",
        is_sealed=True,
        contact="Letters are opened. Only through the lawyer's visits.",
    ),
    CasePlan(
        "elena",
        "Trade union of flower pickers refused registration twice",
        "The ministry asks for thirty members in one company; the companies have twenty each on paper.",
        290,
        (
            ClaimPlan(
                ("UNION",),
                ("UNION_REGISTRATION",),
                (ActPlan("Registration refused", 300, None, "The union still has no legal standing."),),
                (
                    Step("ADM_APPEAL", "Ministry of labour", "dismissed", 285, 230, 226),
                    Step("COURT_1", "Administrative Tribunal of the capital", "pending", 200),
                ),
                delay="The tribunal has not set a hearing; its own term is ninety days.",
                delay_since=200,
            ),
        ),
        region="Alto Quindo",
        happened=300,
    ),
    CasePlan(
        "elena",
        "Family returned to a house condemned after a landslide",
        "The shelter closed after ninety days and the family V1 to V5 went back under the slope.",
        45,
        (
            ClaimPlan(
                ("HOUSING",),
                ("HOUSING_INADEQUATE_SHELTER",),
                (ActPlan("Shelter closed without other housing", 50, None, "The slope moves each time it rains."),),
                (Step("ADM_REQ", "Municipal risk office", "no_reply", 44),),
            ),
        ),
        region="Santa Rosalba",
        district="La Ladera",
        happened=50,
        stage=Stage.VERIFICATION,
        urgency=Urgency.URGENT,
    ),
)
