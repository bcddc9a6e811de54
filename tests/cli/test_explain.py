"""`matcher explain` from outside: one pair, and one party with everybody."""

import json
import re
import shutil

import pytest

from tests.conftest import Cli

PAIR = ("su-048-vaanee", "pa-052-norvane")
EDITION = ("--programme", "texchange-2027")


def asked(samples, *arguments):
    return json.loads(samples.run("explain", *arguments).stdout)


def test_a_pair_is_told_why_not_and_what_either_side_could_change(samples):
    said = asked(samples, *PAIR)
    assert said["why_not"] == {"cause": "rule", "detail": "They ask for a UK entity; it says no."}
    entity = [one for one in said["what_if"] if one["field"] == "uk_entity"]
    assert [one["side"] for one in entity] == ["startup"]
    assert entity[0] | {"effect": "", "then": {}} == {
        "side": "startup",
        "field": "uk_entity",
        "from": "no",
        "to": "yes",
        "with": [],
        "words": "Vaanee Therapy's UK entity from no to yes",
        "effect": "",
        "then": {},
    }
    assert entity[0]["effect"].startswith("becomes eligible (")
    assert entity[0]["then"]["eligible"] is True


def test_the_table_says_the_same_for_people(samples):
    shown = samples.run("explain", *PAIR, "--format", "table").stdout
    assert "Why not (rule): They ask for a UK entity; it says no." in shown
    assert "  Vaanee Therapy's UK entity from no to yes: becomes eligible (" in shown


def test_where_nothing_would_help_it_says_so(samples):
    shown = samples.run("explain", "su-006-etgar-ledger", "pa-040-wharrowdale", *EDITION, "--format", "table").stdout
    assert "Nothing that either side can change would make a difference." in shown


def test_a_pair_of_the_shortlist_is_asked_no_why_not_and_another_of_its_startup_is(samples):
    shortlist = json.loads(samples.run("shortlist", "texchange-2027", "--format", "json", "--quiet").stdout)
    meeting, other = shortlist["pairs"][0], shortlist["alternates"][0]
    assert asked(samples, meeting["startup_id"], meeting["partner_id"], *EDITION)["why_not"] is None
    assert asked(samples, other["startup_id"], other["partner_id"], *EDITION)["why_not"]["cause"] == "capacity"
    unplaced = shortlist["unplaced"][0]
    found = asked(samples, unplaced["startup_id"], *EDITION)
    assert found["why_not"]["cause"] == "capacity"
    assert unplaced["because"] in found["why_not"]["detail"]


@pytest.mark.parametrize(("id_", "side"), [("su-001-pulsefern", "startup"), ("pa-003-kisimani", "partner")])
def test_one_id_is_asked_about_everybody_of_the_other_side(samples, id_, side):
    said = asked(samples, id_, *EDITION)
    assert (said["id"], said["side"], said["programme_id"]) == (id_, side, "texchange-2027")
    assert {"name", "admitted", "not_assessed", "refused", "fill_in_first", "what_if"} <= said.keys()
    assert said["meetings"]
    assert said["why_not"] is None
    assert all(one["alone"] <= one["count"] for one in said["refused"])
    assert asked(samples, id_)["meetings"] is None


def test_what_to_fill_in_first_is_on_top_with_what_it_does_to_the_confidence(samples):
    first, second = samples.run("explain", "su-056-sinikell", "--format", "table").stdout.splitlines()[:2]
    assert first.startswith("Fill in first: summary (two sentences on what it does and for whom; confidence 0 % → ")
    assert second.startswith("Sinikell Medical (su-056-sinikell): 58 partners admitted")


def test_the_numbers_of_a_party_are_those_that_matching_gives(samples):
    said = asked(samples, "su-008-gan-quiet")
    listed = json.loads(samples.run("match", "su-008-gan-quiet", "--limit", 0, "--format", "json", "--quiet").stdout)
    assert said["admitted"] == len(listed)
    assert said["not_assessed"] == sum(one["score"] is None for one in listed)
    mean = sum(one["confidence"] for one in listed) / len(listed)
    assert said["fill_in_first"][0]["confidence_from"] == pytest.approx(mean, abs=1e-12)


