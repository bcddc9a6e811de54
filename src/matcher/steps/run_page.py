"""A run's report as one HTML page: how many got how far and why not further, the shares, and the proof."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from matcher.domain.shortlist import INTAKE, PLACE, STAGES_REACHED
from matcher.steps.coverage import Coverage
from matcher.steps.exposure import ExposureRow
from matcher.steps.outcomes import ProgrammeOutcomes
from matcher.steps.pack_words import kept_to
from matcher.steps.rule_words import day_words

_STYLE = """
body{font:16px/1.5 Helvetica,Arial,sans-serif;margin:0 auto;max-width:60rem;padding:1rem;color:#0b0c0c}
table{border-collapse:collapse;width:100%;margin:0 0 1.5rem}
th,td{text-align:left;vertical-align:top;padding:.3rem .8rem .3rem 0;border-bottom:1px solid #b1b4b6}
.number{text-align:right;width:7rem} th.number{white-space:nowrap}
.small{color:#505a5f;font-size:.875rem} caption{text-align:left;font-weight:bold}
@media(max-width:40rem){table{display:block;overflow-x:auto}} @media print{table{break-inside:avoid}}
"""
_BY = {"hub": "Hub", "country": "Country", "women_led": "Women-led", "kind": "Kind of partner", "region": "Region"}


def run_page(
    result: Mapping[str, Any],
    status: str,
    exposure: Sequence[ExposureRow],
    coverage: Coverage,
    known: ProgrammeOutcomes,
) -> str:
    """The page of a shortlist result. known: what is recorded of the edition's participants so far."""
    title = f"{escape(result['programme_name'])}: report"
    certificate = result["certificate"]
    busy = sum(load["meetings"] > 0 for load in result["loads"])
    parts = [
        f'<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>{title}</title>',
        '<meta name="viewport" content="width=device-width,initial-scale=1">',
        f"<style>{_STYLE}</style></head><body><main><h1>{title}</h1>",
        f"<p>{escape(status)} These are suggestions; a named officer decides.</p>",
        f'<p class="small">Run {escape(result["run_id"])}, as of {escape(day_words(result["as_of"]))}, ranker '
        f"{escape(result['ranker'])}.</p>",
        _table("How many got how far", ("Stage", "Startups"), _funnel(result)),
        _table("Why not further", ("Stage", "Rule", "Startups"), _left_out(result)),
        _table("On record for this edition", ("State", "Startups"), _states(known)),
        f"<h2>The plan</h2><p>{len(result['pairs'])} meetings of {len(result['placed'])} startups with {busy} partners."
        f" Objective {certificate['objective']:.6f} points, bound {certificate['bound']:.6f}, gap "
        f"{certificate['gap']:g}: no plan that {escape(kept_to(result))} is worth more than the bound.</p>",
        _table("Falls short", ("Startup", "Wanted", "Got", "Because"), map(_short, certificate["short"])),
        "<h2>Shares</h2><p>How places and meetings fall on groups. None of these moves a score.</p>",
        *(
            _table(
                f"By {label.lower()}",
                (label, "Eligible", "Placed", "Meetings", "Share of meetings"),
                (_group(row) for row in exposure if row.by == by),
            )
            for by, label in _BY.items()
        ),
        _table(
            "Coverage of the regions",
            ("Region", "Partners", "Meetings", "Startups met"),
            ((row.label, row.partners, row.meetings, row.startups) for row in (*coverage.rows, *coverage.elsewhere)),
        ),
        "</main></body></html>\n",
    ]
    return "".join(parts)


def _funnel(result: Mapping[str, Any]) -> Iterable[tuple[object, ...]]:
    reached = Counter(left["reached"] for left in result["unplaced"])
    reached[PLACE], reached[INTAKE] = len(result["placed"]), len(result["refused"])
    for at, stage in enumerate(STAGES_REACHED):
        yield stage.capitalize(), sum(reached[later] for later in STAGES_REACHED[at:])


def _left_out(result: Mapping[str, Any]) -> Iterable[tuple[object, ...]]:
    counts = Counter((INTAKE, one["rule"]) for one in result["refused"])
    counts += Counter((one["reached"], one["rule"]) for one in result["unplaced"])
    for (stage, rule), count in sorted(
        counts.items(), key=lambda one: (STAGES_REACHED.index(one[0][0]), -one[1], one[0])
    ):
        yield stage.capitalize(), rule.replace("_", " "), count


def _states(known: ProgrammeOutcomes) -> Iterable[tuple[object, ...]]:
    return ((state.capitalize(), count) for state, count in known.states.items() if count)


def _short(short: Mapping[str, Any]) -> tuple[object, ...]:
    kind = f" ({short['kind'].replace('_', ' ')})" if short["kind"] else ""
    return short["id"], f"{short['wanted']}{kind}", short["got"], short["because"]


def _group(row: ExposureRow) -> tuple[object, ...]:
    share = "" if row.share_of_meetings is None else f"{row.share_of_meetings:.1%}"
    small = " (too few to compare)" if row.too_small else ""
    return f"{row.label}{small}", row.eligible, row.placed, row.meetings, share


def _table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table, or nothing without rows. A column of numbers, or of shares, stands to the right with its head."""
    kept = [tuple("" if cell is None else cell for cell in row) for row in rows]
    if not kept:
        return ""
    right = [all(isinstance(cell, int) or _is_share(cell) for cell in column) for column in zip(*kept, strict=True)]

    def cells(tag: str, row: Sequence[object]) -> str:
        return "".join(
            f"<{tag}{' class=number' if number else ''}>{escape(str(cell))}</{tag[:2]}>"
            for cell, number in zip(row, right, strict=True)
        )

    body = "".join(f"<tr>{cells('td', row)}</tr>" for row in kept)
    head = cells("th scope='col'", heads)
    return f"<table><caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _is_share(cell: object) -> bool:
    return cell == "" or str(cell).endswith("%")
