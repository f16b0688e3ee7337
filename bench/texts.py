"""Narratives as long as real ones: sentences in three languages, with common words and thousands of rare ones."""

from random import Random

COMMON_WORD = "eviction"
"""In two of three cases."""
RARE_WORD = "salitrería"
"""In `RARE_CASES` cases, whatever their number; searched for without its accent."""
RARE_CASES = 20

PLACES = (
    ("Comunidad de Madrid", "Cañada Real"), ("Andalucía", "Almanjáyar"), ("Cataluña", "Baró de Viver"),
    ("Guayas", "Monte Sinaí"), ("Pichincha", "Quitumbe"), ("Esmeraldas", "Río Cayapas"), ("Uusimaa", "Itäkeskus"),
    ("Lappi", "Enontekiö"), ("Dolenjska", "Žabjak"), ("Prekmurje", "Črenšovci"), ("Phnom Penh", "Boeung Kak"),
    ("Lagos", "Otodo Gbame"), ("Île-de-France", "Aubervilliers"), ("Provence", "Félix-Pyat"),
)  # fmt: skip
"""Region and district."""

FRAMES = (
    "The {body} issued an eviction order against the household on the ground of {reason} and gave {number} days to leave {place}",
    "The family V{number} with {number} children has lived in {place} since {year} and paid the rent until {reason}",
    "El {body} rechazó la solicitud de vivienda social sin examinar la {reason} de la familia",
    "Les agents du {body} ont coupé l'eau du quartier de {place} pendant {number} jours sans préavis",
    "An appeal was lodged with the {body}, which dismissed it in {year} without hearing the author about {reason}",
    "The children were refused at the school of {place} because the {body} asked for a residence certificate that they can't have",
    "No alternative accommodation was offered, although the {body} had been told of {reason} and of the illness of V{number}",
    "La pensión no contributiva fue suspendida por el {body} alegando {reason}, y la reclamación sigue sin respuesta desde {year}",
    "According to the witness, {number} houses were demolished in {place} on the morning of the eviction and the belongings were lost",
    "The hospital of {place} asked for payment in advance; the {body} says that the complaint about {reason} is being examined",
    "Le recours devant le {body} n'a pas d'effet suspensif et l'expulsion peut avoir lieu dans {number} jours",
    "The decision was notified to the lawyer in {year}; the author learnt of it {number} days later through the {body}",
    "The case file at the {body} mentions {word} and {word}, which nobody explained to the household",
    "Witness W{number} speaks of {word}, of {word} near {place}, and of threats after the complaint about {reason}",
)
BODIES = (
    "municipal housing company", "Juzgado de Primera Instancia", "tribunal administratif", "district court", "regional governor",
    "ombudsman", "Defensoría del Pueblo", "ministry of social affairs", "Audiencia Provincial", "water utility", "social security institute",
)  # fmt: skip
REASONS = (
    "arrears of three months", "the end of the lease", "lack of a residence permit", "a public works project", "the missing title of the land",
    "an unpaid electricity bill", "enajenación del edificio", "l'insalubrité du bâtiment", "the disability of one member", "vulnerabilidad económica",
)  # fmt: skip
SYLLABLES = (
    "ka",
    "ló",
    "men",
    "tri",
    "su",
    "ña",
    "per",
    "dó",
    "vel",
    "or",
    "çi",
    "gan",
    "té",
    "bri",
    "hul",
    "mo",
    "zá",
    "fen",
    "ri",
    "qua",
)
SENTENCES = 6_000
RARE_WORDS = 20_000


class Texts:
    """Makes random narratives, the same ones for the same seed."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        rare = ["".join(chance.choices(SYLLABLES, k=chance.randrange(3, 6))) for _ in range(RARE_WORDS)]
        # Words of a language follow Zipf's law: the tenth is ten times as rare as the first.
        weights = [1 / rank for rank in range(1, RARE_WORDS + 1)]
        self._words = chance.choices(rare, weights, k=SENTENCES * 4)
        self._sentences = [self._sentence() for _ in range(SENTENCES)]

    def _sentence(self) -> str:
        chance = self._chance
        frame = chance.choice(FRAMES)
        while "{word}" in frame:
            frame = frame.replace("{word}", chance.choice(self._words), 1)
        region, district = chance.choice(PLACES)
        return frame.format(
            body=chance.choice(BODIES),
            reason=chance.choice(REASONS),
            place=f"{district}, {region}",
            number=chance.randrange(1, 60),
            year=chance.randrange(2009, 2027),
        )

    def narrative(self, *, rare: bool) -> str:
        """Return a few hundred words."""
        chosen = self._chance.sample(self._sentences, self._chance.randrange(8, 22))
        if rare:
            chosen.append(f"The father worked at the {RARE_WORD} until it was closed")
        return ". ".join(chosen) + "."

    def title(self) -> str:
        """Return a line without names."""
        chance = self._chance
        return f"Family of {chance.randrange(2, 9)}: {chance.choice(REASONS)} before the {chance.choice(BODIES)}"
