"""Search as people type: whatever is stored is found as it is written, in other forms of the same letters, and by its parts."""

import sys
import unicodedata
from dataclasses import replace
from datetime import date
from random import Random

import pytest
from sqlalchemy import text as sql

from caseflow.db.searching import INVISIBLE, lookup, plain, question, vector
from caseflow.features.cases.commands import CaseFilters, Window
from caseflow.features.cases.lists.queries import case_list
from caseflow.features.cases.service import describe_case, editable_case
from caseflow.models import Role
from tests.factories import make_actor, make_case, make_section
from tests.factories.cases import description_of

MATCHES = sql("SELECT CAST(:stored AS tsvector) @@ CAST(:asked AS tsquery)")
NUMBERS = [
    ("T-025/04", "T", "04"),
    ("C-415/11", "C", "11"),
    ("2014-0456", "2014", "0456"),
    ("12/2019", "12", "2019"),
    ("EXP-2019-77-A", "EXP", "A"),
    ("E/C.12/55/D/2/2014", "E", "2014"),
    ("CCPR/C/120/D/2348/2014", "CCPR", "2014"),
    ("ECLI:EU:C:2013:164", "ECLI", "164"),
    ("A/HRC/WGAD/2017/42", "HRC", "42"),
    ("no. 33290/96", "33290", "96"),
    ("11-17.520", "11", "520"),
    ("2 BvR 2236/09", "BvR", "09"),
    ("ana.perez+caso@abogadas.example.org", "ana", "org"),
    ("https://www.tribunal.example/exp?id=77&lang=en", "tribunal", "en"),
    ("agua/luz", "agua", "luz"),
    ("co-operation", "co", "operation"),
    ("d'eau", "d", "eau"),
    ("d\u2019eau", "d", "eau"),
    ("l\u02bceau", "l", "eau"),
    ("d\u00b4eau", "d", "eau"),
    ("Nº_45-2020", "45", "2020"),
    ("[2021] UKSC 3", "2021", "UKSC"),
]


@pytest.fixture
def ana(runtime):
    return make_actor(runtime.units, (make_section(runtime.units, "ES"), Role.CASEWORKER))


@pytest.fixture
def matches(database):
    """Ask PostgreSQL whether a stored text is found by a typed one."""
    with database.engine.connect() as connection:

        def ask(stored: str, typed: str) -> bool:
            asked = question(typed).words
            return bool(asked) and bool(connection.scalar(MATCHES, {"stored": vector(stored), "asked": asked}))

        yield ask


def found(runtime, actor, typed):
    with runtime.units.begin(actor) as uow:
        return [case.title for case in case_list(uow, CaseFilters(text=typed), Window()).cases]


@pytest.mark.parametrize("forms", NUMBERS)
@pytest.mark.parametrize("field", ["title", "narrative"])
def test_a_number_is_found_as_written_and_by_its_parts(runtime, ana, field, forms):
    number, first, last = forms
    make_case(runtime.units, ana, **{"title": "Wanted", field: f"See {number}, and the file."})
    make_case(runtime.units, ana, title="Another", narrative="Nothing of the kind: 9999")
    for typed in (
        number,
        number.lower(),
        number.upper(),
        f"({number}).",
        f'"{number}"',
        f" {number}\u200b",
        first,
        last,
    ):
        assert len(found(runtime, ana, typed)) == 1, typed
    assert found(runtime, ana, f"9{number}9") == []


