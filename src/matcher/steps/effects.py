"""What comes of changes: which of those tried are worth telling, in which order, and in which words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from matcher.domain.audience import Audience
from matcher.domain.change import Change, Standing, WhatIf
from matcher.domain.match import percent
from matcher.domain.vocabulary import STAGE_LABELS, Vocabulary
from matcher.steps.banded import by_how_much
from matcher.steps.change_words import SEEKS_WORDS
from matcher.steps.points import score_words
from matcher.steps.rank import BANDS
from matcher.steps.rule_words import listed

MOST_TOLD = 8
# What rounds to nothing in the words is not told: half a hundredth of a point, half a percent.
_LEAST_POINTS = 0.005
_LEAST_CONFIDENCE = 0.005


@dataclass(frozen=True, kw_only=True)
class Trial:
    """Changes that were tried: how the pair stood before, how it then stands, and who would move for it."""

    changes: tuple[Change, ...]
    now: Standing
    then: Standing
    moved: str = ""

    @property
    def admits(self) -> bool:
        """Whether a refused pair becomes eligible."""
        return self.then.eligible and not self.now.eligible

    @property
    def seats(self) -> bool:
        """Whether a pair that does not meet would meet."""
        return bool(self.then.meets) and not self.now.meets

    @property
    def lifts(self) -> bool:
        """Whether an eligible pair reaches a higher band."""
        return self.now.eligible and self.then.eligible and _height(self.then) > _height(self.now)

    @property
    def points(self) -> float:
        """By how much the score rises."""
        return (self.then.score or 0.0) - (self.now.score or 0.0)

    @property
    def confidence(self) -> float:
        """By how much the confidence rises."""
        return self.then.confidence - self.now.confidence

    @property
    def helps(self) -> bool:
        """Whether it is worth telling: something is won and nothing is lost."""
        if not self.then.eligible or (self.now.meets and not self.then.meets):
            return False
        if self.admits or self.seats:
            return True
        if self.points < -_LEAST_POINTS / 10:
            return False
        return self.points >= _LEAST_POINTS or self.confidence >= _LEAST_CONFIDENCE


def smallest(trials: Iterable[Trial]) -> list[Trial]:
    """Of the changes of each cell the one to tell: what wins most; of those alike the smallest step, then the best."""
    best: dict[tuple[str, str], Trial] = {}
    for trial in trials:
        cell = (trial.changes[0].side, trial.changes[0].field)
        if trial.helps and (cell not in best or _wins(trial) > _wins(best[cell])):
            best[cell] = trial
    return list(best.values())


def in_order(trials: Iterable[Trial]) -> list[Trial]:
    """Biggest effect first: a meeting, eligibility, points, confidence; fewer changes first; then side and field."""
    return sorted(trials, key=_place)[:MOST_TOLD]


def told(trial: Trial, vocabulary: Vocabulary, audience: Audience) -> WhatIf:
    """The trial as it is told to people: in points only to those who see them."""
    parts = list(_parts(trial, audience))
    conditions = [_condition(change, vocabulary) for change in trial.changes if change.before is None]
    given = [condition for condition in conditions if condition]
    provided = f"if {' and '.join(given)}: " if given else ""
    return WhatIf(changes=trial.changes, effect=provided + "; ".join(parts), then=trial.then)


def _parts(trial: Trial, audience: Audience) -> Iterable[str]:
    now, then = trial.now, trial.then
    if trial.admits:
        told = audience.sees_points
        worth = f"{then.band}, {score_words(then.score)} points" if told and then.score is not None else then.band
        yield f"becomes eligible ({worth})"
    if trial.seats:
        yield f"gets a meeting{trial.moved}"
    elif trial.admits and then.meets is False:
        yield "gets no meeting yet"
    if trial.admits:
        return
    rises = abs(trial.points) >= _LEAST_POINTS and now.score is not None and then.score is not None
    if rises and audience.sees_points:
        verb = "rises" if trial.points > 0 else "falls"
        bands = f": {now.band} becomes {then.band}" if now.band != then.band else ""
        yield f"score {verb} by {abs(trial.points):.2f} to {score_words(then.score or 0.0)}{bands}"
    elif rises:
        better = "better" if trial.points > 0 else "worse"
        bands = f"{now.band} becomes {then.band}" if now.band != then.band else f"still {then.band}"
        yield f"the fit gets {by_how_much(trial.points)} {better}: {bands}"
    if abs(trial.confidence) >= _LEAST_CONFIDENCE:
        verb = "rises" if trial.confidence > 0 else "falls"
        yield f"confidence {verb} from {percent(now.confidence)} to {percent(then.confidence)}"


def _condition(change: Change, vocabulary: Vocabulary) -> str | None:
    """What must be true for an empty cell to be filled so."""
    after = (change.after,) if isinstance(change.after, str) else change.after
    if change.side != "startup" or not isinstance(after, tuple):
        return None
    words = {
        "stage": "its stage is {}",
        "sectors": "it is in {}",
        "technologies": "it uses {}",
        "raising_amount": "it is raising {}",
        "seeks": "it seeks {}",
        "uk_entity": "it has a UK entity",
    }[change.field]
    return words.format(listed(_said(change.field, one, vocabulary) for one in after))


def _said(field: str, value: str, vocabulary: Vocabulary) -> str:
    if field == "stage":
        return STAGE_LABELS[value]
    return SEEKS_WORDS[value] if field == "seeks" else vocabulary.label(value)


def _height(standing: Standing) -> int:
    return -BANDS.index(standing.band) if standing.band in BANDS else -len(BANDS)


def _wins(trial: Trial) -> tuple[float, ...]:
    """The greater, the more to tell of the changes of one cell."""
    gained = (trial.seats, trial.admits, _height(trial.then) if trial.lifts else -len(BANDS))
    return (*gained, -trial.changes[0].size, trial.points, trial.confidence)


def _place(trial: Trial) -> tuple[object, ...]:
    cells: Sequence[tuple[str, str]] = [(change.side, change.field) for change in trial.changes]
    sizes = (-round(trial.points, 9), -round(trial.confidence, 9))
    return (not trial.seats, not trial.admits, *sizes, len(trial.changes), cells)
