import re
from datetime import date

import pytest
from flask_babel import force_locale
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from wtforms import Form
from wtforms.validators import InputRequired, Optional

from caseflow.law.dates import UncertainDate
from caseflow.web.fields import DayField, Typed, UncertainDateField, read_boxes


class Dates(Form):
    happened = UncertainDateField("When did it happen?", [Optional()], description="As far as known.")
    notified = DayField("When was it notified?", [Optional()])
    filed = UncertainDateField("When was it filed?", [InputRequired("Write when it was filed.")])


def sent(name: str = "happened", **boxes: str) -> Dates:
    form = Dates(
        MultiDict({f"{name}-{part}": text for part, text in ({"day": "", "month": "", "year": ""} | boxes).items()})
    )
    form.validate()
    return form


@pytest.mark.parametrize(
    ("boxes", "edtf"),
    [
        ({"day": "3", "month": "10", "year": "2013"}, "2013-10-03"),
        ({"day": " 03 ", "month": " October ", "year": " 2013 "}, "2013-10-03"),
        ({"month": "oct.", "year": "2013"}, "2013-10"),
        ({"year": "2013"}, "2013"),
        ({"year": "2013", "bound": "about"}, "2013~"),
        ({"month": "5", "year": "2013", "bound": "not_before"}, "2013-05/.."),
        ({"day": "4", "month": "5", "year": "2013", "bound": "not_after"}, "../2013-05-04"),
        ({"day": "\u0663", "month": "\u0661\u0660", "year": "\u0662\u0660\u0661\u0663"}, "2013-10-03"),  # Arabic digits
    ],
)
def test_dates_are_parsed_with_their_precision(in_page, boxes, edtf):
    assert sent(**boxes).happened.data == UncertainDate.parse(edtf)


MONTH_NAMES = {
    1: "January jan Jan. enero ene ene. ENERO",
    2: "February feb febrero feb. febr",
    3: "March mar marzo mar. marz",
    4: "April apr abril abr. abr",
    5: "May mayo may.",
    6: "June jun junio jun.",
    7: "July jul julio jul.",
    8: "August aug agosto ago. ago agos",
    9: "September Sept Sept. sep sep. septiembre sept setiembre set. set Setiembre SET. sep\u00adtiembre \uff53\uff45\uff50",
    10: "October oct octubre oct.",
    11: "November nov noviembre nov.",
    12: "December dec diciembre dic. dic",
}


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(("number", "name"), [(n, name) for n, names in MONTH_NAMES.items() for name in names.split()])
def test_months_are_read_in_the_words_of_several_countries(in_page, language, number, name):
    with force_locale(language):
        assert sent(day="3", month=name, year="2013").happened.data == UncertainDate(2013, number, 3), name


@pytest.mark.parametrize("name", ["ma", "ju", "j", "Smarch", "mayor", "set set", "...", "\u200b", "septembre"])
def test_what_names_no_month_is_refused(in_page, name):
    form = sent(day="3", month=name, year="2013")
    assert form.happened.data is None
    assert form.happened.errors


@pytest.mark.parametrize(
    ("boxes", "part", "words"),
    [
        ({"day": "31", "month": "2", "year": "2013"}, "day", "There is no day 31 in February 2013: it has 28 days."),
        ({"day": "3", "month": "5"}, "year", "Enter the year"),
        ({"month": "5", "year": "13"}, "year", "must have 4 digits"),
        ({"year": "0000"}, "year", "must have 4 digits"),
        ({"year": "-201"}, "year", "must have 4 digits"),
        ({"month": "13", "year": "2013"}, "month", "from 1 to 12"),
        ({"month": "Smarch", "year": "2013"}, "month", "by its name"),
        ({"day": "3", "year": "2013"}, "month", "Enter the month as well"),
        ({"day": "third", "month": "5", "year": "2013"}, "day", "from 1 to 31"),
        ({"day": "²", "month": "5", "year": "2013"}, "day", "from 1 to 31"),
        ({"day": "9" * 5000, "month": "5", "year": "2013"}, "day", "from 1 to 31"),
        ({"bound": "about"}, "year", "Enter the year"),
    ],
)
def test_an_invalid_date_gets_an_error_at_its_box_and_is_kept(in_page, boxes, part, words):
    field = sent(**boxes).happened
    assert field.data is None
    assert words in field.errors[0]
    assert field.error_id == f"happened-{part}"
    assert [box.part for box in field.boxes if box.is_faulty] == [part]
    assert {box.part: box.typed for box in field.boxes} == {"day": "", "month": "", "year": ""} | {
        name: text for name, text in boxes.items() if name != "bound"
    }
    assert field.typed.bound == boxes.get("bound", "exact")