PAIRS = [
    ("कानून और ज़मीन का हक़", "कानून"),
    ("कानून और ज़मीन का हक़", "जमीन"),
    ("कानून और जमीन का हक", "ज़मीन"),
    ("हिंदी में", "हिंदी"),
    ("পানির অধিকার", "অধিকার"),
    ("நில உரிமை", "உரிமை"),
    ("إِخْلَاءٌ قَسْرِيّ", "إخلاء"),
    ("إخلاء قسري", "إِخْلَاءٌ"),
    ("الإخلاء", "الاخلاء"),
    ("أرض الأسرة", "ارض الاسره"),
    ("مســـكن", "مسكن"),
    ("مستشفى", "مستشفي"),
    ("دادگاه عالی کشور", "دادگاه عالي كشور"),
    ("دادگاه عالي كشور", "عالی کشور"),
    ("می\u200cکنم", "میکنم"),
    ("می\u200cکنم", "می کنم"),
    ("خانه\u200cهای خراب", "خانه های"),
    ("خانه\u200cهای خراب", "خانه\u200cهای"),
    ("क्\u200cष", "क्ष"),
    ("हिंदी में", "हिन्दी"),
    ("हिन्दी में", "हिंदी"),
    ("सम्पत्ति", "संपत्ति"),
    ("झण्डा, पञ्च, गङ्गा", "झंडा पंच गंगा"),
    ("ԵՐԵՎԱՆ", "Երևան"),
    ("Երևան", "ԵՐԵՎԱՆ"),
    ("پرونده ۱۴۰۲", "1402"),
    ("ملف ٢٠١٤", "2014"),
    ("הַמִּשְׁפָּט", "המשפט"),
    ("המשפט", "הַמִּשְׁפָּט"),
    ("בג״ץ 4542/02", 'בג"ץ'),
    ("выселение ещё", "еще"),
    ("еще", "ещё"),
    ("Ὕδωρ καὶ γῆς", "υδωρ"),
    ("δικαιώματος", "ΔΙΚΑΙΏΜΑΤΟΣ"),
    ("quyền có nhà ở, Đà Nẵng", "quyen da nang"),
    ("quyen nha o", "quyền"),
    ("ılık İstanbul", "ilik istanbul"),
    ("IŞIK", "ışık"),
    ("ＥＶＩＣＴＩＯＮ　２０１４", "eviction 2014"),
    ("Straße", "STRASSE"),
    ("ﬁnding", "finding"),
    ("cœur", "coeur"),
    ("zażółć łódź", "zazolc lodz"),
    ("บังคับให้ย้ายออกจากที่ดิน", "ที่ดิน"),
    ("强制拆迁补偿纠纷", "拆迁"),
    ("强制拆迁补偿纠纷", "拆迁补偿"),
    ("强制拆迁补偿纠纷", "纷"),
    ("強制立ち退きについて", "立ち退き"),
    ("강제퇴거를 당한 가족", "강제퇴거"),
    ("ｶﾀｶﾅ", "カタカナ"),
    ("ที่ดิน ๒๕๖๗", "2567"),
    ("co-operation", "cooperation"),
    ("cooperation", "co-operation"),
    ("T-025/04", "T-25/4"),
    ("T-25/4", "T-025/04"),
    ("O\u2019Brien", "OBrien"),
]


@pytest.mark.parametrize(("stored", "typed"), PAIRS)
def test_letters_of_every_script_are_found_in_their_other_forms(matches, stored, typed):
    assert matches(f"x {stored} y", typed)
    assert matches(f"x {stored} y", stored)
    assert not matches("nothing", typed)


def test_what_differs_in_meaning_is_told_apart(matches):
    assert not matches("की", "कु")
    assert not matches("कमल", "कमला कमली")
    assert not matches("强制拆迁", "拆除")
    assert not matches("ที่ดิน", "ที่นา")
    assert not matches("ملك", "فلك")


INVISIBLE_SIGNS = (
    "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u202a\u202e\u2066\u2069\ufe0f\u034f\u180e\u061c\x08\x7f\U000e0100"
)


@pytest.mark.parametrize("sign", INVISIBLE_SIGNS)
def test_invisible_signs_make_no_difference(matches, sign):
    for word in ("eviction", "T-025/04", "الإخلاء", "कानून", "拆迁补偿"):
        with_sign = sign.join(word)
        assert matches(with_sign, word), (sign, word)
        assert matches(word, with_sign), (sign, word)
        assert matches(with_sign, f"{sign}{word}{sign}"), (sign, word)


def test_every_format_character_of_unicode_is_invisible():
    signs = [chr(code) for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code)) in {"Cf", "Cc"}]
    assert [sign for sign in signs if not sign.isspace() and not INVISIBLE.fullmatch(sign)] == []


@pytest.mark.parametrize(
    "written",
    [
        "{0}", "{0}.", "({0})", "[{0}]", "“{0}”", "{0},", "Ref. {0}", "es-2026-1", "ES-2026-001", "ES 2026 0001", "ES/2026/1",
        "\u200b{0}\u200b", "ES\u20112026\u20110001", "ES–2026–0001", "es20260001", "2026-0001", "2026-1",
        "S-2026-00", "«{0}»", "<{0}>", "{0};", "\ufeff{0}\xa0",
    ],
)  # fmt: skip
def test_a_reference_is_found_however_it_was_copied(runtime, ana, written):
    case = make_case(runtime.units, ana, title="Wanted", opened_on=date(2026, 5, 5))
    assert case.reference == "ES-2026-0001"
    typed = written.format(case.reference)
    assert found(runtime, ana, typed.removeprefix("Ref. ")) == ["Wanted"], typed


