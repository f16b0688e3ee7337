"""Cases of the Spain section about homes: foreclosures, tenants, settlements."""

from caseflow.demo.plan import (
    ActPlan,
    Asked,
    CasePlan,
    ClaimPlan,
    Did,
    Doing,
    Due,
    Noted,
    Objected,
    Step,
    about_days_ago,
    month,
    year_left,
)
from caseflow.models import Stage, Urgency

COURT = "Court of First Instance No. 4 of Puerto Claro"
PROVINCIAL = "Provincial Court of Monteluz, fifth section"
AMPARO = "Constitutional Court"

SPAIN_HOUSING = (
    CasePlan(
        "lucia",
        "Foreclosure on a family home after notices never delivered",
        "V1 bought the flat with a mortgage and lost work. The bank's notices went to an address that V1 had left, and the "
        "court published them on its board without looking further. V1 learned of the auction when a buyer rang the bell. "
        "Every later motion was refused as late.",
        430,
        (
            ClaimPlan(
                ("HOUSING",),
                ("HOUSING_DEFECTIVE_NOTICE", "HOUSING_EVICTION_FORECLOSURE"),
                (ActPlan("The court served the enforcement by its notice board and never in person", 700, 690),),
                (
                    Step("COURT_1", COURT, "dismissed", 640, 560, 552, "912/DEMO", "V1's lawyer"),
                    Step("APPEAL", PROVINCIAL, "dismissed", 540, 450, 441, "77/DEMO", "V1's lawyer"),
                    Step("CONST", AMPARO, "inadmissible", 425, year_left(3), year_left(6), "3301/DEMO", "V1's lawyer"),
                ),
                "The home, and the chance to be heard before losing it.",
            ),
        ),
        region="Puerto Claro",
        district="El Molino",
        happened=700,
        stage=Stage.READINESS_REVIEW,
        urgency=Urgency.URGENT,
        contact="Only by telephone after 19:00. Say you call from the library.",
        noted=(
            Noted(
                "call",
                "V1 rang from the library. The bank offers two months if the family leaves by itself. V1 does not want to sign "
                "before we have read it. Agreed: V1 brings the letter on Thursday.",
                9,
                "V1",
            ),
            Noted(
                "interview",
                "V1 tells of the day of the auction: the buyer rang the bell at eight, the children were at home. V1 had "
                "never seen a letter of the court. The old address is that of a brother who moved away two years before.",
                31,
                "V1",
                "V1 corrects: the brother moved away three years before, not two.",
            ),
            Noted(
                "advice",
                "The lawyer of the bar association: ask the court for the certificates of service of each notice; they decide "
                "whether the motion was late.",
                27,
            ),
        ),
        did=(
            Did(
                "legal_aid",
                "Lawyer for the appeal and the amparo",
                "Bar association of Puerto Claro",
                545,
                "achieved",
                540,
            ),
            Did("letter", "Asked the bank for a rent that V1 can pay", "The bank", 420, "refused", 401),
        ),
        due=(Due("Get the certified copy of the last decision", 2), Due("Ask V1 to read the draft", 1, to="marcos")),
        tasks=(
            Doing(
                "Ask the court for the certificates of service",
                6,
                "marcos",
                details="They decide whether the motion was late. The lawyer of the bar association knows the registry.",
                steps=(
                    "Write to the registry",
                    "Ask the lawyer of V1 to sign",
                    "Fetch the certificates",
                    "Add them as evidence",
                ),
                ticked=2,
                gap="substantiation",
            ),
            Doing("Read the letter of the bank with V1", None, about="V1"),
            Doing("Find out when the brother moved away", 3, about="V1", done="Three years before: V1 corrected it."),
            Doing("Ask the bank for the file of the loan", 9, why_not="The lawyer of V1 has it already."),
        ),
        shared=("HQ",),
    ),
    CasePlan(
        "lucia",
        "Mother with three children to be evicted without alternative housing",
        "V1 rents without a contract since the owner died. The heirs won a judgment of eviction. Social services confirmed in "
        "writing that no place is free for V1 and the children V2, V3 and V4. The court set the day and did not weigh what "
        "the eviction does to them.",
        24,
        (
            ClaimPlan(
                ("HOUSING", "FAMILY"),
                ("HOUSING_EVICTION_NO_ALTERNATIVE", "HOUSING_NO_PROPORTIONALITY"),
                (
                    ActPlan(
                        "Eviction ordered although no alternative housing is offered",
                        20,
                        None,
                        "The order stands and its day is set.",
                    ),
                ),
                (
                    Step("ADM_REQ", "Municipal housing office of Valdeoliva", "no_reply", 60, suspends=False),
                    Step(
                        "COURT_1",
                        "Court of First Instance No. 2 of Valdeoliva",
                        "dismissed",
                        45,
                        20,
                        18,
                        "1180/DEMO",
                        "V1's lawyer",
                        next_step="APPEAL",
                        next_in=2,
                    ),
                    Step(
                        "URGENT",
                        "Court of First Instance No. 2 of Valdeoliva",
                        "dismissed",
                        19,
                        12,
                        12,
                        kind="discretionary",
                        suspends=True,
                    ),
                ),
                "The only home of four people.",
                asked=(
                    Asked("Social services of Valdeoliva", 130, "refused", 96),
                    Asked("Municipal housing office of Valdeoliva", 60, "no_answer"),
                ),
            ),
        ),
        region="Valdeoliva",
        district="Las Eras",
        happened=20,
        urgency=Urgency.EMERGENCY,
        contact="Messages only, never calls: the phone is shared with V2.",
        noted=(
            Noted(
                "call",
                "V1 by message: a policeman told V2 that they come on Monday at six. We tell the neighbours' committee.",
                2,
                "V1",
            ),
            Noted(
                "meeting",
                "With the neighbours' committee and the parish. The parish keeps two rooms. Who films on the day is agreed.",
                4,
            ),
            Noted("internal", "Do not ring V1. If a message stays unread for a day, ask the parish.", 6, "V1"),
        ),
        did=(
            Did(
                "letter",
                "Asked for another place before the eviction",
                "Social services of Valdeoliva",
                16,
                "refused",
                9,
                "They wrote that no place is free.",
            ),
            Did("urgent_action", "Letters of 40 organisations to the mayor", "Mayor of Valdeoliva", 6, "open"),
            Did("shelter", "Two rooms kept for V1 to V4 for a fortnight", "House of the parish", 3, "achieved", 2),
        ),
        due=(Due("Write the request for interim measures", 0), Due("Call social services again", 1)),
        tasks=(
            Doing(
                "Agree with the parish who lets V1 in at night",
                1,
                about="V1",
                steps=("Keys", "Telephone of the sacristan"),
            ),
            Doing("Collect the school certificates of V2, V3 and V4", 4, "marcos"),
            Doing("Thank the neighbours' committee", None, "marcos"),
        ),
        shared=("HQ!",),
    ),
    CasePlan(
        "marcos",
        "Tenant of 81 evicted at the end of a lease by an investment fund",
        "V1 has lived in the flat for 46 years. A fund bought the building and ended all leases. The court held that it may not "
        "examine proportionality in this procedure. V1 was taken to a hostel on the outskirts.",
        390,
        (
            ClaimPlan(
                ("HOUSING",),
                ("HOUSING_EVICTION_LEASE_END", "HOUSING_NO_PROPORTIONALITY"),
                (ActPlan("Eviction carried out by the court's officers", 160, 160),),
                (
                    Step("COURT_1", COURT, "dismissed", 330, 270, 265, "455/DEMO"),
                    Step("APPEAL", PROVINCIAL, "dismissed", 250, year_left(300) + 60, year_left(300) + 55, "90/DEMO"),
                    Step(
                        "CONST", AMPARO, "inadmissible", 110, year_left(300), year_left(304), "512/DEMO", "V1's lawyer"
                    ),
                ),
                "A home of 46 years, and the neighbours who looked after V1.",
            ),
        ),
        region="Puerto Claro",
        district="Arrabal Viejo",
        happened=160,
        stage=Stage.READINESS_REVIEW,
        did=(
            Did(
                "medical_help",
                "Visits of a nurse at the hostel",
                "Health centre of Arrabal Viejo",
                150,
                "partly",
                30,
                "V1 sleeps badly; the nurse comes every week.",
            ),
            Did("legal_aid", "Lawyer for the amparo", began=112),
        ),
        due=(Due("Medical report on V1", 20),),
    ),
    CasePlan(
        "marcos",
        "Family of five evicted for arrears while the benefit was unpaid",
        "The regional rent benefit of V1 was granted and not paid for eleven months. The owner sued for the arrears. The court "
        "refused to wait for the administration. V1 to V5 sleep in two rooms of relatives.",
        500,
        (
            ClaimPlan(
                ("HOUSING", "SOCSEC"),
                ("HOUSING_EVICTION_ARREARS", "SOCSEC_SUSPENSION"),
                (ActPlan("Eviction for arrears that an unpaid public benefit had caused", 410, 410),),
                (
                    Step("COURT_1", "Court of First Instance No. 1 of San Telmo", "dismissed", 480, 440, 436),
                    Step("APPEAL", PROVINCIAL, "dismissed", 430, year_left(-30), year_left(-25)),
                ),
                "The home and the school of two children.",
            ),
        ),
        region="San Telmo del Río",
        happened=410,
        lateness="V1 was in hospital from the eighth month on; the lawyer had left the file without telling.",
    ),
    CasePlan(
        "lucia",
        "Settlement of forty huts demolished at dawn",
        "The municipality demolished the huts with notice of one day. Some forty households of day labourers lived there, among "
        "them V1 to V9. Papers and medicines were lost under the machines. Nobody was offered a place.",
        300,
        (
            ClaimPlan(
                ("HOUSING",),
                ("HOUSING_DEMOLITION", "HOUSING_EVICTION_NO_TITLE"),
                (
                    ActPlan("Demolition of about forty huts with one day's notice", month(310), month(310)),
                    ActPlan(
                        "No shelter offered afterwards",
                        month(310),
                        None,
                        "The households still sleep in the fields, without any offer.",
                    ),
                ),
                (
                    Step("ADM_COMPL", "Municipality of Monteluz", "no_reply", 290),
                    Step("COURT_1", "Administrative Court No. 2 of Monteluz", "pending", 200, suspends=False),
                ),
                "Shelter, papers, tools.",
                "The administrative court has not even admitted the claim after seven months.",
                200,
            ),
        ),
        region="Monteluz",
        district="Los Invernaderos",
        happened=month(310),
        due=(Due("Write to the court for a date", 5),),
    ),
    # Recorded a second time, by a colleague: the settlement above.
    CasePlan(
        "marcos",
        "Huts of day labourers at the greenhouses pulled down",
        "With notice of one day the huts of some forty households of day labourers were demolished by the municipality. Medicines "
        "and papers were lost under the machines, and nobody was offered a place. A neighbour called the section about it.",
        295,
        region="Monteluz",
        district="Los Invernaderos",
        happened=month(310),
        stage=Stage.INTAKE,
    ),
    CasePlan(
        "marcos",
        "Room without window rented out after energy was cut off",
        "V1 and V2 live in a subdivided shop. The meter was taken away with the tenant before them. Candles caused a fire that "
        "the firemen put out in time.",
        8,
        (),
        region="Valdeoliva",
        happened=about_days_ago(12),
        stage=Stage.INTAKE,
        is_unowned=True,
    ),
    CasePlan(
        "lucia",
        "Place on the social housing list lost for a missed signature",
        "After nine years on the list V1 was struck off because one of twelve yearly renewals came three days late.",
        15,
        (
            ClaimPlan(
                ("HOUSING",), ("HOUSING_EXCLUDED_FROM_LIST",), (ActPlan("Struck off the list of applicants", 33),), ()
            ),
        ),
        region="San Telmo del Río",
        happened=33,
        stage=Stage.VERIFICATION,
        due=(Due("Ask the housing office for the file", 12), Due("Copy the renewals", 3, "Copies are in the folder.")),
    ),
    CasePlan(
        "lucia",
        "Eviction of a couple suspended, then carried out against interim measures",
        "The Committee asked the State to suspend the eviction of V1 and V2. It was suspended for three weeks and then carried "
        "out. The communication was registered in the meantime.",
        560,
        (
            ClaimPlan(
                ("HOUSING",),
                ("HOUSING_EVICTION_FORECLOSURE", "HOUSING_BREACH_INTERIM"),
                (ActPlan("Eviction carried out while interim measures were in force", 300, 300),),
                (
                    Step("COURT_1", COURT, "dismissed", 540, 500, 496),
                    Step("APPEAL", PROVINCIAL, "dismissed", 480, 430, 424),
                    Step("CONST", AMPARO, "inadmissible", 410, 380, 371),
                ),
                "The home, twice.",
                treaties=(("ICCPR", "17"),),
            ),
        ),
        region="Monteluz",
        happened=300,
        stage=Stage.PENDING,
        filed=320,
        objected=(
            Objected(
                "exhaustion",
                96,
                "The State says that remedies were still open, without naming one.",
                names_remedy=False,
            ),
            Objected(
                "substantiation", 96, "The State says that nothing shows where the family lives since the eviction."
            ),
        ),
        shared=("HQ",),
    ),
    CasePlan(
        "lucia",
        "Tenant settled with the owner before filing",
        "The owner offered a new lease for five years on the day before the eviction. V1 accepted.",
        270,
        (
            ClaimPlan(
                ("HOUSING",),
                ("HOUSING_EVICTION_ARREARS",),
                (ActPlan("Eviction ordered for two months of arrears", 280, 250),),
                (Step("COURT_1", COURT, "settled", 275, 250, 250),),
            ),
        ),
        region="Puerto Claro",
        happened=280,
        stage=Stage.CLOSED_WITHOUT_FILING,
        reason="Settled: a lease for five years.",
    ),
)
