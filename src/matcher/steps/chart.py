"""An evaluation as a chart: one SVG that needs nothing else, figures with their intervals above, bands below."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from matcher.steps.calibration import BandRow
from matcher.steps.evaluate import METRICS
from matcher.steps.evaluation import METRIC_LABELS, Comparison, Evaluation, Figures, percent, verdict

# In pixels: the page, where the plot begins and ends, and how far rows with one mark and with two stand apart.
_WIDTH, _LEFT, _RIGHT, _ROW, _WIDE_ROW = 960, 210, 620, 42, 54
_MOST_TICKS = 5
_LONGEST_NAME = 28
# Each has a contrast of at least 4.5 to 1 on white, and a mark of its own shape: nothing is told by colour alone.
_INK, _QUIET, _OURS, _OTHER = "#0b0c0c", "#505a5f", "#1d70b8", "#a8480f"
_RULE = "#d8dadb"
_STYLE = (
    "text{font-family:Helvetica,Arial,'Liberation Sans',sans-serif;font-size:13px;fill:" + _INK + "}"
    ".title{font-size:20px;font-weight:bold}.heading{font-size:15px;font-weight:bold}.quiet{fill:" + _QUIET + "}"
)


@dataclass(frozen=True, kw_only=True)
class _Mark:
    """A value with its interval. said: the numbers beside it. ours: drawn as a disc, else as a diamond."""

    value: float
    low: float
    high: float
    said: str
    ours: bool = True


@dataclass(frozen=True, kw_only=True)
class _Row:
    """What stands on one line of a panel."""

    label: str
    below: str
    marks: tuple[_Mark, ...]


def evaluation_chart(evaluation: Evaluation) -> str:
    """The SVG text of an evaluation; equal evaluations, equal text."""
    ours, compared = evaluation.figures, evaluation.compared
    overall = _overall(evaluation.bands)
    title = f"How well {_short(ours.ranker)} finds links that really happened"
    about = (
        f"{evaluation.startups:,} startups, {evaluation.links:,} links, as of {evaluation.as_of}. "
        "A line through a mark is its 95 % interval."
    )
    parts = [_text(24, 38, title, "title"), _text(24, 62, about, "quiet")]
    top = 100.0
    if compared is not None:
        parts.append(_legend(ours, compared))
        top += 52
    panel, top = _panel(
        top,
        "Where the links stand among a startup's partners",
        [_metric_row(metric, ours, compared) for metric in METRICS],
        "mean over startups: 0 is never found, 1 is always first",
        lambda tick: f"{tick:g}",
    )
    parts.append(panel)
    panel, top = _panel(
        top + 40,
        "What a band is worth",
        [_band_row(row) for row in evaluation.bands],
        f"share of a band's pairs that are links; the dashed line is all pairs, {percent(overall)}",
        lambda tick: f"{100 * tick:g} %",
        overall,
    )
    parts.append(panel)
    return _page(top + 20, title, _description(evaluation), parts)


def _metric_row(metric: str, ours: Figures, compared: Comparison | None) -> _Row:
    both = [(ours, True)] if compared is None else [(ours, True), (compared.figures, False)]
    marks = []
    for figures, is_ours in both:
        value, (low, high) = figures.means[metric], figures.intervals[metric]
        said = f"{value:.3f} ({low:.3f} to {high:.3f})"
        marks.append(_Mark(value=value, low=low, high=high, said=said, ours=is_ours))
    label, below = METRIC_LABELS[metric]
    return _Row(label=label, below=below, marks=tuple(marks))


def _band_row(row: BandRow) -> _Row:
    below = f"{row.links:,} of {row.pairs:,} pairs" if row.pairs else "no pairs"
    if row.share is None or row.low is None or row.high is None:
        return _Row(label=row.band, below=below, marks=())
    times = "" if row.lift is None else f", {row.lift:.1f} × all pairs"
    said = f"{percent(row.share)} ({percent(row.low, row.high)}){times}"
    return _Row(label=row.band, below=below, marks=(_Mark(value=row.share, low=row.low, high=row.high, said=said),))


def _overall(bands: Sequence[BandRow]) -> float:
    return sum(row.links for row in bands) / max(1, sum(row.pairs for row in bands))


def _panel(
    top: float,
    heading: str,
    rows: Sequence[_Row],
    axis: str,
    tick_text: Callable[[float], str],
    line: float | None = None,
) -> tuple[str, float]:
    """(the SVG of a panel with its heading at `top`, where it ends). line: a value to draw down through all rows."""
    ticks = _ticks(max([mark.high for row in rows for mark in row.marks] + [line or 0.0]))
    apart = _ROW if all(len(row.marks) < 2 for row in rows) else _WIDE_ROW
    first, end = top + 14, top + 14 + apart * len(rows)

    def x(value: float) -> float:
        return _LEFT + (_RIGHT - _LEFT) * value / ticks[-1]

    parts = [_text(24, top, heading, "heading")]
    for tick in ticks:
        parts.append(_line(x(tick), first, x(tick), end, _RULE))
        parts.append(_text(x(tick), end + 18, tick_text(tick), "quiet", "middle"))
    parts.append(_line(_LEFT, end, _RIGHT, end, _INK))
    if line is not None:
        parts.append(_line(x(line), first, x(line), end, _INK, ' stroke-dasharray="5 4"'))
    for number, row in enumerate(rows):
        middle = first + apart * (number + 0.5)
        parts.append(_text(24, middle - 3, row.label))
        parts.append(_text(24, middle + 14, row.below, "quiet"))
        for place, mark in enumerate(row.marks):
            parts.append(_mark(mark, x, middle + (place - (len(row.marks) - 1) / 2) * 20))
    parts.append(_text((_LEFT + _RIGHT) / 2, end + 38, axis, "quiet", "middle"))
    return "".join(parts), end + 38


def _mark(mark: _Mark, x: Callable[[float], float], y: float) -> str:
    colour = _OURS if mark.ours else _OTHER
    low, high = x(mark.low), x(mark.high)
    whisker = _line(low, y, high, y, colour, ' stroke-width="2"')
    ends = "".join(_line(end, y - 5, end, y + 5, colour, ' stroke-width="2"') for end in (low, high))
    return whisker + ends + _shape(x(mark.value), y, mark.ours) + _text(_RIGHT + 20, y + 4.5, mark.said)


def _shape(x: float, y: float, ours: bool) -> str:
    if ours:
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5.5" fill="{_OURS}"/>'
    return f'<path d="M{x:.1f} {y - 7:.1f}l7 7-7 7-7-7z" fill="{_OTHER}"/>'


def _legend(ours: Figures, compared: Comparison) -> str:
    parts, at = [], 30.0
    for name, is_ours in ((ours.ranker, True), (compared.figures.ranker, False)):
        said = _short(name)
        parts += [_shape(at, 86, is_ours), _text(at + 14, 90.5, said)]
        at += 44 + 8 * len(said)
    said = verdict(_short(ours.ranker), _short(compared.figures.ranker), compared.difference)
    return "".join([*parts, _text(24, 114, said)])


def _short(name: str) -> str:
    """A ranker's name with its middle left out where it is long; its end tells rankers of one version apart."""
    return name if len(name) <= _LONGEST_NAME else f"{name[:12]}…{name[13 - _LONGEST_NAME :]}"


