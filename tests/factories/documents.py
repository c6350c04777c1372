"""A document with every kind of block, as a committee would receive it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.factories.released import hate, points, through_the_gate, with_gaps
from wardwise.charts.control_chart import control_chart
from wardwise.disclosure.released import Audience
from wardwise.reports import document as d
from wardwise.reports.tables import table
from wardwise.reports.words import say

HOSTILE = "#heading *bold* _it_ $x^2$ @ref <b>&amp; </script> \\ `code` // [link](http://x) = - + {n} ~ “quotes” é"
"""Text that means something in one of the formats. It must come out as it is."""


def every_block(audience: Audience = Audience.PUBLIC, *, numbered: bool = False) -> d.Document:
    """A short performance report."""
    abuse = through_the_gate(points(with_gaps()), audience=audience)
    crime = through_the_gate(points(), audience=audience)
    hated = through_the_gate(hate(), audience=audience)
    said = say(crime)
    paragraph = d.NumberedParagraph if numbered else d.Paragraph
    blocks: tuple[d.Block, ...] = (
        d.Lines(
            (
                d.Line(said, "Unlikely to be chance", "abuse", "know-abuse"),
                d.Line("Recorded hate incidents rose by 9 (8.7%), from 103 to 112.", "Could be chance", "hate"),
            )
        ),
        d.KeyFacts((d.Fact("Population", "141,400", "mid-2015 estimate"), d.Fact("Small areas", "94"))),
        d.PageBreak(),
        d.Contents(),
        d.Heading(1, "Performance", "performance"),
        paragraph("Recorded crime is not all crime. A rise in reporting may be good news."),
        d.Heading(2, "Domestic abuse", "abuse"),
        d.Callout(said),
        paragraph((d.Span("See "), d.Span("hate incidents", target="hate"), d.Span(" below."))),
        d.ChartBlock(
            control_chart(abuse, title=abuse.title, subtitle="Recorded crimes a month, Lancashire, April 2013 to August 2016"),
            id="chart-abuse",
        ),
        d.ChartBlock(control_chart(crime, subtitle="The same, every month supplied"), print_table="none"),
        d.Caveats(abuse.caveats),
        d.Sources(abuse.sources),
        d.Heading(2, "Hate incidents", "hate"),
        paragraph("A person may report more than one kind."),
        table(hated, caption="Recorded hate incidents by type, Blackpool"),
        d.Heading(3, "Words as they were written"),
        d.Bullets((HOSTILE, (d.Span("Bold: ", bold=True), d.Span(HOSTILE)))),
        d.Heading(1, "Appendix", numbered=False),
        d.HowWeKnow((d.Known("Domestic abuse, August 2016", "814", "domestic-abuse~E06000009~2016-08@1a2b3c4d.offences-3", "know-abuse"),)),
    )  # fmt: skip
    return d.Document(
        title="Community safety performance report",
        subtitle="April to August 2016",
        area="Blackpool",
        period="April to August 2016",
        audience=audience.value,
        date=date(2016, 10, 27),
        blocks=blocks,
        owner="BSafe Blackpool",
        synthetic=True,
        numbered=numbered,
        first_number=6,
    )


def with_title(title: str) -> d.Document:
    return replace(every_block(), title=title)