def test_the_remedy_stands_below_what_if_and_the_reason_is_printed_once(samples):
    shown = samples.run("explain", "su-001-pulsefern", "pa-075-cleave-hill", "--format", "table").stdout
    assert shown.count("Not assessed: the partner says too little of what it looks for") == 1
    assert shown.endswith("What if:\n  Two sentences of thesis: then the pair can be assessed\n")
    said = asked(samples, "su-001-pulsefern", "pa-075-cleave-hill")
    assert said["remedy"] == "two sentences of thesis"
    assert asked(samples, *PAIR)["remedy"] is None


@pytest.mark.parametrize(
    "arguments", [("explain", "--format", "table"), ("match", "--limit", 1)], ids=["explain", "match"]
)
def test_a_startup_whose_summary_is_not_read_is_told_its_language(real_samples, tmp_path, arguments):
    folder = shutil.copytree(real_samples.folder, tmp_path / "workspace")
    command, *options = arguments
    shown = Cli(folder, encoder=None).run(command, "su-032-pe-firme", "--for", "startup", *options).stdout
    assert "The startup's summary is in Portuguese, which the encoder does not know" in shown


def test_each_rule_says_who_asks_it(samples):
    shown = samples.run("explain", "pa-015-eastvane", *EDITION, "--format", "table").stdout
    rules = [
        line.split(":")[0].strip() for line in shown.splitlines() if line.startswith(("  edition, ", "  partner, "))
    ]
    assert {"edition, stage", "partner, stage", "edition, market ready"} <= set(rules)
    assert len(rules) == len(set(rules)) == len(asked(samples, "pa-015-eastvane", *EDITION)["refused"])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("explain", "pa-001-corvane", "pa-002"), "it is a partner; name a startup first, and then the partner."),
        (("explain", "su-001-pulsefern", "su-006-etgar-ledger"), "it is a startup; name a partner behind the startup."),
        (("match", "pa-001-corvane"), "it is a partner; `matcher match --partner pa-001-corvane` ranks for it."),
        (("match", "--partner", "su-001-pulsefern"), "it is a startup; `matcher match su-001-pulsefern` ranks for it."),
        (("match", "--brief", "br-01"), "There is no brief 'br-01'; did you mean 'br-01-community-nurses'?"),
        (("explain", "SU-001-PULSEFERN"), "did you mean 'su-001-pulsefern'?"),
    ],
    ids=" ".join,
)
def test_an_id_that_is_not_there_gets_the_obvious_hint(samples, arguments, said):
    assert said in samples.run(*arguments, expect=1).stderr


@pytest.mark.parametrize("arguments", [("match", "su-001"), ("explain", "su-001", "pa-001"), ("explain", "su-001")])
def test_an_empty_workspace_says_that_it_is_empty(cli, arguments):
    cli.folder.mkdir()
    said = cli.run(*arguments, expect=1).stderr
    assert "the workspace holds no startups" in said
    assert "`matcher import startups FILE` brings" in said


def test_what_is_printed_to_be_handed_over_speaks_in_names_and_words(samples, tmp_path):
    """No id stands without its name, and no cell of a sheet where a sentence should."""
    cli = Cli(shutil.copytree(samples.folder, tmp_path / "workspace"))
    pair = ("su-001-pulsefern", "pa-004-ostrand")
    shown = cli.run("explain", *pair, "--for", "startup", "--format", "table").stdout
    first, what_if = shown.splitlines()[0], shown.partition("What if:\n")[2]
    assert first.startswith("Pulsefern (su-001-pulsefern) and Ostrand Diagnostics Fund (pa-004-ostrand): ")
    assert "Pulsefern's raise from US$9m to US$" in what_if
    assert not re.search(r"[a-z]_[a-z]|[a-z];[a-z]|[A-Z]{3} \d{4}", what_if)
    partner = cli.run("explain", "pa-076-thornsea", "--for", "partner", "--format", "table").stdout
    assert not re.search(r"[a-z]_[a-z]|[a-z];[a-z]", partner)
