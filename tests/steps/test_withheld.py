"""What a startup is told of a pair names and quotes no other startup; what is measured is the same for everybody."""

import numpy as np
import pytest

from matcher.domain.audience import Audience
from matcher.domain.profile import HistoryRecord, PortfolioCompany
from matcher.match import match
from matcher.steps.withheld import withheld
from tests.builders import a_partner, a_startup
from tests.workspaces import a_workspace, all_accounts, all_lines, matched, put

TEXT = "A cuff reads blood pressure at home and calls the nurse."


@pytest.fixture
def workspace(tmp_path):
    """s1, and a partner that backed s2, which is like it, and by its portfolio one more."""
    startups = [
        a_startup("s1", name="Asha Cuff", summary=f"{TEXT} Patients of 12 clinics wear it."),
        a_startup("s2", name="Bondo Pulse", summary=TEXT),
    ]
    partners = [a_partner("p1", thesis="Devices for nurses.")]
    backed = HistoryRecord(id="h", startup_id="s2", partner_id="p1", outcome="invested", date="2024")
    held = PortfolioCompany(id="c", partner_id="p1", name="Cedar Beat", summary="A patch that hears a heart beat.")
    return put(a_workspace(tmp_path), startups=startups, partners=partners, history=[backed], portfolio=[held])


def told(workspace, audience):
    inputs, matches = matched(workspace)
    inputs = withheld(inputs, audience)
    (line,) = [one for one in all_lines(inputs, matches) if one.startup_id == "s1"]
    (account,) = [one for one in all_accounts(workspace, inputs, matches) if one.startup_id == "s1"]
    return line, account


def quoted(account):
    return {(quote.kind, quote.id) for part in account.contributions for quote in part.evidence}


def test_staff_and_the_partner_are_told_who_it_is_and_a_startup_that_it_is_another(workspace):
    for audience in (Audience.STAFF, Audience.PARTNER):
        line, account = told(workspace, audience)
        assert "Bondo Pulse" in line.reason
        assert ("startup", "s2") in quoted(account)
    line, account = told(workspace, Audience.STARTUP)
    assert "with another startup, which they backed" in line.reason
    assert "Bondo" not in repr((line, account))
    assert quoted(account) == {("startup", "s1"), ("partner", "p1"), ("portfolio", "c")} & quoted(account)
    assert ("startup", "s1") in quoted(account)


def test_a_startup_is_told_that_words_are_shared_with_another_and_not_which(workspace):
    _, account = told(workspace, Audience.STARTUP)
    labels = [part.label for part in account.contributions if "another startup" in part.label]
    assert any(label.startswith("It shares some words with another startup") for label in labels)
    assert not any("“" in label for label in labels)
    _, account = told(workspace, Audience.STAFF)
    assert any("“" in part.label for part in account.contributions if "Bondo Pulse" in part.label)


def test_a_company_of_a_portfolio_keeps_its_name(workspace):
    inputs, _ = matched(workspace)
    assert set(withheld(inputs, Audience.STARTUP).texts.names) == {"Partner p1", "Cedar Beat", "another startup"}


def test_no_point_and_no_order_depends_on_who_is_told(workspace):
    inputs, matches = matched(workspace)
    everybody = np.arange(2, dtype=np.int32), np.arange(1, dtype=np.int32)
    for audience in Audience:
        again = match(withheld(inputs, audience), workspace.ranker, *everybody)
        assert np.array_equal(again.ranked.points, matches.ranked.points)
        assert np.array_equal(again.order, matches.order)


def test_only_staff_are_told_what_the_fit_comes_to_for_each_side(tmp_path):
    """It seeks what an investor gives, but they backed nobody like it."""
    startup = a_startup("s1", summary=TEXT, seeks=("investment",))
    portfolio = [
        PortfolioCompany(id=f"c{n}", partner_id="p1", name=f"Company {n}", summary="Tugs tow ships out to sea.")
        for n in range(4)
    ]
    partners = [a_partner("p1", thesis="Ports and tugs."), a_partner("p2")]
    workspace = put(a_workspace(tmp_path), startups=[startup], partners=partners, portfolio=portfolio)
    inputs, matches = matched(workspace)
    labels = {}
    for audience in Audience:
        account = next(iter(all_accounts(workspace, withheld(inputs, audience), matches)))
        (labels[audience],) = [part.label for part in account.contributions if part.feature == "one_sided"]
    assert labels[Audience.STAFF].startswith("It suits the startup (+")
    assert labels[Audience.STARTUP] == labels[Audience.PARTNER]
    assert labels[Audience.STARTUP].startswith("It suits the startup, not the partner: a meeting needs both")