def test_a_bound_that_is_not_on_the_list_is_refused(in_page):
    field = sent(year="2013", bound="'><script>").happened
    assert "from the list" in field.errors[0]
    assert "<script>" not in field()


def test_empty_boxes_are_no_date(in_page):
    field = sent().happened
    assert field.data is None
    assert not field.errors


def test_a_required_date_marks_all_boxes(in_page):
    field = sent("filed").filed
    assert list(field.errors) == ["Write when it was filed."]
    assert all(box.is_faulty for box in field.boxes)
    assert field.error_id == "filed-day"


def test_an_exact_day_needs_all_three_boxes(in_page):
    assert sent("notified", day="3", month="5", year="2013").notified.data == date(2013, 5, 3)
    field = sent("notified", day="3", month="5").notified
    assert list(field.errors) == ["Enter the day, the month and the year."]
    assert field.error_id == "notified-year"
    assert "bound" not in field()


def test_a_date_that_is_known_fills_the_boxes(in_page):
    form = Dates(data={"happened": UncertainDate.parse("../2013-05"), "notified": date(2013, 5, 3)})
    assert form.happened.typed == Typed("", "5", "2013", "not_after")
    assert form.notified.typed == Typed("3", "5", "2013")
    assert form.happened.understood == ""


def test_months_are_read_in_the_language_of_the_page_and_in_english(in_page):
    with force_locale("es"):
        assert read_boxes(Typed("3", "octubre", "2013")) == UncertainDate(2013, 10, 3)
        assert read_boxes(Typed("3", "October", "2013")) == UncertainDate(2013, 10, 3)
    with force_locale("sl"):
        assert read_boxes(Typed("3", "maj", "2013")) == UncertainDate(2013, 5, 3)


def test_errors_of_boxes_are_read_by_screen_readers(in_page):
    text = sent(day="31", month="2", year="2013").happened()
    day = re.search(r'<input[^>]*id="happened-day"[^>]*>', text)[0]
    month = re.search(r'<input[^>]*id="happened-month"[^>]*>', text)[0]
    assert 'aria-invalid="true"' in day
    assert 'aria-describedby="happened-error"' in day
    assert "govuk-input--error" in day
    assert "aria-invalid" not in month
    assert 'aria-describedby="happened-hint happened-error"' in text
    assert 'id="happened-error"' in text


def test_the_page_shows_the_parsed_date(in_page):
    assert "Understood as: about May 2013" in sent(month="5", year="2013", bound="about").happened()


@given(
    st.text(max_size=8),
    st.text(max_size=12),
    st.text(max_size=8),
    st.sampled_from(["exact", "about", "not_before", "not_after", "?"]),
)
def test_any_input_gives_a_date_or_an_error(day, month, year, bound):
    form = Dates(
        MultiDict({"happened-day": day, "happened-month": month, "happened-year": year, "happened-bound": bound})
    )
    field = form.happened
    if form.validate() or "happened" not in form.errors:
        assert field.data is None or isinstance(field.data, UncertainDate)
    else:
        assert field.errors[0].endswith(".")
        assert (field.typed.day, field.typed.month, field.typed.year) == (day, month, year)