@pytest.mark.parametrize(
    "typed", ["★★★", "...", "\u200b", "-", '"', '""', "OR", "((", "\\", "'", "%", "_", "''", ":*", "<->", "!"]
)
def test_a_text_without_words_finds_nothing(runtime, ana, typed):
    make_case(runtime.units, ana)
    assert found(runtime, ana, typed) == []


def strange_texts(chance, count):
    planes = [
        (0, 0x7F),
        (0, 0x7FF),
        (0x300, 0x36F),
        (0x590, 0x8FF),
        (0x900, 0x1FFF),
        (0x2000, 0x2FFF),
        (0xD800, 0xDFFF),
    ]
    planes += [(0x3000, 0xFFFF), (0x10000, 0x1FFFF), (0x20000, 0x3FFFF), (0xE0000, 0x10FFFF)]
    operators = [
        "'",
        '"',
        "\\",
        ":*",
        "&",
        "|",
        "!",
        "<->",
        "<2>",
        "(",
        ")",
        " OR ",
        " -",
        "%",
        "_",
        "\0",
        " ",
        "“",
        "”",
        "00",
        "a",
    ]
    for _ in range(count):
        signs = []
        for _ in range(chance.randrange(1, 40)):
            first, last = chance.choice(planes)
            signs.append(chance.choice(operators) if chance.random() < 0.3 else chr(chance.randint(first, last)))
        yield "".join(signs)


def test_no_text_is_an_error_and_each_finds_itself(database):
    with database.engine.connect() as connection:
        for text in strange_texts(Random("strange texts"), 3000):
            asked = question(text)
            assert "\0" not in asked.words + asked.part
            if not asked.words:
                continue
            is_found = connection.scalar(MATCHES, {"stored": vector(text, text), "asked": asked.words})
            assert is_found or not asked.part, text  # with operators a text need not fit itself
            assert asked.part in lookup(text)


def test_the_plain_form_of_ascii_is_the_same_beside_other_letters():
    signs = [chr(code) for code in range(128)]
    for text in (*signs, *(f"A{one}{other}b" for one in signs for other in signs)):
        assert plain(text) == plain(f"{text} é").removesuffix(" e"), ascii(text)


def test_the_plain_form_of_a_plain_form_is_itself():
    for text in strange_texts(Random("plain"), 2000):
        assert plain(plain(text)) == plain(text)


@pytest.mark.parametrize(
    "text",
    ["x" * 60_000, "拆迁补偿" * 15_000, "".join(chr(0x20000 + n % 40_000) for n in range(60_000)), "a/" * 30_000, "d'eau " * 10_000,
     " ".join(str(n) for n in range(12_000)), "\u0300" * 60_000, "0" * 5_000, "-" * 60_000],
)  # fmt: skip
def test_the_longest_texts_are_stored_and_asked(database, text):
    with database.engine.connect() as connection:
        for asked in (text[:200], text):
            connection.scalar(MATCHES, {"stored": vector(text), "asked": question(asked).words})


def test_any_text_is_answered_by_the_page(pages, ana):
    browser = pages(ana)
    for text in [
        *strange_texts(Random("pages"), 30),
        "\ud800",
        "a\0b",
        "'" * 200,
        "(" * 200,
        '"' * 199,
        "-a " * 60,
        "a OR " * 40,
    ]:
        asked = text.encode("utf-8", "surrogatepass")
        for name in ("text", "section", "state", "right", "stage", "owner", "opened_from", "opened_until", "page"):
            address = f"/cases?{name}=" + "".join(f"%{byte:02X}" for byte in asked)
            assert browser.get(address).status == 200, (name, text)


def test_changing_a_text_changes_what_is_found(runtime, ana):
    case = make_case(runtime.units, ana, title="Old words")
    with runtime.units.begin(ana) as uow:
        row = editable_case(uow, case.id)
        describe_case(uow, row, replace(description_of(row), title="Different"))
    assert found(runtime, ana, "old") == []
    assert found(runtime, ana, "different") == ["Different"]


def test_a_search_that_finds_nothing_leads_to_the_search_for_people(pages, ana):
    nothing = pages(ana).get("/cases?text=Rosa+Navarro")
    assert nothing.links["Find a person"].endswith("/people/find")
    assert "this search does not read them" in nothing.words
    assert "this search does not read them" not in pages(ana).get("/cases?stage=closed").words
