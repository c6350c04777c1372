"""Sentences come from released cells only."""

from __future__ import annotations

import pytest

from tests.factories.released import hate, points, through_the_gate
from wardwise.disclosure.released import Audience
from wardwise.records.errors import WardwiseError
from wardwise.records.findings import Ref, Statement
from wardwise.reports.tables import table
from wardwise.reports.words import say, say_all

SMALL = Statement("{n} incidents.", {"n": Ref("hate", 1, "now")}, hidden="Too few to publish.")


def test_a_sentence_is_filled_from_its_cells() -> None:
    assert say(through_the_gate(points())) == "Recorded domestic abuse was 814 in August 2016."
    assert say_all(through_the_gate(points())) == ("Recorded domestic abuse was 814 in August 2016.",)


def test_a_hidden_cell_turns_the_sentence() -> None:
    assert say(through_the_gate(hate()), SMALL) == "3 incidents."
    assert say(through_the_gate(hate(), audience=Audience.PUBLIC), SMALL) == "Too few to publish."


def test_a_name_without_a_cell_is_an_error() -> None:
    with pytest.raises(WardwiseError, match="gives no cell"):
        say(through_the_gate(points()), Statement("{n} of {m}", {"n": Ref("points", 0, "count")}))
    with pytest.raises(WardwiseError, match="no sentence 2"):
        say(through_the_gate(points()), 1)


def test_findings_that_were_not_released_are_refused() -> None:
    with pytest.raises(WardwiseError, match="Only released findings"):
        say(points())  # type: ignore[arg-type]
    with pytest.raises(WardwiseError, match="Only released findings"):
        table(hate())  # type: ignore[arg-type]


def test_the_hate_crime_table_reads_as_published() -> None:
    block = table(through_the_gate(hate()))
    assert block.rows[1] == ("Gender Identity", "1", "3", "+2", "200.0%")
    assert block.rows[3] == ("Homophobic Incident", "28", "26", "−2", "−7.1%")
    assert block.rows[5] == ("Racist or Homophobic Incident Involving Police Staff", "1", "1", "=", "None")
    assert block.total_rows == (7,)
    assert block.notes == ()


def test_the_public_table_hides_small_cells_and_says_what_the_mark_means() -> None:
    block = table(through_the_gate(hate(), audience=Audience.PUBLIC))
    assert block.rows[1][1:] == ("[c]", "[c]", "[c]", "[c]")
    assert block.notes[0].startswith("[c] hidden to protect people")
    released = through_the_gate(hate(), audience=Audience.PUBLIC)
    assert table(released, notes=(released.key, "Other.")).notes == (released.key, "Other.")
    assert table(through_the_gate(hate()), notes=(released.key, "Other.")).notes == ("Other.",)
