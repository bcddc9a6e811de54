"""The reports as people read them in a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from matcher.cli.output import counted
from matcher.domain.profile import Partner, Startup
from matcher.domain.region import Regions
from matcher.domain.tag import NATIONAL_SECURITY, REGION, TECHNOLOGY, Tag, Topics
from matcher.domain.vocabulary import KIND_LABELS
from matcher.steps.completeness import FieldRow, fill_first
from matcher.steps.coverage import Coverage, CoverageRow
from matcher.steps.exposure import LEAST_TO_COMPARE, ExposureChange, ExposureRow
from matcher.steps.outcomes import ProgrammeOutcomes, ValueSum

_TAG_HEADINGS = {
    TECHNOLOGY: "Priority technologies",
    REGION: "UK regions",
    NATIONAL_SECURITY: "National security areas",
}
_EXPOSURE_HEADINGS = {
    "all": "",
    "hub": "by hub",
    "country": "by country",
    "women_led": "by women-led, as declared",
    "kind": "by kind of partner",
    "region": "by region of partner",
}


def tags_table(who: Startup | Partner, tags: Sequence[Tag], topics: Topics) -> str:
    """The tags of a profile by kind, each with its evidence."""
    parts = [f"{who.name} ({who.id}): {counted(len(tags), 'tag')}; they move no score"]
    for kind, heading in _TAG_HEADINGS.items():
        own = [tag for tag in tags if tag.kind == kind]
        dated = f" (list of {topics.security_as_of}; {topics.advice})" if kind == NATIONAL_SECURITY else ""
        lines = [f"{heading}{dated}: {'none' if not own else ''}".rstrip()]
        for tag in own:
            lines.append(f"  {tag.label}")
            lines += [f'    {one.kind} {one.id}, {one.field}: "{one.quote}"' for one in tag.evidence]
        parts.append("\n".join(lines))
    return "\n\n".join(parts) + "\n"


def coverage_table(found: Coverage, regions: Regions) -> str:
    """A line a region, then those elsewhere, then what the index says of them all."""
    of_run = found.elsewhere[0].meetings is not None
    kinds = [kind for kind in found.elsewhere[0].by_kind]
    heading = ["region", "partners", *(KIND_LABELS[kind] for kind in kinds)]
    heading += ["meetings", "startups"] if of_run else []
    heading += ["digital GVA", "rank", "uplift"]
    rows = [_coverage_line(row, kinds, of_run) for row in (*found.rows, *found.elsewhere)]
    parts = [_table(heading, rows)]
    if found.unrecognised:
        parts.append(f"Not understood as a region: {'; '.join(found.unrecognised)}.")
    if regions.median_gva_per_person_gbp is not None and regions.total_uplift_gbp is not None:
        parts.append(
            f"Digital GVA, rank and uplift: techUK Local Digital Index {regions.as_of}. Digital GVA is pounds a "
            f"person; the UK median is £{regions.median_gva_per_person_gbp:,}. The uplift is what is missing to it: "
            f"£{regions.total_uplift_gbp:,} in all. It is context and moves no score."
        )
    return "\n".join(parts) + "\n"


def _coverage_line(row: CoverageRow, kinds: Sequence[str], of_run: bool) -> list[str]:
    region = row.region
    line = [row.label, str(row.partners), *(str(row.by_kind[kind]) for kind in kinds)]
    line += [str(row.meetings), str(row.startups)] if of_run else []
    if region is None:
        return [*line, "", "", ""]
    gva = "" if region.gva_per_person_gbp is None else f"£{region.gva_per_person_gbp:,}"
    uplift = "" if region.uplift_gbp is None else f"£{region.uplift_gbp:,}"
    return [*line, gva, "" if region.index_rank is None else str(region.index_rank), uplift]


def exposure_table(rows: Sequence[ExposureRow]) -> str:
    """A block for each way of grouping; groups too small to compare are marked."""
    parts = []
    for by, title in _EXPOSURE_HEADINGS.items():
        own = [row for row in rows if row.by == by]
        of_partners = by in ("kind", "region")
        first = ["partners"] if of_partners else ["applicants", "eligible"]
        placed = "startups met" if of_partners else "placed"
        heading = [title, *first, placed, "meetings", "share", "per placed", "mean rank", "mean score"]
        parts.append(_table(heading, [_exposure_line(row, of_partners) for row in own]))
    parts.append(
        f"* fewer than {LEAST_TO_COMPARE}: too small to compare. Mean rank: the mean place of the meetings among the "
        "startup's own, 1 is best. The report moves nothing.\n"
    )
    return "\n".join(parts)


def guarantee_table(rows: Sequence[ExposureChange]) -> str:
    """A block for each way of grouping, each number without → with the guarantee."""
    parts = []
    for by, title in _EXPOSURE_HEADINGS.items():
        lines = [
            [
                f"{row.label}{' *' if row.too_small else ''}",
                *(" → ".join(map(str, pair)) for pair in (row.placed, row.meetings)),
                *(
                    " → ".join("" if one is None else form.format(one) for one in pair)
                    for pair, form in ((row.share_of_meetings, "{:.1%}"), (row.meetings_per_placed, "{:.2f}"))
                ),
            ]
            for row in rows
            if row.by == by
        ]
        parts.append(_table([title, "placed", "meetings", "share", "per placed"], lines))
    parts.append("Each number without → with a first meeting guaranteed. * too small to compare.\n")
    return "\n".join(parts)


def _exposure_line(row: ExposureRow, of_partners: bool) -> list[str]:
    first = [row.partners] if of_partners else [row.applicants, row.eligible]
    means = [(row.share_of_meetings, "{:.1%}"), (row.meetings_per_placed, "{:.2f}")]
    means += [(row.mean_rank, "{:.2f}"), (row.mean_score, "{:.3f}")]
    return [
        f"{row.label}{' *' if row.too_small else ''}",
        *map(str, first),
        str(row.placed),
        str(row.meetings),
        *("" if value is None else form.format(value) for value, form in means),
    ]


def outcomes_table(rows: Sequence[ProgrammeOutcomes], several: bool, rates_as_of: str) -> str:
    """A block a programme; the last of several is all together."""
    parts = []
    for place, row in enumerate(rows):
        all_together = several and place == len(rows) - 1
        name = "All together, each startup and pair once" if all_together else row.programme or "No programme stated"
        parts.append("\n".join([name, *_outcome_lines(row)]))
    if several and len(rows) == 1:
        parts.insert(0, "Nothing is known yet; bring it with `matcher import history FILE` and participation.")
    parts.append(
        f"Startups and pairs are counted once a line, and no line is a part or a sum of another. "
        f"Pounds at the rates of {rates_as_of}: for comparing sizes, not for accounts."
    )
    return "\n\n".join(parts) + "\n"


def _outcome_lines(row: ProgrammeOutcomes) -> Iterator[str]:
    yield "  startups: " + ", ".join(f"{state} {number}" for state, number in row.states.items())
    yield "  pairs: " + ", ".join(f"{_words(outcome)} {number}" for outcome, number in row.outcomes.items())
    yield f"  partnerships (partnered or invested, each pair once): {row.partnerships}"
    for label, found in (
        ("signed value", row.signed),
        ("estimated impact", row.estimated),
        ("value, kind not stated", row.kind_not_stated),
    ):
        yield from _value_lines(label, found)


def _value_lines(label: str, found: ValueSum) -> Iterator[str]:
    if not found.values:
        yield f"  {label}: none"
        return
    totals = ", ".join(f"{total.currency} {total.amount:,.2f}" for total in found.totals)
    without = f"; no rate for {', '.join(found.without_rate)}" if found.without_rate else ""
    yield f"  {label}: {totals}; £{found.gbp:,.2f} in pounds{without}"
    for one in found.values:
        told = f", told {one.records} times" if one.records > 1 else ""
        amount = f"{one.money.currency} {one.amount:,.2f}"
        yield (
            f"    {one.startup_id} and {one.partner_id}: {amount}, {' and '.join(map(_words, one.outcomes))}, "
            f"{one.date or 'no date'}, source: {one.source or 'not stated'}{told}"
        )


def _words(outcome: str) -> str:
    return outcome.replace("_", " ")


def completeness_table(found: Mapping[str, Sequence[FieldRow]]) -> str:
    """A block for each side: fields in the order of the profile, and the one to fill in first."""
    parts = []
    for kind, rows in found.items():
        lines = [
            [
                row.field,
                f"{row.stated} of {row.total}",
                "" if row.share is None else f"{row.share:.0%}",
                f"{row.at_stake:.1%}" if row.at_stake else "",
            ]
            for row in rows
        ]
        first = fill_first(rows)
        parts.append(_table([kind, "stated", "share", "confidence at stake"], lines))
        if first is not None:
            parts.append(f"Fill in first: {first.field}.\n")
    parts.append(
        "Confidence at stake: how much the mean confidence of a match may rise at most if all stated the field.\n"
    )
    return "\n".join(parts)


def _table(heading: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Columns set apart by two spaces, the first to the left and numbers to the right; ends with a newline."""
    widths = [max(len(row[column]) for row in (heading, *rows)) for column in range(len(heading))]
    lines = []
    for row in (heading, *rows):
        cells = [
            cell.ljust(width) if column == 0 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines) + "\n"
