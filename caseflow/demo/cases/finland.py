"""Cases of the Finland section, and two from a State whose justice works against the person."""

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

COURT = "Administrative Court of Kaivoranta"
SUPREME = "Supreme Administrative Court"
INSTITUTION = "Social insurance office"

FINLAND = (
    CasePlan(
        "aino",
        "Basic social assistance below the cost of living for a chronically ill person",
        "The assistance of V1 was reduced by a fifth because a course could not be taken up for illness. What is left after rent "
        "does not pay for food and medicine. Leave to appeal was refused without reasons.",
        575,
        (
            ClaimPlan(
                ("SOCSEC", "FOOD"),
                ("SOCSEC_CUT", "FOOD_BENEFIT_BELOW_NEED"),
                (ActPlan("Assistance reduced by a fifth", 600, 510),),
                (
                    Step("ADM_APPEAL", INSTITUTION, "dismissed", 585, 560, 557),
                    Step("COURT_1", COURT, "dismissed", 540, 420, 415, "DEMO-1204"),
                    Step("CASSATION", SUPREME, "inadmissible", 400, year_left(40), year_left(42), "DEMO-77", "V1"),
                ),
                "Food and medicine for three months; a stay in hospital followed.",
            ),
        ),
        region="Kaivoranta",
        happened=600,
        stage=Stage.READINESS_REVIEW,
        due=(Due("Doctor's statement on the months of the cut", 10), Due("Second reading of the draft", 18)),
        shared=("HQ",),
    ),
    CasePlan(
        "jussi",
        "Reindeer herders cut off from winter grazing by a wind farm",
        "The permit was given without asking the herding community of V1 to V5. The courts saw economic loss only.",
        490,
        (
            ClaimPlan(
                ("CULTURE", "LAND"),
                (),
                (
                    ActPlan("Permit given without consent", month(520)),
                    ActPlan("Grazing lost", about_days_ago(300), None, "The herd cannot use the pastures."),
                ),
                (
                    Step("COURT_1", COURT, "dismissed", 480, 330, 326),
                    Step("CASSATION", SUPREME, "dismissed", 310, year_left(195), year_left(200)),
                ),
                "A winter pasture used for generations.",
            ),
        ),
        region="Hiekkasalmi",
        happened=month(520),
        stage=Stage.APPROVED,
        shared=("HQ",),
    ),
    CasePlan(
        "aino",
        "Care of a child with a rare illness refused as too costly",
        "The hospital district refused a medicine that the doctors of V2 call the only one. The list of what is paid for is not "
        "published.",
        150,
        (
            ClaimPlan(
                ("HEALTH",),
                ("HEALTH_CARE_REFUSED",),
                (ActPlan("Medicine refused", 155, None, "The medicine is refused at every request."),),
                (
                    Step("ADM_APPEAL", "Wellbeing services county", "dismissed", 150, 120, 118),
                    Step("COURT_1", COURT, "dismissed", 100, 25, 20, next_step="CASSATION", next_in=5),
                ),
                "Months of an illness that does not wait.",
            ),
        ),
        region="Kaivoranta",
        happened=155,
        urgency=Urgency.URGENT,
        contact="V1 by e-mail, mornings.",
    ),
    CasePlan(
        "jussi",
        "Undocumented mother billed for giving birth",
        "The bill is higher than a year's income of V1. It went to a collector, who writes to the shelter.",
        85,
        (
            ClaimPlan(
                ("HEALTH", "SRH"),
                ("HEALTH_CARE_REFUSED",),
                (ActPlan("Full costs charged to a person without papers", 90),),
                (
                    Step(
                        "ADM_APPEAL",
                        "Wellbeing services county",
                        "dismissed",
                        80,
                        28,
                        25,
                        next_step="COURT_1",
                        next_in=2,
                    ),
                ),
            ),
        ),
        region="Pohjalampi",
        happened=90,
        is_sealed=True,
    ),
    CasePlan(
        "aino",
        "Roma family refused every flat of a municipal company",
        "V1 applied eleven times in two years. A test by two other persons got an offer in a week.",
        230,
        (
            ClaimPlan(
                ("HOUSING", "NONDISC"),
                ("HOUSING_EXCLUDED_FROM_LIST", "HOUSING_SEGREGATION"),
                (ActPlan("Eleven applications refused", not_before(950), None, "Each new application is refused."),),
                (
                    Step("OMBUDS_NHRI", "Non-discrimination tribunal", "granted", 225, 130, 126, repair=False),
                    Step("COURT_1", "District Court of Pohjalampi", "pending", 100),
                ),
                "Two years in a caravan.",
            ),
        ),
        region="Pohjalampi",
        happened=not_before(950),
        due=(Due("Send the tribunal's decision to the court", 7),),
    ),
    CasePlan(
        "jussi",
        "Evicted from supported housing after a night in hospital",
        "The contract says that a place not slept in is given up. V1 was in a psychiatric ward.",
        28,
        (
            ClaimPlan(
                ("HOUSING", "HEALTH"),
                ("HOUSING_HOMELESSNESS",),
                (ActPlan("Place given to another", 30),),
                (
                    Step(
                        "ADM_COMPL",
                        "City of Kaivoranta, housing services",
                        "pending",
                        25,
                        next_step="ADM_APPEAL",
                        next_in=20,
                    ),
                ),
            ),
        ),
        region="Kaivoranta",
        happened=30,
        urgency=Urgency.URGENT,
    ),
    CasePlan(
        "aino",
        "School transport ended, pupil with autism at home",
        "The taxi was cut from the budget. The bus takes ninety minutes with two changes.",
        110,
        (
            ClaimPlan(
                ("EDU",),
                ("EDU_NO_ADAPTATION",),
                (ActPlan("Transport ended", 112, None, "The pupil is still at home."),),
                (
                    Step("ADM_APPEAL", "Education board of Hiekkasalmi", "dismissed", 105, 80, 78),
                    Step("COURT_1", COURT, "no_reply", 60),
                ),
            ),
        ),
        region="Hiekkasalmi",
        happened=112,
    ),
    CasePlan(
        "jussi",
        "Berry pickers' wages withheld by a contractor",
        "V1 to V14 came for a season and went home in debt. The police first took the case, then closed it.",
        420,
        (
            ClaimPlan(
                ("WORKCOND", "WORK"),
                ("WORK_UNPAID_WAGES", "WORK_FORCED_LABOUR"),
                (ActPlan("The inspectorate did not act on reports", month(440)),),
                (
                    Step("CRIM", "Prosecutor of Pohjalampi", "dismissed", 400, 260, 250, repair=None),
                    Step("COURT_1", "District Court of Pohjalampi", "partly_granted", 390, 190, 186),
                    Step(
                        "APPEAL",
                        unused="cost_no_legal_aid",
                        because="Legal aid was refused to persons abroad.",
                        proof=False,
                    ),
                ),
                "A season's wages of fourteen people.",
            ),
        ),
        region="Pohjalampi",
        happened=month(440),
        stage=Stage.READINESS_REVIEW,
    ),
    CasePlan(
        "aino",
        "Heating cut off in a rented house in January",
        "The owner did not pay the district heating. The city says that it is between private persons.",
        305,
        (
            ClaimPlan(
                ("HOUSING",),
                ("HOUSING_ENERGY_CUT",),
                (ActPlan("The city did not act on the report", 310, 285, is_attributable=None),),
                (
                    Step("ADM_REQ", "Health inspection of Kaivoranta", "dismissed", 308, 290, 288),
                    Step("COURT_1", unused="not_tried"),
                ),
            ),
        ),
        region="Kaivoranta",
        happened=310,
        stage=Stage.CLOSED_WITHOUT_FILING,
        reason="The household moved and does not want to go on.",
    ),
    CasePlan(
        "jussi",
        "Home help cut to one visit a day",
        "V1 is 88 and lives alone. The assessment was made by telephone.",
        4,
        (),
        region="Hiekkasalmi",
        happened=about_days_ago(10),
        stage=Stage.INTAKE,
        right="HEALTH",
    ),
    CasePlan(
        "aino",
        "Deaf asylum seeker without interpreter at school",
        "V1 sits in class and understands nothing. The school says that the money is the State's matter.",
        20,
        (
            ClaimPlan(
                ("EDU",),
                ("EDU_LANGUAGE_BAR", "EDU_NO_ADAPTATION"),
                (ActPlan("No interpreter provided", 60, None, "There is still none."),),
                (),
            ),
        ),
        region="Pohjalampi",
        happened=60,
        stage=Stage.VERIFICATION,
        due=(Due("Meet the teacher", 5), Due("Ask the association of the deaf for an expert", 15)),
    ),
    CasePlan(
        "jussi",
        "Lakeside community charged with crimes for refusing to leave",
        "A concession was given over the land of V1 to V40. When they refused to go, eleven were charged with incitement. The "
        "same judge ordered the eviction and tried them. Their lawyer was threatened with losing the licence.",
        470,
        (
            ClaimPlan(
                ("HOUSING", "LAND"),
                ("HOUSING_EVICTION_CRIMINAL", "HOUSING_DEMOLITION"),
                (
                    ActPlan("Houses burned with police watching", month(480), month(480)),
                    ActPlan(
                        "Charges kept open against the leaders",
                        month(460),
                        None,
                        "Nobody was acquitted, nobody is tried.",
                    ),
                ),
                (
                    Step("COURT_1", "Provincial Court of Prek Thmei", "dismissed", month(475), month(450)),
                    Step("CRIM", "Prosecutor of Prek Thmei", "no_reply", month(470), repair=None),
                    Step(
                        "APPEAL",
                        unused="fear",
                        because="Two who had appealed were arrested in the court's yard.",
                        proof=True,
                    ),
                ),
                "Land, houses, and the freedom of eleven people.",
            ),
        ),
        state="KH",
        region="Prek Thmei",
        happened=month(480),
        is_sealed=True,
        contact="Only through the monk. Never write the village's name.",
        stage=Stage.DOMESTIC_REMEDIES,
    ),
    CasePlan(
        "aino",
        "Garment workers' leader convicted for asking for unpaid wages",
        "V1 led a march to the ministry. The factory's owner was never asked. The conviction is used to keep V1 from any work.",
        345,
        (
            ClaimPlan(
                ("UNION", "WORK"),
                ("UNION_DISMISSAL", "WORK_UNPAID_WAGES"),
                (ActPlan("Conviction for incitement", 330),),
                (
                    Step("COURT_1", "Municipal Court of the capital", "dismissed", 350, 330, 330),
                    Step("APPEAL", "Court of Appeal of the capital", "pending", 310),
                    Step(
                        "CASSATION", unused="unavailable", because="Only the prosecutor's leave opens it.", proof=False
                    ),
                ),
            ),
        ),
        state="KH",
        region="Capital",
        happened=year(360),
        stage=Stage.REFERRED,
        reason="The State is not a party to the Protocol: handed to the special procedures team.",
    ),
)
