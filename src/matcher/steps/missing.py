"""What keeps a pair from being assessed, and what somebody would have to write for it."""

from __future__ import annotations

from dataclasses import dataclass

from matcher.domain.language import language_name
from matcher.domain.vocabulary import STARTUP_KIND
from matcher.steps.inputs import Inputs
from matcher.steps.languages import one_that_is_known, summary_language, thesis_language
from matcher.steps.rule_words import listed

_SUMMARY = "two sentences on what it does and for whom"
_THESIS = "two sentences on what they look for"


@dataclass(frozen=True, kw_only=True)
class Missing:
    """why: a clause without capital and full stop. remedy: what would do, likewise."""

    why: str
    remedy: str

    @property
    def reason(self) -> str:
        """Both in one sentence."""
        return f"Not assessed: {self.why}; {self.remedy}{',' if ', ' in self.remedy else ''} will do."


def missing(inputs: Inputs, startup_place: int, partner_place: int) -> Missing:
    """What is missing of a pair that gets no score."""
    if not inputs.says_enough(startup_place):
        return Missing(why=_silent(inputs, startup_place), remedy=summary_to_write(inputs, startup_place))
    if inputs.readable.nothing_read:
        return Missing(
            why="the encoder is missing, so that no text is read, and the two state nothing that can be compared",
            remedy="the encoder, or more fields",
        )
    languages = inputs.readable.languages[partner_place]
    if inputs.letters[startup_place].known and not languages and inputs.partners[partner_place].kind == STARTUP_KIND:
        return Missing(why="the other side's summary says too little", remedy=f"{_SUMMARY}, of the other side")
    if inputs.letters[startup_place].known and not languages:
        return Missing(
            why="the partner says too little of what it looks for",
            remedy="two sentences of thesis",
        )
    unread = (
        [f"the startup's summary is in {language}"] if (language := summary_language(inputs, startup_place)) else []
    )
    if languages:
        what = (
            "the other side's summary"
            if inputs.partners[partner_place].kind == STARTUP_KIND
            else "some of what the partner says"
        )
        unread.append(f"{what} is in {listed(map(language_name, languages))}")
    return Missing(
        why=f"{listed(unread)}, which the encoder does not know, and nothing that both state can be compared",
        remedy=f"two sentences in {one_that_is_known(inputs)}, or more fields",
    )


def _silent(inputs: Inputs, place: int) -> str:
    """Why a summary says too little. Staff are told that something was struck out of it; see steps/flags.py."""
    struck = inputs.struck[place]
    if struck.copy is None and not struck.lists:
        return "the startup's summary says too little"
    if not inputs.audience.sees_points:
        return "the startup's summary says too little of its own"
    nothing = "next to nothing" if inputs.startup_passages[place].words() else "nothing"
    if struck.copy is None:
        return f"{nothing} but a list of keywords, or the same again, is in the startup's summary"
    return f"{nothing} of its own is left of the startup's summary"


def summary_to_write(inputs: Inputs, place: int) -> str:
    """What a startup of whose summary too little is read would have to write."""
    if language := summary_language(inputs, place):
        return f"{_SUMMARY}, in {one_that_is_known(inputs)} and not in {language}"
    struck = inputs.struck[place]
    return _SUMMARY if struck.copy is None and not struck.lists else f"{_SUMMARY}, in its own words"


def thesis_to_write(inputs: Inputs, place: int) -> str:
    """What a partner without a thesis that is read would have to write."""
    asked = _SUMMARY if inputs.partners[place].kind == STARTUP_KIND else _THESIS
    if language := thesis_language(inputs, place):
        return f"{asked}, in {one_that_is_known(inputs)} and not in {language}"
    return asked
