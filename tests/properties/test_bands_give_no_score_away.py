"""What a startup or a partner is shown of the samples gives away no score, no points, and nobody else."""

import json
import re

import numpy as np
import pytest

from matcher.account import account
from matcher.domain.audience import Audience
from matcher.domain.match import Explained
from matcher.gather import gather
from matcher.match import match
from matcher.party import Party, explained
from matcher.plan import solve
from matcher.settings import settings_of
from matcher.snapshot import read_snapshot
from matcher.steps.explanation import explained_json, party_json
from matcher.steps.result import account_json
from matcher.steps.withheld import withheld
from matcher.what_if import what_ifs
from matcher.why_not import why_not
from matcher.wiring import workspace_of
from tests.workspaces import TODAY

OTHERS = (Audience.STARTUP, Audience.PARTNER)
PROGRAMMES = (None, "texchange-2027")
AT_ONCE = 2_000_000
# Whom a reader would itself meet, or no longer.
_OWN_MEETINGS = re.compile(r"(?:it|they) would (?:no longer|also) meet [^;.\"]*")
# A number as points are printed, in words and in JSON.
_NUMBER = re.compile(r"(?<![\w.,])[+-]?\d+\.\d{2}(?![\w.,]*\d)")


@pytest.fixture(scope="module")
def workspace(samples):
    return workspace_of(settings_of(workspace=samples.folder, encoder="hashing"))


@pytest.fixture(scope="module", params=PROGRAMMES)
def told(request, workspace):
    """The same edition, or none, as each audience is told of it: audience → (inputs, plan)."""
    programme = request.param and workspace.reference.programmes[request.param]
    inputs = gather(workspace, read_snapshot(workspace), TODAY, programme)
    made = {audience: withheld(inputs, audience) for audience in Audience}
    return {
        audience: (own, None if programme is None else solve(own, workspace.ranker, AT_ONCE))
        for audience, own in made.items()
    }


def accounts(workspace, inputs, startups, partners, rows=None):
    matches = match(inputs, workspace.ranker, startups, partners, also_refused=True)
    rows = list(range(len(matches.pairs))) if rows is None else rows
    return list(account(workspace, workspace.ranker, inputs, matches, rows, [None] * len(rows)))


def one_account(workspace, inputs, startup, partner):
    return accounts(workspace, inputs, np.array([startup], np.int32), np.array([partner], np.int32))[0]


def explanation(workspace, inputs, plan, startup, partner):
    said = one_account(workspace, inputs, startup, partner)
    return explained_json(
        Explained(
            account=said,
            why_not=why_not(said, workspace.ranker, plan),
            what_if=tuple(what_ifs(inputs, workspace.ranker, startup, partner, plan, AT_ONCE)),
        )
    )


def numbers(said):
    """Every score and every points of the view of staff, as they would be printed."""
    found = [said["score"], said["base"], *said["fit"].values(), *(part["points"] for part in said["contributions"])]
    found += [one["then"]["score"] for one in said.get("what_if", ())]
    printed = {f"{abs(value):.2f}" for value in found if value}
    detail = (said.get("why_not") or {}).get("detail", "")
    effects = [one["effect"] for one in said.get("what_if", ())]
    return printed | {number.lstrip("+-") for text in (detail, *effects) for number in _NUMBER.findall(text)}


def strings(said):
    if isinstance(said, str):
        yield said
    elif isinstance(said, (dict, list)):
        for inner in said.values() if isinstance(said, dict) else said:
            yield from strings(inner)


def floats(said, key=""):
    """Every number that is no whole one, with the key it stands under."""
    if isinstance(said, float):
        yield key, said
    elif isinstance(said, dict):
        for name, inner in said.items():
            yield from floats(inner, name)
    elif isinstance(said, list):
        for inner in said:
            yield from floats(inner, key)


def words_of(inputs, startup, partner):
    """What both sides wrote themselves, numbers and all."""
    theirs = [text for at, text in zip(inputs.texts.partner, inputs.texts.texts, strict=True) if at == partner]
    return " ".join([inputs.startups[startup].summary or "", *theirs])


