"""Accounts hold on real records: they add up, quote word for word, and what is quoted is what the points rest on."""

import shutil
from collections import defaultdict
from dataclasses import replace

import numpy as np
import pytest

from matcher.account import account
from matcher.gather import gather
from matcher.match import match
from matcher.settings import settings_of
from matcher.snapshot import read_snapshot
from matcher.steps.measure import FEATURES
from matcher.store import records
from matcher.wiring import workspace_of
from tests.conftest import ROOT, Cli
from tests.real.test_real_records import import_folder

pytestmark = pytest.mark.long

AS_OF = "2026-11-24"
PAIRS = 2000
ROUNDS = 10


@pytest.fixture(scope="module")
def techstars(shared_data, tmp_path_factory):
    folder = tmp_path_factory.mktemp("techstars")
    import_folder(Cli(folder, encoder=None), shared_data / "techstars")
    return workspace_of(settings_of(workspace=folder))


@pytest.fixture(scope="module")
def drawn(techstars):
    """(inputs, accounts) of pairs drawn with a seed, of startups that have a summary."""
    inputs = gather(techstars, read_snapshot(techstars), AS_OF)
    draw = np.random.default_rng(4)
    told = [place for place, startup in enumerate(inputs.startups) if startup.summary]
    startups = np.sort(draw.choice(told, 500, replace=False)).astype(np.int32)
    partners = np.arange(len(inputs.partners), dtype=np.int32)
    matches = match(inputs, techstars.ranker, startups, partners, also_refused=True)
    rows = np.sort(draw.choice(len(matches.pairs), PAIRS, replace=False)).tolist()
    return inputs, list(account(techstars, techstars.ranker, inputs, matches, rows, [None] * len(rows)))


def test_accounts_add_up_quote_word_for_word_and_state_what_is_stored(drawn):
    inputs, accounts = drawn
    check(accounts, stored_of(inputs))
    quoted = sum({quote.side for part in one.contributions for quote in part.evidence} == SIDES for one in accounts)
    rich = sum(len(one.contributions) >= 3 for one in accounts)
    assessed = sum(one.score is not None for one in accounts)
    both = sum(
        len(one.contributions) >= 3 and {quote.side for part in one.contributions for quote in part.evidence} == SIDES
        for one in accounts
    )
    print(
        f"\n{assessed} assessed of {len(accounts)}: {rich} of 3 contributions, {quoted} quote both sides, {both} both"
    )
    assert both >= 0.9 * assessed


def test_so_do_those_of_the_samples(tmp_path):
    cli = Cli(tmp_path, encoder=None)
    for sheet in ("startups", "partners", "portfolio", "briefs", "history"):
        cli.run("import", sheet, ROOT / f"data/samples/{sheet}.csv", "--quiet")
    workspace = workspace_of(settings_of(workspace=tmp_path))
    programmes = workspace.reference.programmes
    for programme in (None, *(one for one in programmes.values() if one.mode == "startup-partner")):
        inputs = gather(workspace, read_snapshot(workspace), AS_OF, programme)
        everybody = [np.arange(len(side), dtype=np.int32) for side in (inputs.startups, inputs.partners)]
        matches = match(inputs, workspace.ranker, *everybody, also_refused=True)
        rows = list(range(len(matches.pairs)))
        accounts = list(account(workspace, workspace.ranker, inputs, matches, rows, [None] * len(rows)))
        check(accounts, stored_of(inputs))
        print(f"\n{programme and programme.id}: {len(accounts)} pairs")


SIDES = {"startup", "partner"}


def stored_of(inputs):
    kinds = {"startup": inputs.startups, "partner": inputs.partners, "portfolio": inputs.portfolio}
    kinds["brief"] = inputs.briefs
    return {(kind, one.id): one for kind, own in kinds.items() for one in own}


def check(accounts, stored):
    for one in accounts:
        if one.score is None:
            assert one.contributions == ()
            continue
        total = one.base + sum(part.points for part in one.contributions)
        assert abs(total - one.score) <= 1e-9
        whole = sum(part.points for part in one.contributions if part.feature != "one_sided")
        assert abs(one.for_startup + one.for_partner - whole) <= 1e-9
        sizes = [abs(part.points) for part in one.contributions]
        assert sizes == sorted(sizes, reverse=True)
        for part in one.contributions:
            for quote in part.evidence:
                text = getattr(stored[quote.kind, quote.id], quote.field)
                assert text[quote.start : quote.end] == quote.quote != ""
            for fact in part.facts:
                assert getattr(stored[fact.kind, fact.id], fact.field) == fact.value
            # Scored without it, the pair stands lower by what spoke for it, and higher by what spoke against it.
            assert (one.score - (one.score - part.points) > 0) == (part.points > 0)


