"""The site's boxes: days typed in three parts, files that are what they say, and plain words for what is wrong."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import engines
from django.utils.datastructures import MultiValueDict

from partnership.organisations.forms import DayField, FilterForm, PageForm, RecordForm, UploadField
from partnership.organisations.uploads import plain_name


class Give(PageForm):
    title = forms.CharField(max_length=10)
    due = DayField(label="Due date", earliest=date(2026, 4, 1), latest=lambda: date(2028, 3, 31))
    owner = forms.ChoiceField(choices=[("", "Choose one"), ("council", "Council")])
    told = forms.MultipleChoiceField(
        label="Who has been told", choices=[("b", "The board")], widget=forms.CheckboxSelectMultiple
    )
    weeks = forms.IntegerField(label="Weeks between", required=False, min_value=1)


GOOD = {"title": "Lamps", "due_day": "1", "due_month": "4", "due_year": "2026", "owner": "council", "told": ["b"]}


def said(**changes: object) -> dict[str, list[str]]:
    """The errors of the form, its good answers changed."""
    data = MultiValueDict(
        {k: v if isinstance(v, list) else [v] for k, v in (GOOD | changes).items() if v is not None}  # type: ignore[misc]
    )
    return {name: list(errors) for name, errors in Give(data).errors.items()}


def test_good_answers_come_back_clean():
    form = Give(MultiValueDict({k: v if isinstance(v, list) else [v] for k, v in GOOD.items()}))
    assert form.is_valid()
    assert form.cleaned_data["due"] == date(2026, 4, 1)


@pytest.mark.parametrize(
    "typed, expected",
    [
        (("31", "2", "2027"), "Due date must be a real date"),
        (("1", "x", "2027"), "Due date must be a real date"),
        (("", "2", "2027"), "Due date must include a day"),
        (("1", "", ""), "Due date must include a month and a year"),
        (("1", "4", "26"), "The year of due date must have 4 figures, like 2026"),
        (("31", "3", "2026"), "Due date must be 1 April 2026 or later"),
        (("1", "4", "2028"), "Due date must be 31 March 2028 or earlier"),
        (("", "", ""), "Enter the due date"),
        (("١", "4", "2027"), None),
        (("²", "4", "2027"), "Due date must be a real date"),
        (("9" * 40, "4", "2027"), "Due date must be a real date"),
    ],
)
def test_a_day_says_what_is_wrong_with_it(typed: tuple[str, str, str], expected: str | None):
    day, month, year = typed
    assert said(due_day=day, due_month=month, due_year=year).get("due") == ([expected] if expected else None)


@pytest.mark.parametrize("month", ["4", "04", "Apr", "april", " APRIL "])
def test_a_month_may_be_a_number_or_a_name(month: str):
    assert "due" not in said(due_day="30", due_month=month, due_year="2026")


def test_each_box_speaks_plainly_and_never_says_back_what_was_sent():
    errors = said(title="x" * 11, owner="<script>", told=None, weeks="many")
    assert errors == {
        "title": ["Title must be 10 characters or fewer"],
        "owner": ["Choose one of the answers shown"],
        "told": ["Answer “Who has been told”"],
        "weeks": ["Weeks between must be a whole number, like 12"],
    }
    assert said(title="", weeks="0") == {"title": ["Enter the title"], "weeks": ["Weeks between must be 1 or more"]}


def shown(form: forms.Form) -> str:
    return engines["django"].from_string("{% error_summary form %}{{ form }}").render({"form": form})


def test_errors_are_tied_to_their_boxes_and_linked_from_the_summary():
    page = shown(Give(MultiValueDict({"title": [""], "due_day": ["31"], "due_month": ["2"], "due_year": ["2027"]})))
    for link in ('href="#id_title"', 'href="#id_due_day"', 'href="#id_told_0"', 'href="#id_owner"'):
        assert link in page
    assert 'id="id_title_error"' in page
    assert 'aria-describedby="id_title_error"' in page
    assert 'value="31"' in page
    assert page.count("Due date must be a real date") == 2
    assert "Weeks between (optional)" in page


def test_what_was_typed_is_escaped_wherever_it_comes_back():
    page = shown(Give(MultiValueDict({"title": ['"><script>'], "due_day": ["<b>"]})))
    assert "<script>" not in page
    assert "<b>" not in page


def test_a_form_keeps_its_number_until_it_is_taken():
    first, second = Give(), Give()
    assert first.initial["once"] != second.initial["once"]
    assert 'name="once" value="kept"' in shown(Give(MultiValueDict({"once": ["kept"]})))


def test_a_changed_record_must_say_which_version_was_seen():
    class Change(RecordForm):
        title = forms.CharField()

    assert Change({"title": "x", "seen": "3"}).is_valid()
    lost = Change({"title": "x"})
    assert "This page is out of date" in shown(lost)
    assert 'name="seen" value="7"' in shown(Change(seen=7))


def test_what_the_record_refuses_is_put_beside_its_box():
    def refuse(**given: object) -> None:
        raise ValidationError({"title": "There is such an action", "group": "The group has ended"})

    form = Give(MultiValueDict({k: v if isinstance(v, list) else [v] for k, v in GOOD.items()}))
    assert form.is_valid()
    assert form.take(refuse) is None
    assert form.errors["title"] == ["There is such an action"]
    assert form.non_field_errors() == ["The group has ended"]
    assert form.take(lambda **given: sorted(given), title="x") == ["title"]


def test_only_sense_narrows_a_list():
    class Narrow(FilterForm):
        state = forms.ChoiceField(choices=[("open", "Open")])
        words = forms.CharField()

    assert Narrow({"state": "open", "words": ""}).chosen() == {"state": "open"}
    assert Narrow({"state": "<x>", "words": "lamp"}).chosen() == {"words": "lamp"}
    assert "(optional)" not in shown(Narrow())


def office(*parts: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        for part in parts:
            file.writestr(part, "x")
    return made.getvalue()


class Hand(PageForm):
    paper = UploadField(kinds=("pdf", "docx", "csv"), most=1_000_000)


@pytest.mark.parametrize(
    "name, content, expected",
    [
        ("Minutes.PDF", b"%PDF-1.7 ...", None),
        ("plan.docx", office("word/document.xml"), None),
        ("returns.csv", "Zoë,1".encode(), None),
        ("run.exe", b"MZ", "The file must be a PDF, Word or CSV file"),
        ("page.html", b"<script>", "The file must be a PDF, Word or CSV file"),
        ("none", b"x", "The file must be a PDF, Word or CSV file"),
        ("fake.pdf", b"<html>", "The file is not what its name says"),
        ("fake.docx", b"PK not a zip", "The file is not what its name says"),
        ("fake.docx", office("xl/workbook.xml"), "The file is not what its name says"),
        ("macro.docx", office("word/document.xml", "word/vbaProject.bin"), "The file is not what its name says"),
        ("binary.csv", b"\x00\x01", "The file is not what its name says"),
        ("empty.pdf", b"", "The file is empty"),
        ("large.pdf", b"%PDF-" + b"x" * 1_000_001, "The file must be 1MB or smaller"),
    ],
)
def test_a_file_is_what_its_name_says(name: str, content: bytes, expected: str | None):
    form = Hand({}, {"paper": SimpleUploadedFile(name, content, "text/html")})
    errors = list(form.errors.get("paper", []))
    assert (errors[0].startswith(expected) and len(errors) == 1) if expected else not errors
    if not expected:
        assert form.cleaned_data["paper"].content_type in {
            "application/pdf",
            "text/csv",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        }


@pytest.mark.parametrize(
    "given, expected",
    [("../../etc/passwd", "passwd"), ("C:\\x\\a b.pdf", "a b.pdf"), ("a\r\nb<c>.pdf", "a__b_c_.pdf"), ("..", "file")],
)
def test_file_names_lead_nowhere(given: str, expected: str):
    assert plain_name(given) == expected


def test_a_missing_file_is_asked_for():
    assert list(Hand({}, {}).errors["paper"]) == ["Choose the paper"]
