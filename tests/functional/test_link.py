"""The same person in several lists: found where it should be, explained, led back with the key alone, and never leaked."""

from __future__ import annotations

import io
import logging
import stat
import sys
from contextlib import redirect_stderr, redirect_stdout
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import typer.main
from typer.testing import CliRunner

from tests.factories.sentences import sentences
from wardwise.analysis.overlap import overlap
from wardwise.cli import main as cli
from wardwise.cli.link import link_app
from wardwise.cli.options import Options
from wardwise.definitions.find import DefinitionError
from wardwise.definitions.linkage import load
from wardwise.demo.files import write_csv
from wardwise.demo.labelled import HEADINGS, Labelled, make
from wardwise.disclosure import Audience, release
from wardwise.linkage import crosswalk, feeds, keys, match, opened
from wardwise.linkage.feeds import Row
from wardwise.methods import linkage as method
from wardwise.records.cells import SUPPRESSED
from wardwise.records.errors import WardwiseError

PLANTED = (
    "Zebedee",
    "Quillfeather",
    "QX9 9QX",
    "09/09/1959",
    "1959-09-09",
    "ZEBEDEE",
    "QUILLFEATHER",
    "QX99QX",
    "REF-PLANTED",
)
PERSON = ("Zebedee", "Quillfeather", "09/09/1959", "QX9 9QX", "male")


@pytest.fixture(scope="module")
def made() -> Labelled:
    return make(700, 21)


