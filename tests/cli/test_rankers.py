"""`matcher rankers` from outside: listing, showing, choosing, and what the next match makes of it."""

import csv
import io
import json

import pytest

from tests.cli.test_commands import one_sentence
from tests.conftest import Cli
from tests.rankers import MADE_AT, a_ranker, keep
from tests.workspaces import a_workspace

PAIR = ("su-002-tzlil-surgical", "pa-040-wharrowdale")


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    """A workspace with the samples, and with a ranker that is kept and not active."""
    cli = Cli(tmp_path_factory.mktemp("trained")).import_samples()
    workspace = a_workspace(cli.folder)
    cli.ranker_id = keep(workspace, *a_ranker(workspace, thesis=9.0), active=False)
    cli.shipped_id = workspace.shipped_ranker.id
    workspace.database.dispose()
    cli.run("rankers", "use", "shipped")
    return cli


def test_the_list_says_where_each_is_from_and_which_is_active(trained):
    lines = trained.run("rankers", "list").stdout.splitlines()
    assert lines == [f"{trained.shipped_id}  shipped  active", f"{trained.ranker_id}  trained {MADE_AT}"]
    rows = json.loads(trained.run("rankers", "list", "--format", "json").stdout)
    assert rows[1] == {"ranker_id": trained.ranker_id, "origin": "trained", "made_at": MADE_AT, "active": False}
    printed = list(csv.DictReader(io.StringIO(trained.run("rankers", "list", "--format", "csv").stdout)))
    assert printed[0] == {"ranker_id": trained.shipped_id, "origin": "shipped", "made_at": "", "active": "yes"}


def test_a_card_is_printed_and_the_numbers_as_json(trained):
    assert trained.run("rankers", "show", "trained").stdout == "# Trained here\n"
    said = json.loads(trained.run("rankers", "show", "trained", "--format", "json").stdout)
    assert said["coefficients"]["weights"]["thesis"] == 9.0
    assert said["metrics"] == {"ndcg_at_10": 0.5}
    assert trained.run("rankers", "show", "shipped").stdout.startswith("# Ranker")


def test_the_next_match_uses_the_chosen_ranker_and_going_back_gives_the_first_answer(trained):
    before = trained.run("explain", *PAIR).stdout
    assert trained.ranker_id in trained.run("rankers", "use", "trained").stdout
    try:
        assert json.loads(trained.run("explain", *PAIR).stdout)["score"] != json.loads(before)["score"]
        assert f"{trained.ranker_id} can be read, trained here at {MADE_AT}" in trained.run("doctor").stdout
    finally:
        said = trained.run("rankers", "use", "shipped").stdout
    assert said == f"{trained.shipped_id} is active now (shipped).\n"
    assert trained.run("explain", *PAIR).stdout == before


@pytest.mark.parametrize("command", ["show", "use"])
def test_an_unknown_ranker_is_one_sentence(trained, command):
    assert "There is no ranker 'nobody'" in one_sentence(trained.run("rankers", command, "nobody", expect=1))
