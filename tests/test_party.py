"""One startup or one partner with everybody: which rules refuse how many, why nobody is left, what would change it."""

from datetime import UTC, datetime

import pytest

from matcher.domain.audience import Audience
from matcher.errors import NotFound
from matcher.services.explaining import explain_party
from matcher.store import programmes
from tests.builders import a_partner, a_startup
from tests.test_what_if import LONG, THESIS, pounds
from tests.workspaces import TODAY, a_workspace, put

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


@pytest.fixture
def several(tmp_path):
    """s1 is refused by p1 for two rules, by p2 for one, and taken by p3."""
    partners = [
        a_partner("p1", thesis=THESIS, stages=("growth",), requires_uk_entity=True),
        a_partner("p2", thesis=THESIS, stages=("growth", "series-b")),
        a_partner("p3", thesis=THESIS),
    ]
    startups = [
        a_startup("s1", summary=LONG, stage="seed", uk_entity="no"),
        a_startup("s2", summary="Our trucks keep vaccines cold on bad roads.", country="NG", stage="seed"),
    ]
    return put(a_workspace(tmp_path), startups=startups, partners=partners)


def test_each_rule_is_counted_and_how_many_it_refuses_by_itself(several):
    said = explain_party(several, "s1", None, TODAY)
    assert (said.side, said.admitted, said.not_assessed, said.meetings) == ("startup", 1, 0, None)
    assert [(one.rule, one.count, one.alone) for one in said.refused] == [("stage", 2, 1), ("uk_entity", 1, 0)]
    assert said.refused[0].detail == "2 partners do not take startups at its stage; 1 of them by this rule alone."
    assert said.refused[1].detail == "1 partner asks for a UK entity, which it does not have."


def test_the_numbers_of_a_partner_are_those_of_the_startups(several):
    said = explain_party(several, "p2", None, TODAY)
    assert (said.side, said.admitted) == ("partner", 0)
    assert [(one.rule, one.count, one.alone) for one in said.refused] == [("stage", 2, 2)]
    assert said.why_not.cause == "rule"
    assert said.why_not.detail == "Every startup is refused. 2 startups are at stages that they do not take."


def test_what_a_party_could_change_is_told_by_how_many_it_lets_in(several):
    (stage,) = explain_party(several, "s1", None, TODAY).what_if
    assert (stage.change.field, stage.change.after, stage.admitted) == ("stage", "series-b", 2)
    assert stage.effect == "1 more partner becomes eligible (from 1 to 2)"


def test_an_unknown_id_is_answered_with_the_nearest_of_both_sides(several):
    with pytest.raises(NotFound, match="There is no startup or partner 'p33'; did you mean 'p3'"):
        explain_party(several, "p33", None, TODAY)


@pytest.fixture
def added(several):
    """Adds an edition to the workspace, and asks under it."""

    def ask(id_, body):
        with several.writing() as connection:
            programmes.put(connection, "e", f'id = "e"\nname = "E"\nedition = 1\n{body}')
        return explain_party(several, id_, "e", TODAY)

    return ask


def test_a_startup_that_the_edition_refuses_is_told_the_rule_and_nothing_else(added):
    said = added("s2", 'countries = ["KE"]')
    assert said.admitted == 0
    assert said.why_not.cause == "rule"
    assert said.why_not.detail == "The edition is for Kenya; it comes from Nigeria."
    assert said.meetings == ()


def test_who_meets_is_listed_and_asked_no_why_not(added):
    said = added("s1", "least_score = -9.0")
    assert [one.id for one in said.meetings] == ["p3"]
    assert said.why_not is None


def test_a_partner_whose_startups_found_no_place_is_told_so(added):
    said = added("p3", "places = 0")
    assert said.why_not.cause == "capacity"
    assert said.why_not.detail == "None of the 2 startups that it could meet found a place in the edition."


def test_a_partner_that_takes_nobody_is_told_so_and_offered_one_meeting(several, added):
    put(several, partners=[a_partner("p3", thesis=THESIS, capacity=0)])
    said = added("p3", "least_score = -9.0")
    assert said.why_not.detail == "Partner p3 takes no meetings at present (capacity 0)."
    (more,) = said.what_if
    assert (more.change.field, more.change.after, more.meetings) == ("capacity", 1, 1)
    assert more.effect == "gets 1 meeting in place of none"