@pytest.fixture(scope="module")
def lists(made: Labelled, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lists")
    for name, rows in made.lists.items():
        write_csv(folder / f"{name}.csv", list(HEADINGS), rows)
    for name in ("one", "two"):
        write_csv(
            folder / f"{name}.csv",
            list(HEADINGS),
            [(f"REF-PLANTED-{name}", *PERSON), ("R2", "Ann", "Other", "01/02/1990", "", "")],
        )
    return folder


def read(lists: Path, *names: str) -> list[feeds.Feed]:
    return [feeds.read(name, lists / f"{name}.csv", load()) for name in names]


def row(**changes: Any) -> Row:
    given = {
        "feed": "a",
        "reference": "1",
        "given": "ANNA",
        "family": "SMITH",
        "born": "1990-01-02",
        "postcode": "ZZ11AA",
        "sex": "female",
    }
    return Row(**{**given, **changes})


def test_people_are_found_again_with_the_precision_that_was_asked(made: Labelled, lists: Path) -> None:
    rows = list(feeds.every(read(lists, *made.lists)))
    truth = [made.truth[f"{each.feed}:{each.reference}"] for each in rows]
    pairs = match.compare(rows, load())
    same = [truth[p.one] == truth[p.other] for p in pairs]
    true = sum(truth.count(who) * (truth.count(who) - 1) // 2 for who in set(truth))
    found = method.quality([p.probability for p in pairs], same, load().threshold.probability, true - sum(same))
    assert found.precision[0] >= 0.97
    assert found.recall[0] >= 0.85
    assert found.precision[2] >= 0.99, "the rule of the threshold is outside what these pairs allow"


@pytest.mark.parametrize(
    ("changes", "one"),
    [
        ({}, True),
        ({"given": "ANA"}, True),
        ({"given": "SMITH", "family": "ANNA"}, True),
        ({"born": "1990-02-01"}, True),
        ({"postcode": "YY99ZZ"}, True),
        ({"postcode": None, "sex": None}, True),
        ({"given": "BELLA"}, False),
        ({"given": "BOB", "sex": "male"}, False),
        ({"given": "ZOE", "family": "KHAN", "postcode": "YY99ZZ"}, False),
    ],
)
def test_slips_are_forgiven_and_twins_are_two_people(changes: dict[str, Any], one: bool) -> None:
    pairs = match.compare([row(), row(feed="b", **changes)], load())
    taken = [pair for pair in pairs if pair.probability >= load().threshold.probability]
    assert bool(taken) is one


def test_weights_are_those_that_splink_works_out() -> None:
    from wardwise.store.duckdb import connect

    rows = [row(), row(given="ANA"), row(born="1990-02-01", postcode=None), row(given="BOB", sex="male")]
    found = match._predicted(connect(), rows, load())
    theirs = {tuple(sorted((each["unique_id_l"], each["unique_id_r"]))): each["match_weight"] for each in found}
    ours = {(pair.one, pair.other): pair.bits for pair in match.compare(rows, load())}
    assert ours == pytest.approx(theirs)


def test_rows_joined_through_a_third_are_one_person() -> None:
    pair = match.Pair(0, 2, 0.99, 6.0, ())
    assert match.people(4, [pair, match.Pair(2, 3, 0.95, 4.0, ()), match.Pair(0, 1, 0.2, -2.0, ())], 0.9) == (
        0,
        1,
        0,
        0,
    )


def test_a_key_makes_pseudonyms_and_opens_what_it_sealed(tmp_path: Path) -> None:
    key, other = keys.make(tmp_path / "k" / "key"), keys.make(tmp_path / "other")
    assert keys.read(tmp_path / "k" / "key") == key
    assert keys.pseudonym(key, "row", "x") == keys.pseudonym(key, "row", "x")
    assert len({keys.pseudonym(k, kind, "x") for k in (key, other) for kind in ("row", "person")}) == 4
    keys.seal(tmp_path / "sealed", key, {"row": ["p"], "reference": ["REF-PLANTED"]})
    assert b"REF-PLANTED" not in (tmp_path / "sealed").read_bytes()
    assert keys.unseal(tmp_path / "sealed", key) == {"row": ["p"], "reference": ["REF-PLANTED"]}
    with pytest.raises(WardwiseError, match="does not open"):
        keys.unseal(tmp_path / "sealed", other)
    with pytest.raises(WardwiseError, match="no sealed list"):
        keys.unseal(tmp_path / "none", key)
    with pytest.raises(WardwiseError, match="a key in this file already"):
        keys.make(tmp_path / "other")
    with pytest.raises(WardwiseError, match="There is no key"):
        keys.read(tmp_path / "none")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps rights in another way")
def test_a_key_that_others_may_read_is_refused(tmp_path: Path) -> None:
    keys.make(tmp_path / "key")
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600
    (tmp_path / "key").chmod(0o644)
    with pytest.raises(WardwiseError, match="Others than its owner"):
        keys.read(tmp_path / "key")


@pytest.mark.parametrize("content", ["", "zz", "ab" * 8])
def test_what_is_no_key_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "key").write_text(content)
    (tmp_path / "key").chmod(0o600)
    with pytest.raises(WardwiseError, match="holds no key"):
        keys.read(tmp_path / "key")


BAD = {
    "no column": ("Reference,First name,Last name\nREF-PLANTED,Zebedee,Quillfeather\n", "no column Date of birth"),
    "twice": (
        f"{','.join(HEADINGS)}\nREF-PLANTED,Zebedee,Quillfeather,09/09/1959,QX9 9QX,M\n" + "REF-PLANTED,A,B,,,\n",
        "stand more than once",
    ),
    "not text": ("\xff\xfe\x00Zebedee", "not a CSV file"),
}


@pytest.mark.parametrize("which", BAD)
def test_errors_name_columns_and_never_people(tmp_path: Path, which: str) -> None:
    content, said = BAD[which]
    (tmp_path / "people.csv").write_bytes(content.encode("latin-1"))
    with pytest.raises(WardwiseError, match=said) as caught:
        feeds.read("marac", tmp_path / "people.csv", load())
    assert not any(
        value in str(caught.value) + repr(caught.value.__context__ or "") for value in PLANTED if which != "not text"
    )


def test_lists_that_cannot_be_used_are_refused(lists: Path, tmp_path: Path) -> None:
    with pytest.raises(WardwiseError, match="plain name"):
        feeds.read("Mr Smith", lists / "one.csv", load())
    with pytest.raises(WardwiseError, match="no such file"):
        feeds.read("marac", tmp_path / "none.csv", load())
    one = feeds.read("one", lists / "one.csv", load())
    with pytest.raises(WardwiseError, match="same name"):
        list(feeds.every([one, one]))
    with pytest.raises(WardwiseError, match="fewer than two people"):
        list(feeds.every([feeds.Feed("one", one.rows[:1], 0)]))
    write_csv(tmp_path / "gaps.csv", list(HEADINGS), [("", *PERSON), ("R", "Ann", "O’Néill", "not known", "", "x")])
    gaps = feeds.read("gaps", tmp_path / "gaps.csv", load())
    assert gaps.skipped == 1
    assert (gaps.rows[0].family, gaps.rows[0].born, gaps.rows[0].sex, gaps.rows[0].born_year) == (
        "ONEILL",
        None,
        None,
        None,
    )
    assert Row("a", "1", None, None, None, None, None).family_initial is None


def test_a_failed_comparison_does_not_say_what_it_failed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(match.TESTS, "names same", "CAST('Zebedee' AS INTEGER) = 1")
    with pytest.raises(WardwiseError, match="could not be compared") as caught:
        match.compare([row(), row()], load())
    assert "Zebedee" not in str(caught.value)
    assert caught.value.__cause__ is None


def run(*words: str, store: Path) -> str:
    done = CliRunner().invoke(link_app, list(words), obj=Options(store, "duckdb"))
    if done.exception:
        raise done.exception
    return done.output


def test_the_whole_road_leaves_no_person_behind(lists: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    store, key, out = tmp_path / "store", tmp_path / "keys" / "link.key", tmp_path / "out"
    said = run("new-key", str(key), store=store)
    streams = io.StringIO()
    with redirect_stdout(streams), redirect_stderr(streams):
        said += run(
            f"one={lists / 'one.csv'}", f"two={lists / 'two.csv'}", "--key", str(key), "--out", str(out), store=store
        )
    assert "4 rows are 2 people. 2 pairs were compared, 2 taken for one person" in said
    why = run("explain", "P00001", "--out", str(out), store=store)
    assert "both names the same" in why
    assert "P00001, one and two: taken for one person; probability 100%." in why
    assert "2 of 2 people (100.0%) are in two processes or more." in run(
        "overlap", str(out), "--audience", "analyst", store=store
    )
    everything = said + why + streams.getvalue() + caplog.text
    everything += "".join(path.read_text(encoding="utf-8") for path in out.iterdir())
    everything += (key.with_suffix(".sealed")).read_bytes().decode("latin-1")
    assert not [value for value in PLANTED if value in everything]
    pseudonym = (out / "links.csv").read_text(encoding="utf-8").splitlines()[1].split(",")[2]
    why_asked = ("--key", str(key), "--by", "Officer 12", "--reason", "Panel of 4 May, agreement 12")
    assert run("open", pseudonym, *why_asked, store=store).strip() == "one: REF-PLANTED-one"
    with pytest.raises(WardwiseError, match="no such row"):
        run("open", "0" * 20, *why_asked, store=store)
    with pytest.raises(WardwiseError, match="not an audience"):
        run("overlap", str(out), "--audience", "everybody", store=store)
    with pytest.raises(WardwiseError, match="may not lie in the store"):
        run(f"one={lists / 'one.csv'}", "--key", str(key), "--out", str(out), "--sealed", str(store / "x"), store=store)


@pytest.fixture
def sealed(tmp_path: Path) -> tuple[Path, bytes]:
    secret = keys.make(tmp_path / "link.key")
    keys.seal(tmp_path / "link.sealed", secret, {"row": ["a1"], "feed": ["marac"], "reference": ["REF-PLANTED"]})
    return tmp_path / "link.sealed", secret


def _lead(
    sealed: tuple[Path, bytes], row: str = "a1", who: str = "Officer 12", why: str = "Panel of 4 May, agreement 12"
) -> tuple[str, str]:
    at = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)
    return opened.lead_back(*sealed, row, who=who, why=why, when=at)


def test_every_opening_is_logged_with_who_when_why_and_which(sealed: tuple[Path, bytes]) -> None:
    assert _lead(sealed) == ("marac", "REF-PLANTED")
    before = opened.log_of(sealed[0]).read_text(encoding="utf-8")
    with pytest.raises(WardwiseError, match="no such row"):
        _lead(sealed, row="b2")
    after = opened.log_of(sealed[0]).read_text(encoding="utf-8")
    assert after.startswith(before), "a line is never changed"
    assert "REF-PLANTED" not in after
    first, second = opened.opened(sealed[0])
    assert (first.when, first.who, first.row, first.found) == ("2026-05-04T09:30:00+00:00", "Officer 12", "a1", True)
    assert first.why == "Panel of 4 May, agreement 12"
    assert (second.row, second.found) == ("b2", False)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"why": "  "}, "without a reason"),
        ({"why": "because"}, "without a reason"),
        ({"who": ""}, "Nobody is named"),
        ({"why": "I want to see ref-planted again"}, "holds the reference"),
    ],
)
def test_nothing_is_led_back_without_a_name_and_a_reason(
    sealed: tuple[Path, bytes], given: dict[str, str], says: str
) -> None:
    with pytest.raises(WardwiseError, match=says) as caught:
        _lead(sealed, **given)
    assert "REF-PLANTED" not in str(caught.value)
    assert opened.opened(sealed[0]) == ()


