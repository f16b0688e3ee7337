"""Cases of the Spain section about school, water, health and pensions, and two from a State where judgments are won and not enforced."""

from caseflow.demo.plan import (
    ActPlan,
    CasePlan,
    ClaimPlan,
    Doing,
    Due,
    Elsewhere,
    Step,
    about_days_ago,
    month,
    not_before,
    year,
    year_left,
)
from caseflow.models import Stage, Urgency

COURT = "Court of First Instance No. 4 of Puerto Claro"
PROVINCIAL = "Provincial Court of Monteluz, fifth section"
AMPARO = "Constitutional Court"

SPAIN_SOCIAL = (
    CasePlan(
        "lucia",
        "Girl kept out of school for want of a residence paper",
        "V2, nine years old, is refused a place because her mother V1 cannot show a registration of residence, which the town "
        "hall refuses without a lease. The school offers to keep her on a list.",
        75,
        (
            ClaimPlan(
                ("EDU",),
                ("EDU_EXCLUSION_MIGRATION",),
                (
                    ActPlan(
                        "Enrolment refused for lack of a registration of residence",
                        70,
                        None,
                        "Each school day the child is turned away.",
                    ),
                ),
                (
                    Step("ADM_REQ", "School board of Puerto Claro", "dismissed", 70, 55, 52),
                    Step(
                        "ADM_APPEAL",
                        "Regional education authority",
                        "dismissed",
                        45,
                        9,
                        6,
                        next_step="COURT_1",
                        next_in=20,
                        kept="The notice names this day itself, and the registry of the court confirmed it in writing.",
                    ),
                ),
                "A school year.",
                treaties=(("CRC", "2, 28(1)"),),
            ),
        ),
        region="Puerto Claro",
        district="El Molino",
        happened=70,
        elsewhere=(Elsewhere("UN_SP", "general_situation", month(40)),),
        contact="Through the parish, Tuesdays.",
    ),
    CasePlan(
        "lucia",
        "Water cut off in an occupied block with infants",
        "The utility closed the riser of a block occupied by eleven households. Two infants, V3 and V7, live there. The court "
        "said that without a contract there is no right to supply.",
        120,
        (
            ClaimPlan(
                ("WATER", "SANIT"),
                ("WATER_DISCONNECTION",),
                (
                    ActPlan(
                        "Riser closed on the order of the municipal utility", 118, None, "The riser is still closed."
                    ),
                ),
                (
                    Step("URGENT", COURT, "dismissed", 110, 100, 98, suspends=True),
                    Step("COURT_1", COURT, "dismissed", 95, 30, 22, "301/DEMO", next_step="APPEAL", next_in=-3),
                ),
                "Water for eleven households.",
            ),
        ),
        region="Puerto Claro",
        district="Dársena",
        happened=118,
        urgency=Urgency.URGENT,
    ),
    CasePlan(
        "marcos",
        "Dialysis refused to a person without health card",
        "The hospital treated V1 as an emergency, then refused regular dialysis without a card. V1 goes back each time when the "
        "body fails. The health service answered that the rule leaves no choice.",
        210,
        (
            ClaimPlan(
                ("HEALTH",),
                ("HEALTH_CARE_REFUSED",),
                (
                    ActPlan(
                        "Regular treatment refused for lack of a health card",
                        220,
                        None,
                        "Treatment is refused at every visit.",
                    ),
                ),
                (
                    Step("ADM_COMPL", "Regional health service", "dismissed", 205, 180, 176),
                    Step(
                        "COURT_1",
                        "Social Court No. 3 of Monteluz",
                        "dismissed",
                        170,
                        60,
                        55,
                        next_step="APPEAL",
                        next_in=5,
                    ),
                    Step(
                        "OMBUDS_NHRI",
                        "Ombudsperson of the region",
                        "granted",
                        150,
                        90,
                        kind="discretionary",
                        raised=True,
                        repair=False,
                    ),
                ),
                "Health; twice near death.",
            ),
        ),
        region="Monteluz",
        happened=about_days_ago(220),
        urgency=Urgency.URGENT,
        is_sealed=True,
        contact="Never at the hospital. Ask for the cousin at the bakery.",
    ),
    CasePlan(
        "lucia",
        "Widow's pension recovered in full after an error of the office",
        "The office paid V1 too much for four years by its own mistake and now keeps back half of the pension. What is left is "
        "below the subsistence minimum. V1 had reported the change in time.",
        365,
        (
            ClaimPlan(
                ("SOCSEC",),
                ("SOCSEC_RECOVERY",),
                (
                    ActPlan(
                        "Half of the pension kept back every month",
                        370,
                        None,
                        "The office keeps back money each month.",
                    ),
                ),
                (
                    Step("ADM_APPEAL", "National social security institute", "dismissed", 350, 320, 315),
                    Step("COURT_1", "Social Court No. 1 of Puerto Claro", "dismissed", 300, 220, 214),
                    Step(
                        "APPEAL",
                        "High Court of the region, social chamber",
                        "dismissed",
                        200,
                        year_left(230),
                        year_left(235),
                    ),
                    Step(
                        "CASSATION",
                        unused="ineffective_settled_case_law",
                        because="Unification of doctrine needs a contradicting judgment, and there is none; three rulings say so.",
                        proof=True,
                    ),
                ),
                "Half of the only income.",
            ),
        ),
        region="Puerto Claro",
        happened=370,
        stage=Stage.APPROVED,
        due=(Due("File the communication", 30),),
        shared=("HQ",),
    ),
    CasePlan(
        "berta",
        "Damp flat of the public housing company, asthma of two children",
        "The company has known of the damp for six years. V2 and V3 were in hospital four times. The court ordered repairs that "
        "the company calls finished.",
        450,
        (
            ClaimPlan(
                ("HOUSING", "HEALTH"),
                ("HOUSING_UNSAFE",),
                (ActPlan("Repairs not carried out", year(2000), None, "The walls are as wet as before."),),
                (
                    Step("COURT_1", COURT, "granted", 440, 390, 384, "88/DEMO"),
                    Step("ENFORCE", COURT, "not_enforced", 350, None, None, suspends=None),
                ),
                "The health of two children.",
            ),
        ),
        region="Puerto Claro",
        district="Polígono Sur",
        happened=year(2000),
    ),
    CasePlan(
        "berta",
        "Carer's contributions not counted for a pension",
        "V1 cared for a son at home for nineteen years. The contributions paid under the care agreement were erased by a reform "
        "with effect for the past.",
        95,
        (
            ClaimPlan(
                ("SOCSEC", "GENDER"),
                ("SOCSEC_DISCRIMINATORY_RULE", "SOCSEC_EXCLUDED_WORKERS"),
                (ActPlan("Contributions of unpaid carers erased", not_before(900)),),
                (Step("ADM_REQ", "National social security institute", "pending", 88),),
                "The years that make the difference between a pension and none.",
            ),
        ),
        region="Monteluz",
        stage=Stage.DOMESTIC_REMEDIES,
    ),
    CasePlan(
        "marcos",
        "Judgment for a drowned fishing quarter won and never enforced",
        "The court found that the dredging flooded the quarter where V1 and some 300 households lived, and ordered new land "
        "within a year. The ministry filed nothing against it and did nothing. Every motion to enforce is adjourned.",
        520,
        (
            ClaimPlan(
                ("HOUSING", "FOOD"),
                ("HOUSING_DEMOLITION", "FOOD_LOSS_OF_ACCESS"),
                (
                    ActPlan(
                        "Resettlement ordered by the court is not carried out",
                        month(900),
                        None,
                        "No land was given to anybody.",
                    ),
                ),
                (
                    Step("COURT_1", "High Court of Ikorowa", "granted", 1300, 900, 900, "FHC/DEMO/14"),
                    Step("ENFORCE", "High Court of Ikorowa", "not_enforced", 850),
                    Step("ENFORCE", "High Court of Ikorowa, second motion", "pending", 300),
                ),
                "Homes, boats, the landing place.",
                "Won on paper and not enforced: eleven adjournments since the judgment.",
                month(850),
            ),
        ),
        state="NG",
        region="Ikorowa Waterside",
        happened=month(1400),
    ),
    CasePlan(
        "marcos",
        "Teachers' pensions adjudged and unpaid for six years",
        "Twelve retired teachers (V1 to V12) won their arrears before the industrial court. The treasury names no budget line.",
        180,
        (
            ClaimPlan(
                ("SOCSEC",),
                ("SOCSEC_SUSPENSION",),
                (ActPlan("Adjudged pensions are not paid", year(2200), None, "Nothing was paid since the judgment."),),
                (
                    Step("COURT_1", "Industrial Court, Ikorowa division", "granted", year(2400), year(2200)),
                    Step("ENFORCE", "Industrial Court, Ikorowa division", "no_reply", 600),
                ),
                "The only income of twelve people; three have died.",
            ),
        ),
        state="NG",
        region="Ikorowa State",
        happened=year(2200),
        stage=Stage.SUSPENDED,
        reason="The State is not a party to the Protocol; the African Commission is being looked at.",
    ),
    CasePlan(
        "lucia",
        "Windowless room let to a couple without electricity",
        "A neighbour called: the couple V1 and V2 sleep in a room without a window, and the electricity was cut off. "
        "The owner asks the full rent.",
        2,
        region="Valdeoliva",
        happened=about_days_ago(12),
        stage=Stage.INTAKE,
        tasks=(Doing("Ask the neighbour for the messages of the owner", 5, "lucia"),),
    ),
)
