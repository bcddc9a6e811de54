"""Over every pair of the samples: what a startup is told and quoted stands in its own summary and in what partners say.

An earlier company that is known from history alone is another startup: neither its name nor a word that only it wrote.
"""

import csv
import io
import json
import re
import shutil

import pytest

from tests.conftest import ROOT, Cli

_TOLD = re.compile("“([^”]*)”")
_BLOCK = re.compile(r"^(?P<name>.+) \((?P<id>su-[\w-]+)\)$", re.MULTILINE)
_PAIR = re.compile(r"^ *\d+\. .+ \((?P<id>pa-[\w-]+), [^)]*\): .+\n     (?P<reason>.+)$", re.MULTILINE)


@pytest.fixture(scope="module")
def shown(samples, tmp_path_factory):
    """The samples in a workspace in which rescorings may be counted."""
    folder = tmp_path_factory.mktemp("told") / "workspace"
    shutil.copytree(samples.folder, folder)
    return Cli(folder)


def rows(kind):
    return list(csv.DictReader(io.StringIO((ROOT / f"data/samples/{kind}.csv").read_text(encoding="utf-8-sig"))))


@pytest.fixture(scope="module")
def read():
    """What a startup may read: startup id → its summary; partner id → all that the partner says of itself."""
    own = {row["id"]: row["summary"] for row in rows("startups")}
    theirs = {row["id"]: [row["thesis"]] for row in rows("partners")}
    for row in rows("briefs"):
        theirs[row["partner_id"]] += [row["title"], row["need"]]
    for row in rows("portfolio"):
        theirs[row["partner_id"]] += [row["name"], row["summary"]]
    return own, {id_: "\n".join(said) for id_, said in theirs.items()}


def check(said, startup, partner, read):
    """Every word in quotation marks stands in what the partner says, so that no other startup was needed to tell it."""
    for word in _TOLD.findall(said):
        assert word.casefold() in read[1][partner].casefold(), (startup, partner, said)


def test_no_word_of_a_csv_comes_only_from_another_startup(shown, read):
    done = shown.run("match", "--all", "--for", "startup", "--limit", 0, "--format", "csv", "--quiet")
    told = list(csv.DictReader(io.StringIO(done.stdout)))
    for row in told:
        check(row["reason"], row["startup_id"], row["partner_id"], read)
    assert sum("another startup" in row["reason"] for row in told) >= 20
    assert sum(bool(_TOLD.search(row["reason"])) for row in told) >= 500


def test_no_word_and_no_quote_of_the_json_comes_only_from_another_startup(shown, read):
    done = shown.run("match", "--all", "--for", "startup", "--limit", 0, "--format", "json", "--quiet")
    told = json.loads(done.stdout)
    quotes = 0
    for one in told:
        startup, partner = one["startup_id"], one["partner_id"]
        for said in (one["reason"], *(part["label"] for part in one["contributions"])):
            check(said, startup, partner, read)
        for part in one["contributions"]:
            for quote in part["evidence"]:
                text = read[0][startup] if quote["side"] == "startup" else read[1][partner]
                assert quote["quote"] in text, (startup, partner, quote)
                quotes += 1
    assert sum("another startup" in part["label"] for one in told for part in one["contributions"]) >= 100
    assert quotes >= 1000


def test_no_word_of_a_table_comes_only_from_another_startup(shown, read):
    done = shown.run("match", "--all", "--for", "startup", "--limit", 0, "--quiet")
    parts = _BLOCK.split(done.stdout)[1:]
    blocks = {parts[at + 1]: parts[at + 2] for at in range(0, len(parts), 3)}
    pairs = [(id_, found["id"], found["reason"]) for id_, block in blocks.items() for found in _PAIR.finditer(block)]
    for startup, partner, reason in pairs:
        check(reason, startup, partner, read)
    assert len(pairs) >= 2000
    with_another = [pair for pair in pairs if "another startup" in pair[2]]
    assert len(with_another) >= 20
    for startup, partner, _ in with_another[:3]:
        table = shown.run("explain", startup, partner, "--for", "startup", "--format", "table").stdout
        for line in table.splitlines():
            if line.startswith(("  + ", "  - ")):
                check(line, startup, partner, read)
