"""Regions and tags are told beside results: nothing that scores or plans can reach them."""

from tests.architecture.test_floors import FILES, inner_imports, name

TOLD_BESIDE = {"domain/region", "domain/tag", "steps/named", "steps/tags", "steps/coverage", "steps/exposure"}
# What reads the records and lays them out for a match: it is given the whole workspace, and must leave this part alone.
GIVEN_THE_WORKSPACE = {"gather", "editions", "account", "rescoring", "what_if", "why_not", "fill_in", "party"}


def reached(*starts):
    of = {name(path): {inner for inner, _ in inner_imports(path)} for path in FILES}
    found, left = set(), list(starts)
    while left:
        file = left.pop()
        if file not in found:
            found.add(file)
            left += of.get(file, ())
    return found


def test_scoring_and_planning_reach_no_region_and_no_tag():
    found = reached("match", "plan")
    assert {"steps/rank", "steps/shortlist"} <= found
    assert found & TOLD_BESIDE == set()


def test_what_prepares_a_match_leaves_the_background_alone():
    texts = {name(path): path.read_text(encoding="utf-8") for path in FILES}
    assert "workspace.background" in texts["services/reporting"]
    assert [file for file in sorted(GIVEN_THE_WORKSPACE) if ".background" in texts[file]] == []