def test_a_log_that_was_changed_by_hand_is_not_read_as_if_whole(sealed: tuple[Path, bytes]) -> None:
    _lead(sealed)
    log = opened.log_of(sealed[0])
    log.write_text(log.read_text(encoding="utf-8") + '{"who": "nobody"}\n', encoding="utf-8")
    with pytest.raises(WardwiseError, match="cannot be read"):
        opened.opened(sealed[0])


def test_the_log_is_listed_without_opening_anything(sealed: tuple[Path, bytes], tmp_path: Path) -> None:
    key = str(tmp_path / "link.key")
    assert run("opened", "--key", key, store=tmp_path / "store") == "0 times.\n"
    _lead(sealed)
    said = run("opened", "--key", key, store=tmp_path / "store")
    assert "Officer 12" in said
    assert "Panel of 4 May, agreement 12" in said
    assert "REF-PLANTED" not in said


def test_explaining_what_is_not_there_is_refused(tmp_path: Path) -> None:
    (tmp_path / "pairs.csv").write_text("pair,bits,before\nP00001,1,0\n")
    (tmp_path / "links.csv").write_text("person,feed,row\nZebedee,one,x\n")
    with pytest.raises(WardwiseError, match="no such pair"):
        crosswalk.explain(tmp_path / "pairs.csv", "P9")
    with pytest.raises(WardwiseError, match="no such file"):
        crosswalk.explain(tmp_path / "none.csv", "P9")
    with pytest.raises(WardwiseError, match="something else than pseudonyms") as caught:
        crosswalk.read_links(tmp_path / "links.csv")
    assert "Zebedee" not in str(caught.value)
    with pytest.raises(WardwiseError, match="not written by linking"):
        crosswalk.read_links(tmp_path / "pairs.csv")