def test_nothing_but_its_capacity_is_offered_to_a_partner_that_takes_nobody(several, added):
    put(several, partners=[a_partner("p2", thesis=THESIS, stages=("seed",), countries=("NG",), capacity=0)])
    (more,) = explain_party(several, "p2", None, TODAY).what_if
    assert (more.change.field, more.change.before, more.change.after) == ("capacity", 0, 1)
    assert more.effect == "may then meet one of those admitted, 1 in all"
    (more,) = added("p2", "least_score = 99.0").what_if
    assert more.effect == "gets no meeting yet; may then meet one of those admitted, 1 in all"


def test_a_startup_without_a_word_is_told_to_write_some_first(several):
    put(several, startups=[a_startup("s3", summary=None, stage="seed")])
    said = explain_party(several, "s3", None, TODAY)
    assert said.why_not.cause == "unknown"
    first = said.fill_in_first[0]
    assert (first.field, first.confidence_from) == ("summary", 0.0)
    assert first.confidence_to > 0


def test_the_best_pair_speaks_where_every_fit_is_weak(tmp_path):
    workspace = put(
        a_workspace(tmp_path),
        startups=[a_startup("s1", summary=LONG, seeks=("advice",), raising=pounds(9))],
        partners=[a_partner("p1", thesis="Ports and tugs at sea."), a_partner("p2", thesis="Vineyards and orchards.")],
    )
    said = explain_party(workspace, "s1", None, TODAY)
    assert said.why_not.cause == "fit"
    assert said.why_not.detail.startswith("The best it could meet is Partner p")
    assert "The fit is weak:" in said.why_not.detail


FOREIGN = "O nosso sensor avisa o hospital quando a geladeira de vacinas esquenta e mostra o caminho."


def of_an_english_encoder(workspace):
    """The same workspace, whose encoder knows English alone."""
    workspace.embedder.languages = frozenset({"en"})
    return workspace


@pytest.mark.parametrize("audience", [Audience.STAFF, Audience.STARTUP])
def test_a_startup_that_is_not_read_is_told_its_language_and_what_an_english_summary_would_do(several, audience):
    put(several, startups=[a_startup("s3", summary=FOREIGN, sectors=("health",))])
    said = explain_party(of_an_english_encoder(several), "s3", None, TODAY, audience, NOW)
    first = said.fill_in_first[0]
    assert (first.field, first.ask) == (
        "summary",
        "two sentences on what it does and for whom, in English and not in Portuguese",
    )
    assert first.confidence_to > first.confidence_from
    assert said.cautions == (
        "The startup's summary is in Portuguese, which the encoder does not know: it is matched on its structured "
        "fields alone.",
    )


def test_a_partner_whose_thesis_is_not_read_is_asked_for_one_that_is(several):
    put(several, partners=[a_partner("p4", thesis=FOREIGN)])
    said = explain_party(of_an_english_encoder(several), "p4", None, TODAY, Audience.PARTNER)
    assert said.fill_in_first[0].ask == "two sentences on what they look for, in English and not in Portuguese"
    assert "is in Portuguese" in said.cautions[0]


def test_a_startup_that_copied_is_asked_for_its_own_words_and_staff_see_why(several):
    long = " ".join(f"{THESIS} {word} wards, homes and clinics of the north." for word in ("Also in", "And for"))
    put(several, partners=[a_partner("p1", thesis=long)], startups=[a_startup("s3", summary=long, stage="growth")])
    staff, own = (explain_party(several, "s3", None, TODAY, one, NOW) for one in (Audience.STAFF, Audience.STARTUP))
    assert "is copied from what Partner p1 says itself" in staff.cautions[0]
    assert "nothing of its own is left of the startup's summary" in staff.why_not.detail
    assert own.cautions == ()
    assert "cop" not in own.why_not.detail
    assert "the startup's summary says too little of its own" in own.why_not.detail
    for said in (staff, own):
        assert said.fill_in_first[0].ask == "two sentences on what it does and for whom, in its own words"
        assert said.why_not.detail.endswith("; two sentences on what it does and for whom, in its own words, will do.")
