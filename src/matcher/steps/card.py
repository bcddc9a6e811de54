"""The card of a learned ranker: what it does, what it was measured against, for what it is and for what not."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping
from typing import Any

from matcher.steps.bands import TIMES
from matcher.steps.measure import FEATURES, RECORDED_TODAY, SAID_TODAY
from matcher.steps.rank import BANDS, Ranker

_WIDTH = 118


def card(ranker: Ranker, metrics: Mapping[str, Any]) -> str:
    """The card in Markdown. metrics: as metrics.json holds them."""
    learned_from, held = metrics["learned_from"], metrics["held_out"]
    text = f"""# Ranker {ranker.version}

Weights were learned from {learned_from["startups"]:,} startups that went with a partner in the years
{_years(learned_from)}, by what was known before each year, and drawn towards those of `{metrics["present"]}`.

## What it does

score = base + Σ weight × (value − centre), over the features below. A value at its centre is neither for nor against
a pair; what cannot be known counts as that, and lowers the confidence. The base is {ranker.base:g}: 0 points are the
odds of an average pair. No weight is below 0, so that more of a feature never lowers a score, and none is a person's
trait: `women_led`, names and contact fields do not enter.

| feature | what it is | weight | centre |
|---|---|---|---|
{_features(ranker)}

{_kept(metrics)}

## Bands

{_bands_said(ranker)} They were set on the startups held out, of whom nothing
was learned, and are worth there:

| band | from | pairs | of which happened | times an average pair |
|---|---|---|---|---|
{_bands(ranker, metrics)}

## What it was measured on

{held["startups"]:,} startups of {_years(held)}, held out: this ranking was learned from the years before them only,
then learned again from all years. Each is to be ranked to the partners it went with, by what was known at the end of
the year before. With 95 % intervals over startups:

| ranking | nDCG@10 | recall@10 | coverage@10 |
|---|---|---|---|
{_rankings(metrics)}

New less present, in nDCG@10: {_interval(metrics["difference"]["ndcg_at_10"], signed=True)}. {_verdict(metrics)} The
startups with less known about their best pair, the lower half by confidence, read
{metrics["ndcg_at_10_by_confidence"]["lower half"]:.3f}; the upper half
{metrics["ndcg_at_10_by_confidence"]["upper half"]:.3f}.

A missing link is not a bad match, so all values are lower bounds. Texts of partners are left out of these figures.

## For what, and for what not

For: suggesting whom startups and partners should meet, to an officer who reads the reasons and decides.

Not for: deciding alone, funding decisions, telling a founder that a company is good or bad, comparing points of this
ranker with those of another, or reading a score as a probability.

Known limits: it prefers what happened before, so that partners who never took a startup from a country stay behind
there; a partner without earlier companies is judged by its thesis and briefs alone; texts in other languages than
English fare worse; negation is not understood.
"""
    return "\n\n".join(map(_laid_out, text.split("\n\n")))


def _laid_out(paragraph: str) -> str:
    """A paragraph with its lines of one length; a heading and a table stay as they are."""
    if paragraph.startswith(("#", "|")):
        return paragraph
    end = "\n" if paragraph.endswith("\n") else ""
    return textwrap.fill(paragraph, _WIDTH, break_long_words=False, break_on_hyphens=False) + end


def _features(ranker: Ranker) -> str:
    lines = []
    for name, unit in FEATURES.items():
        centre = f"{ranker.centres[name]:g}" if ranker.centres[name] else ""
        lines.append(f"| `{name}` | {unit} | {ranker.weights[name]:g} | {centre} |")
    return "\n".join(lines)


def _kept(metrics: Mapping[str, Any]) -> str:
    """Which weights stayed as they were, and why."""
    silent = [name for name in FEATURES if name not in (*metrics["learned"], *SAID_TODAY, *RECORDED_TODAY)]
    told = (
        f"Not learned, because a partner's texts of today may sum up what it did since: {_named(SAID_TODAY)}; nor "
        f"{_named(RECORDED_TODAY)}, because a startup's city of today may be where its programme is."
    )
    if silent:
        told += f" Nor {_named(silent)}, because this history tells nothing of them."
    return f"{told} They keep the weights of the ranker it began with."


def _named(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _bands_said(ranker: Ranker) -> str:
    told = ", ".join(
        f"{band} from {ranker.bands[band]:g} ({TIMES[band]:g} × the odds of an average pair)" for band in BANDS[:-1]
    )
    return f"{told[0].upper()}{told[1:]}, weak below."


def _bands(ranker: Ranker, metrics: Mapping[str, Any]) -> str:
    lines = []
    for row in metrics["bands"]:
        least = f"{ranker.bands[row['band']]:g}" if row["band"] in ranker.bands else "below"
        share = "" if row["share"] is None else f" ({100 * row['share'][0]:.2g} %)"
        lift = "" if row["lift"] is None else f"{row['lift']:.1f}"
        lines.append(f"| {row['band']} | {least} | {row['pairs']:,} | {row['happened']:,}{share} | {lift} |")
    return "\n".join(lines)


def _rankings(metrics: Mapping[str, Any]) -> str:
    return "\n".join(
        f"| {row['name']} | {_interval(row['ndcg_at_10'])} | {_interval(row['recall_at_10'])} | {row['coverage']:.2f} |"
        for row in metrics["rankings"]
    )


def _interval(values: list[float], signed: bool = False) -> str:
    mean, low, high = (f"{value:+.3f}" if signed else f"{value:.3f}" for value in values)
    return f"{mean} ({low} to {high})"


def _verdict(metrics: Mapping[str, Any]) -> str:
    if metrics["better"]:
        return "It is better beyond chance, and was kept."
    if metrics["difference"]["ndcg_at_10"][2] < 0:
        return "It is worse beyond chance, and a training then keeps the present one."
    return "That is not clear of chance, and a training then keeps the present one."


def _years(told: Mapping[str, Any]) -> str:
    years = told["years"]
    return f"{years[0]} to {years[-1]}" if len(years) > 1 else str(years[0])