def test_overlap_is_counted_by_people_and_hides_the_few() -> None:
    links = [(f"p{n}", "marac") for n in range(40)] + [(f"p{n}", "asbrac") for n in range(38, 80)]
    links += [(f"p{n}", "iom") for n in range(60, 90)] + [("p1", "marac")]
    found = overlap(links)
    assert [(r["label"], r["people"]) for r in found.tables["times"].rows] == [
        ("1", 68),
        ("2", 22),
        ("3", 0),
        ("Two or more", 22),
        ("Total", 90),
    ]
    assert [(r["label"], r["people"]) for r in found.tables["together"].rows] == [
        ("asbrac", 20), ("iom", 10), ("marac", 38), ("asbrac and iom", 20), ("asbrac and marac", 2),
    ]  # fmt: skip
    assert sentences(found)[0] == "22 of 90 people (24.4%) are in two processes or more."
    for total in found.sums:
        whole = found.tables[total.total.table].rows[total.total.row][total.total.column]
        assert whole == sum(found.tables[p.table].rows[p.row][p.column] for p in total.parts)  # type: ignore[misc]
    shown = release([found], Audience.PUBLIC).findings["overlap"]
    assert shown.tables["together"].rows[-1]["people"] is SUPPRESSED
    assert shown.tables["processes"].rows[2]["others"] is SUPPRESSED
    with pytest.raises(WardwiseError, match="cannot overlap"):
        overlap([("p", "marac")])


def test_a_declaration_that_is_wrong_is_refused(tmp_path: Path) -> None:
    shipped = (Path(__file__).resolve().parents[2] / "definitions/linkage/same-person.yaml").read_text(encoding="utf-8")
    (tmp_path / "linkage").mkdir()
    own = tmp_path / "linkage" / "same-person.yaml"
    own.write_text(shipped.replace("test: names same", "test: otherwise"), encoding="utf-8")
    with pytest.raises(DefinitionError, match="the last level"):
        load(tmp_path)
    own.write_text(shipped.replace("probability: 0.9", "probability: 0.8"), encoding="utf-8")
    assert load(tmp_path).threshold.probability == 0.8


def test_linking_is_among_the_commands() -> None:
    cli._register()
    assert "link" in typer.main.get_command(cli.app).commands  # type: ignore[attr-defined]