def test_striking_out_a_quoted_sentence_of_a_summary_lowers_its_contribution(techstars, drawn, tmp_path):
    """Each struck summary becomes a profile of its own beside the first, of the same name."""
    inputs, accounts = drawn
    place = {startup.id: at for at, startup in enumerate(inputs.startups)}
    partner_at = {partner.id: at for at, partner in enumerate(inputs.partners)}
    cases = [
        (one, part, quote)
        for one in accounts
        for part in one.contributions
        for quote in part.evidence
        if quote.side == "startup" and len(inputs.startup_passages[place[one.startup_id]].plain) > 1
    ]
    struck = {}
    for one, _, quote in cases:
        own = inputs.startups[place[one.startup_id]]
        key = (own.id, quote.start, quote.end)
        left = own.summary[: quote.start] + own.summary[quote.end :]
        struck.setdefault(key, replace(own, id=f"{own.id}~{quote.start}-{quote.end}", summary=left.strip()))
    workspace = copy_of(techstars, tmp_path)
    with workspace.writing() as connection:
        records.put(connection, "startup", list(struck.values()))
    again = gather(workspace, read_snapshot(workspace), AS_OF)
    at = {startup.id: row for row, startup in enumerate(again.startups)}
    rows = np.array(sorted(at[one.id] for one in struck.values()), np.int32)
    partners = np.arange(len(again.partners), dtype=np.int32)
    found = match(again, workspace.ranker, rows, partners, also_refused=True)
    points = found.ranked.points.reshape(len(rows), len(partners), -1)
    row_of = {again.startups[row].id: where for where, row in enumerate(rows.tolist())}
    lower = [
        points[row_of[struck[one.startup_id, quote.start, quote.end].id], partner_at[one.partner_id], column(part)]
        < part.points
        for one, part, quote in cases
    ]
    print(f"\nsummaries: {sum(lower)} of {len(lower)} lower")
    assert len(lower) >= 100
    assert sum(lower) >= 0.95 * len(lower)


def test_striking_out_a_quoted_sentence_of_a_partner_lowers_its_contribution(techstars, drawn, tmp_path):
    """In rounds, each of which strikes out one sentence of each of many partners, or of one of their companies."""
    inputs, accounts = drawn
    text_row = {record: row for row, record in enumerate(inputs.texts.records)}
    cases = defaultdict(list)
    for one in accounts:
        for part in one.contributions:
            for quote in part.evidence:
                row = text_row.get((quote.kind, quote.id), -1)
                if quote.side == "partner" and row >= 0 and len(inputs.text_passages[row].plain) > 1:
                    cases[one.partner_id].append((one, part, quote))
    draw = np.random.default_rng(5)
    place = {startup.id: at for at, startup in enumerate(inputs.startups)}
    partner_at = {partner.id: at for at, partner in enumerate(inputs.partners)}
    lower = []
    for number in range(ROUNDS):
        chosen = [own[int(draw.integers(len(own)))] for own in cases.values()]
        workspace = copy_of(techstars, tmp_path / str(number))
        changed = {}
        for _, _, quote in chosen:
            kind = quote.kind
            old = next(one for one in (inputs.startups if kind == "startup" else inputs.partners) if one.id == quote.id)
            text = getattr(old, quote.field)
            left = (text[: quote.start] + text[quote.end :]).strip()
            changed.setdefault((kind, quote.id), replace(old, **{quote.field: left}))
        with workspace.writing() as connection:
            for kind in ("startup", "partner"):
                records.put(connection, kind, [one for (what, _), one in changed.items() if what == kind])
        again = gather(workspace, read_snapshot(workspace), AS_OF)
        rows = np.array(sorted({place[one.startup_id] for one, _, _ in chosen}), np.int32)
        partners = np.arange(len(again.partners), dtype=np.int32)
        found = match(again, workspace.ranker, rows, partners, also_refused=True)
        points = found.ranked.points.reshape(len(rows), len(partners), -1)
        for one, part, _ in chosen:
            where = int(np.searchsorted(rows, place[one.startup_id]))
            lower.append(points[where, partner_at[one.partner_id], column(part)] < part.points)
    print(f"\npartners' texts: {sum(lower)} of {len(lower)} lower")
    assert len(lower) >= 100
    assert sum(lower) >= 0.95 * len(lower)


def column(part):
    return list(FEATURES).index(part.feature)


def copy_of(workspace, folder):
    shutil.copytree(workspace.folder, folder, dirs_exist_ok=True)
    return workspace_of(settings_of(workspace=folder))
