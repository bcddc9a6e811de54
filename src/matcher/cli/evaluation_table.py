"""An evaluation as people read it in a terminal: the figures, the bands, and for whom it works."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from matcher.cli.output import counted
from matcher.domain.vocabulary import KIND_LABELS
from matcher.steps.calibration import BandRow, GroupRow
from matcher.steps.evaluation import METRIC_LABELS, Evaluation, percent, verdict


def evaluation_table(evaluation: Evaluation, countries: Mapping[str, str]) -> str:
    """The whole evaluation as text. countries: ISO 3166 alpha-2 → name."""
    parts = [
        f"{counted(evaluation.links, 'link')} of {counted(evaluation.startups, 'startup')}, as of {evaluation.as_of}, "
        f"ranked by {evaluation.figures.ranker}",
        _metrics(evaluation),
        "\n".join(_remarks(evaluation)),
        _bands(evaluation.bands),
        _groups("kind of partner", evaluation.by_kind, KIND_LABELS),
        _groups("startup's country", evaluation.by_country, countries),
        _groups("partner's earlier companies", evaluation.by_history, {}),
    ]
    return "\n\n".join(parts) + "\n"


def _metrics(evaluation: Evaluation) -> str:
    ours, compared = evaluation.figures, evaluation.compared
    others = [] if compared is None else [compared.figures]
    rows = []
    for metric, (label, known_as) in METRIC_LABELS.items():
        low, high = ours.intervals[metric]
        values = [f"{other.means[metric]:.3f}" for other in others]
        rows.append([f"{label} ({known_as})", f"{ours.means[metric]:.3f}", f"{low:.3f} to {high:.3f}", *values])
    coverage = [f"{other.coverage:.3f}" for other in others]
    rows.append(["partners in somebody's top ten (coverage)", f"{ours.coverage:.3f}", "", *coverage])
    return _table(["from 0 to 1", "value", "95 % interval", *(other.ranker for other in others)], rows)


def _remarks(evaluation: Evaluation) -> Iterator[str]:
    if evaluation.compared is not None:
        compared = evaluation.compared
        yield verdict(evaluation.figures.ranker, compared.figures.ranker, compared.difference)
    yield (
        f"How to read it: {percent(evaluation.figures.means['recall_at_10'])} of a startup's real links stand among "
        "its ten best partners, on average; a pair without a link may be good too, so each figure is a lower bound."
    )
    if evaluation.not_assessed:
        yield (
            f"{counted(evaluation.not_assessed, 'startup')} could not be ranked and count as not found; "
            "`matcher match` says why."
        )
    if evaluation.refused_links:
        yield f"{counted(evaluation.refused_links, 'link')} cannot be found, since a rule refuses the pair."


def _bands(bands: Sequence[BandRow]) -> str:
    rows = []
    for row in bands:
        shares = ["", "", ""]
        if row.share is not None and row.low is not None and row.high is not None:
            times = "" if row.lift is None else f"{row.lift:.1f}"
            shares = [percent(row.share), percent(row.low, row.high), times]
        rows.append([row.band, f"{row.pairs:,}", f"{row.links:,}", *shares])
    return _table(["band", "pairs", "links", "share", "95 % interval", "times all pairs"], rows)


def _groups(heading: str, rows: Sequence[GroupRow], labels: Mapping[str, str]) -> str:
    return _table(
        [heading, "links", "in the top ten", "95 % interval"],
        [
            [
                labels.get(row.group, row.group),
                f"{row.links:,}",
                percent(row.found_at_10),
                percent(row.low, row.high),
            ]
            for row in rows
        ],
    )


def _table(heading: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """The heading and the rows in columns: the first to the left, numbers to the right."""
    widths = [max(len(row[column]) for row in [heading, *rows]) for column in range(len(heading))]
    lines = []
    for first, *others in [heading, *rows]:
        cells = [first.ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True))]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)