def check_nobody_else(whole, inputs, own_names, own_ids):
    """That nobody is named but these; a profile of the same organisation may have the same name."""
    for record in (*inputs.startups, *inputs.partners):
        if record.id not in own_ids and not any(record.name in name for name in own_names):
            assert record.id not in whole
            assert record.name not in whole or not re.search(rf"\b{re.escape(record.name)}\b", whole), record.name


def check(staff, shown, inputs, startup, partner):
    """That what is shown to the audience of `inputs` has nothing of the numbers of staff, and nobody but the two."""
    assert {key for key, _ in floats(shown)} <= {"confidence", "amount"}
    hidden, own = numbers(staff), words_of(inputs, startup, partner)
    for text in strings(shown):
        found = {number.lstrip("+-") for number in _NUMBER.findall(text)} & hidden
        assert not {number for number in found if number not in own}, text
    whole = _OWN_MEETINGS.sub("", json.dumps(shown, ensure_ascii=False))
    assert not re.search(r"\.\d\d points?\b", whole)
    both = inputs.startups[startup], inputs.partners[partner]
    past = [one for one in inputs.companies if one.partner == partner and inputs.audience is Audience.PARTNER]
    check_nobody_else(whole, inputs, {one.name for one in (*both, *past)}, {one.id for one in (*both, *past)})


def features(said):
    return [part["feature"] for part in said["contributions"]]


def test_the_accounts_of_lists_give_nothing_away(workspace, told):
    inputs = told[Audience.STAFF][0]
    everybody = [np.arange(len(side), dtype=np.int32) for side in (inputs.startups, inputs.partners)]
    pairs = len(everybody[0]) * len(everybody[1])
    rows = np.sort(np.random.default_rng(4).choice(pairs, 400, replace=False)).tolist()
    made = {audience: accounts(workspace, own, *everybody, rows) for audience, (own, _) in told.items()}
    for audience in OTHERS:
        for row, staff, own in zip(rows, made[Audience.STAFF], made[audience], strict=True):
            said, shown = account_json(staff), account_json(own)
            check(said, shown, told[audience][0], *divmod(row, len(everybody[1])))
            assert features(shown) == features(said)
            assert not set(staff.flags) & set(shown["cautions"])
    assert any(staff.flags for staff in made[Audience.STAFF])


def test_explanations_give_nothing_away(workspace, told):
    inputs, plan = told[Audience.STAFF]
    draw, causes = np.random.default_rng(5), set()
    for _ in range(80 if plan is None else 25):
        startup, partner = (int(draw.integers(0, len(side))) for side in (inputs.startups, inputs.partners))
        said = {audience: explanation(workspace, *own, startup, partner) for audience, own in told.items()}
        staff = said[Audience.STAFF]
        for audience in OTHERS:
            check(staff, said[audience], told[audience][0], startup, partner)
            assert [one["to"] for one in said[audience]["what_if"]] == [one["to"] for one in staff["what_if"]]
        causes.add((staff["why_not"] or {}).get("cause"))
    assert ({"rule", "unknown", "fit"} if plan is None else {"rule", "capacity"}) <= causes


@pytest.mark.parametrize("audience", OTHERS)
def test_how_a_party_stands_gives_nothing_away(workspace, told, audience):
    inputs, plan = told[audience]
    records = inputs.startups if audience is Audience.STARTUP else inputs.partners
    others = inputs.partners if audience is Audience.STARTUP else inputs.startups
    for place in range(0, len(records), 11):
        party = Party(
            inputs=inputs,
            ranker=workspace.ranker,
            side=audience.value,
            place=place,
            plan=plan,
            pairs_at_once=AT_ONCE,
        )
        shown = party_json(explained(party, lambda *pair: one_account(workspace, inputs, *pair)))
        assert {key for key, _ in floats(shown)} <= {"confidence_from", "confidence_to"}
        assert not _NUMBER.search(" ".join(strings(shown)))
        known = (records[place], *others)
        check_nobody_else(
            json.dumps(shown, ensure_ascii=False), inputs, {one.name for one in known}, {one.id for one in known}
        )
