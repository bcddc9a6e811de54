"""A record as canonical JSON: it comes back equal, and equal records give equal text."""

import json
from dataclasses import fields

from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.codec import from_json, to_json, version
from matcher.domain.profile import RECORD_TYPES, HistoryRecord, Money, Startup
from tests.builders import a_startup

text = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
money = st.builds(Money, minor=st.integers(0, 10**15), currency=st.sampled_from(["GBP", "KES"]))


@given(
    st.builds(
        Startup,
        id=text,
        name=text,
        summary=st.none() | text,
        sectors=st.lists(text, max_size=3).map(tuple),
        raising=st.none() | money,
        market_ready=st.none() | st.booleans(),
    )
)
def test_a_startup_comes_back_equal(startup):
    said = to_json(startup)
    assert from_json("startup", said) == startup
    assert list(json.loads(said)) == sorted(json.loads(said))


@given(st.builds(HistoryRecord, id=text, startup_id=text, partner_id=text, outcome=text, value=st.none() | money))
def test_history_comes_back_equal(record):
    assert from_json("history", to_json(record)) == record


def test_the_version_names_kind_and_content():
    said = to_json(a_startup())
    assert version("startup", said) == version("startup", to_json(a_startup()))
    assert version("startup", said) != version("partner", said)
    assert version("startup", said) != version("startup", to_json(a_startup(name="Other")))


def test_every_kind_has_an_id_that_comes_first():
    assert all(fields(type_)[0].name == "id" for type_ in RECORD_TYPES.values())
