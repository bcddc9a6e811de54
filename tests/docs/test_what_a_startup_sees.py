"""Holds the page on what a startup sees to the code: weights, how often a day, and the sentence it quotes."""

from matcher.domain.audience import Audience
from matcher.domain.change import Standing
from matcher.settings import Settings
from matcher.steps.banded import LARGE, MEDIUM
from matcher.steps.effects import Trial, told
from tests.docs.markdown import ROOT, prose, table

PAGE = ROOT / "docs" / "how-to" / "what-a-startup-sees.md"
SAID = " ".join(prose(PAGE).split())


def test_the_weights_are_those_of_the_code():
    rows = {row[0]: row[1] for row in table(PAGE, "weight")}
    assert rows == {"large": f"{LARGE:g} points", "medium": f"{MEDIUM:g} points", "small": "below"}


def test_a_day_has_as_many_versions_as_the_page_says():
    assert Settings.model_fields["rescorings_a_day"].default == 10
    assert "at most ten versions of its profile a day" in SAID


def test_the_two_sentences_are_those_that_each_is_told():
    before = Standing(unmet=0, score=1.01, band="possible", confidence=0.5)
    after = Standing(unmet=0, score=1.43, band="good", confidence=0.5)
    effects = {
        audience: told(Trial(changes=(), now=before, then=after), None, audience).effect for audience in Audience
    }
    assert f"S{effects[Audience.STAFF][1:]}" in SAID
    assert effects[Audience.STARTUP] in SAID
    assert effects[Audience.PARTNER] == effects[Audience.STARTUP]