def _ticks(greatest: float) -> list[float]:
    """From 0 to at least the greatest, but no further than 1, in a few round steps."""
    rough = max(greatest, 0.001) / _MOST_TICKS
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * one for one in (1, 2, 2.5, 5, 10) if power * one >= rough * (1 - 1e-9))
    return [step * number for number in range(math.ceil(max(greatest, 0.001) / step - 1e-9) + 1)]


def _description(evaluation: Evaluation) -> str:
    """The chart in words, for who cannot see it."""
    said = [
        f"{METRIC_LABELS[metric][1]} {evaluation.figures.means[metric]:.3f}, "
        f"95 % interval {evaluation.figures.intervals[metric][0]:.3f} to {evaluation.figures.intervals[metric][1]:.3f}"
        for metric in METRICS
    ]
    said += [
        f"{row.band}: {row.links:,} of {row.pairs:,} pairs are links" + (f", {percent(row.share)}" if row.share else "")
        for row in evaluation.bands
    ]
    if evaluation.compared is not None:
        compared = evaluation.compared
        said.append(verdict(evaluation.figures.ranker, compared.figures.ranker, compared.difference).rstrip("."))
    return "; ".join(said) + "."


def _page(height: float, title: str, description: str, parts: Sequence[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{height:.0f}" '
        f'viewBox="0 0 {_WIDTH} {height:.0f}" role="img" aria-labelledby="title description" lang="en-GB">\n'
        f'<title id="title">{escape(title)}</title>\n<desc id="description">{escape(description)}</desc>\n'
        f'<style>{_STYLE}</style>\n<rect width="100%" height="100%" fill="#ffffff"/>\n'
        + "\n".join(parts)
        + "\n</svg>\n"
    )


def _text(x: float, y: float, said: str, kind: str = "", anchor: str = "start") -> str:
    named = f' class="{kind}"' if kind else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{named}>{escape(said)}</text>'


def _line(x1: float, y1: float, x2: float, y2: float, colour: str, more: str = "") -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}"{more}/>'
