"""One-sentence reasons on real records: they differ from pair to pair, and tell what is stored."""

import re
import time
from collections import defaultdict
from itertools import pairwise

import numpy as np
import pytest

from matcher.account import account
from matcher.gather import gather
from matcher.match import match
from matcher.settings import settings_of
from matcher.snapshot import read_snapshot
from matcher.steps.matches import Matches
from matcher.steps.reason import lines
from matcher.steps.texts import EARLIER
from matcher.wiring import workspace_of
from tests.conftest import Cli
from tests.real.test_real_records import import_folder

pytestmark = pytest.mark.long

DRAWN, DISTINCT, DISTINCT_MASKED = 200, 150, 100
LIST = 10
SIDES = {"startup", "partner"}


@pytest.fixture(scope="module")
def techstars(shared_data, tmp_path_factory):
    """The workspace, the inputs, everybody matched with everybody, and each startup's best rows."""
    folder = tmp_path_factory.mktemp("techstars")
    import_folder(Cli(folder, encoder=None), shared_data / "techstars")
    workspace = workspace_of(settings_of(workspace=folder))
    inputs = gather(workspace, read_snapshot(workspace), "2026-11-24")
    everybody = [np.arange(len(side), dtype=np.int32) for side in (inputs.startups, inputs.partners)]
    matches = match(inputs, workspace.ranker, *everybody)
    best = defaultdict(list)
    for row in matches.order.tolist():
        startup = int(matches.pairs.startup[row])
        if matches.assessed[row] and len(best[startup]) < LIST:
            best[startup].append(row)
    return workspace, inputs, matches, [rows for rows in best.values() if rows]


def told(inputs, matches: Matches, rows):
    return list(lines(inputs, matches, rows, [1] * len(rows)))


@pytest.fixture(scope="module")
def drawn(techstars):
    """The rows of top matches drawn with a seed."""
    *_, best = techstars
    top = [rows[0] for rows in best]
    return sorted(np.random.default_rng(7).choice(top, DRAWN, replace=False).tolist())


def test_reasons_of_top_matches_differ_also_with_names_masked(techstars, drawn):
    _, inputs, matches, _ = techstars
    names = {one.id: one.name for one in (*inputs.startups, *inputs.partners)}
    companies = sorted(set(inputs.texts.names), key=len, reverse=True)
    reasons, masked, bare = [], [], []
    for line in told(inputs, matches, drawn):
        reasons.append(line.reason)
        hidden = line.reason.replace(names[line.startup_id], "X").replace(names[line.partner_id], "Y")
        masked.append(hidden)
        for name in companies:
            hidden = hidden.replace(name, "Z") if len(name) > 3 else hidden
        bare.append(hidden)
    print(f"\n{len(set(reasons))} of {DRAWN} distinct, {len(set(masked))} with both names masked")
    print(f"{len(set(bare))} with those of earlier companies masked too")
    assert all(len(reason) > 20 and reason.endswith(".") for reason in reasons)
    assert len(set(reasons)) >= DISTINCT
    assert len(set(masked)) >= DISTINCT_MASKED


def test_reasons_in_one_list_differ_from_their_neighbours(techstars):
    _, inputs, matches, best = techstars
    start = time.perf_counter()
    reasons = [[line.reason for line in told(inputs, matches, rows)] for rows in best[:300]]
    took = time.perf_counter() - start
    number = sum(map(len, reasons))
    same = sum(one == other for own in reasons for one, other in pairwise(own))
    print(f"\n{same} of {number} lines say what the line above says")
    print(
        f"{1000 * took / number:.2f} ms a line, {np.mean([len(one) for own in reasons for one in own]):.0f} characters"
    )
    assert same <= 0.005 * number


def test_every_word_quoted_is_in_both_texts_and_every_company_named_is_the_partners(techstars, drawn):
    _, inputs, matches, _ = techstars
    texts = inputs.texts
    theirs = defaultdict(list)
    for row, partner in enumerate(texts.partner.tolist()):
        theirs[partner].append(row)
    everybody = {name for name, role in zip(texts.names, texts.role.tolist(), strict=True) if role == EARLIER}
    words = companies = 0
    for row, line in zip(drawn, told(inputs, matches, drawn), strict=True):
        startup = inputs.startups[int(matches.pairs.startup[row])]
        rows = theirs[int(matches.pairs.partner[row])]
        own_texts = [texts.texts[at].casefold() for at in rows]
        for word in re.findall("“([^”]*)”", line.reason):
            assert word.casefold() in startup.summary.casefold(), line.reason
            assert any(word.casefold() in text for text in own_texts), line.reason
            words += 1
        for clause in re.findall("close to (.+?), which they|of those they [a-z ]+ is ([^;.(]+)", line.reason):
            said = clause[0] or clause[1].strip()
            named = [said] if said in everybody else said.split(" and ")
            own = {texts.names[at] for at in rows}
            if all(one in everybody for one in named):
                assert set(named) <= own, line.reason
                companies += len(named)
    print(f"\n{words} words quoted, {companies} earlier companies named")
    assert words > 50
    assert companies > 100


def test_accounts_of_top_matches_have_three_contributions_and_a_quote_of_each_side(techstars, drawn):
    workspace, inputs, matches, _ = techstars
    accounts = list(account(workspace, workspace.ranker, inputs, matches, drawn, [1] * DRAWN))
    rich = [
        len(one.contributions) >= 3 and {quote.side for part in one.contributions for quote in part.evidence} == SIDES
        for one in accounts
    ]
    labels = [part.label for one in accounts for part in one.contributions if abs(part.points) < 0.005]
    neutral = sum("neither for nor against" in label or "counts little" in label for label in labels)
    print(f"\n{sum(rich)} of {DRAWN} have 3 contributions and quote both sides")
    print(f"{neutral} of {len(labels)} labels at 0.00 praise and blame nothing")
    assert sum(rich) >= 0.9 * DRAWN
    assert neutral == len(labels)
