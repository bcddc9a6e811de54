"""What a briefing pack says: everybody by name, nothing twice on a page, and the proof in plain words."""

import pytest

from matcher.steps.pack import briefing_pack
from matcher.steps.pack_words import proof_words
from tests.packs import a_contribution, a_pair, a_result, quotes

OURS = "Sensors for every small clinic in the county."
THEIRS = "We back devices that nurses can carry home."


def about(pack):
    return dict(pack.about)


def table(pack, name):
    return next(table for table in (*pack.first, *pack.rest) if table.name == name)


def test_the_front_says_what_was_made_when_by_what_and_who_decides():
    pack = briefing_pack(a_result(a_pair()), status="Approved by Ada on 5 January 2027.")
    assert pack.title == "An edition: briefing pack"
    assert pack.status == "Approved by Ada on 5 January 2027."
    said = about(pack)
    assert said["As of"] == "5 January 2027"
    assert (said["Run"], said["Ranker"]) == ("0123456789ab", "v2")
    assert said["What this is"] == "Suggestions; a named officer decides who meets whom."


@pytest.mark.parametrize(
    ("result", "said"),
    [
        (a_result(), "No startups have a place; there are no meetings with no partners."),
        (a_result(a_pair()), "1 startup has a place; there is 1 meeting with 1 partner."),
        (
            a_result(
                a_pair("s1", "p1"),
                a_pair("s2", "p1"),
                unplaced=[{"startup_id": "s3", "name": "Three", "because": "all places are taken"}],
                refused=[{"startup_id": f"r{at}", "rule": "stage", "detail": "It is at seed."} for at in range(1_200)],
            ),
            "2 startups have a place; there are 2 meetings with 1 partner; 1 startup found no place; the "
            "edition's rules keep out 1,200 startups.",
        ),
    ],
)
def test_in_short_counts_in_plain_words(result, said):
    assert about(briefing_pack(result))["In short"] == said


def test_a_pack_is_a_draft_until_somebody_says_otherwise():
    assert briefing_pack(a_result(a_pair())).status == "Draft: no officer has approved this run."


def test_everybody_has_a_page_in_order_of_name_and_pages_lead_to_each_other():
    pairs = [a_pair("s1", "p2", startup_name="Zed"), a_pair("s2", "p1", startup_name="abc", partner_name="Élan")]
    pack = briefing_pack(a_result(*pairs))
    assert [page.name for page in pack.startups] == ["abc", "Zed"]
    assert [page.name for page in pack.partners] == ["Élan", "Partner p2"]
    keys = {page.key: page.name for page in (*pack.startups, *pack.partners)}
    (met,) = pack.startups[0].meetings
    assert keys[met.page] == met.name == "Élan"
    (seen_from_there,) = pack.partners[0].meetings
    assert keys[seen_from_there.page] == "abc"


def test_two_of_one_name_are_told_apart_by_their_ids():
    pack = briefing_pack(a_result(a_pair("s1", startup_name="Twin"), a_pair("s2", startup_name="TWIN")))
    assert [page.name for page in pack.startups] == ["Twin (s1)", "TWIN (s2)"]


def test_a_startup_page_tells_country_stage_and_the_first_sentence_of_its_summary_where_the_result_has_them():
    result = a_result(a_pair())
    result["placed"] = [
        {
            "startup_id": "s1",
            "name": "One",
            "country": "KE",
            "country_name": "Kenya",
            "city": "Nakuru",
            "stage": "series-a",
            "summary": "Sensors for clinics in small towns. They last for years on one battery.",
        }
    ]
    (page,) = briefing_pack(result).startups
    assert page.facts == ("Nakuru", "Kenya", "series A", "1 meeting")
    assert page.about == "Sensors for clinics in small towns."


def test_a_meeting_quotes_both_sides_and_says_who_said_it():
    part = a_contribution("brief", evidence=quotes(OURS, THEIRS, "brief", "b1"))
    (page,) = briefing_pack(a_result(a_pair(contributions=[part]))).startups
    ((strength,),) = (meeting.strengths for meeting in page.meetings)
    assert strength.topic == "Their brief"
    assert [(said.who, said.quote) for said in strength.quotes] == [
        ("Startup s1", f"“{OURS}”"),
        ("Partner p1, in its brief", f"“{THEIRS}”"),
    ]


@pytest.mark.parametrize(
    ("kind", "id_", "who"),
    [
        ("partner", "p1", "Partner p1"),
        ("portfolio", "p1#0", "An earlier company of Partner p1"),
        ("startup", "s9", "Older One, an earlier company of Partner p1"),
        ("startup", "gone", "An earlier company of Partner p1"),
    ],
)
def test_a_quote_of_the_partner_side_names_its_source(kind, id_, who):
    part = a_contribution("past_close", evidence=quotes(OURS, THEIRS, kind, id_))
    result = a_result(a_pair(contributions=[part]))
    result["unplaced"] = [
        {"startup_id": "s9", "name": "Older One", "because": "all 1 places went to stronger startups"}
    ]
    (page,) = briefing_pack(result).startups
    assert page.meetings[0].strengths[0].quotes[1].who == who


def test_a_sentence_that_stands_on_the_page_already_is_only_called_to_mind():
    parts = [a_contribution("brief", evidence=quotes(OURS, THEIRS, "brief", "b1"))]
    pairs = [a_pair("s1", "p1", contributions=parts), a_pair("s1", "p2", rank=2, contributions=parts)]
    (page,) = briefing_pack(a_result(*pairs)).startups
    first, second = (meeting.strengths[0].quotes[0].quote for meeting in page.meetings)
    assert first == f"“{OURS}”"
    assert second == "“Sensors for every small clinic in …” (in full above)"


def test_of_one_meeting_a_strength_that_quotes_one_new_sentence_shows_both_and_one_that_quotes_none_is_left_out():
    parts = [
        a_contribution("brief", 0.9, label="It suits", evidence=quotes(OURS, THEIRS, "brief", "b1")),
        a_contribution("thesis", 0.8, label="It suits", evidence=quotes(OURS, "We look for what nurses like to use.")),
        a_contribution("past_close", 0.7, label="It suits", evidence=quotes(OURS, THEIRS)),
    ]
    (page,) = briefing_pack(a_result(a_pair(contributions=parts, reason="It suits them."))).startups
    assert [[said.quote for said in strength.quotes] for strength in page.meetings[0].strengths] == [
        [f"“{OURS}”", f"“{THEIRS}”"],
        ["“Sensors for every small clinic in …” (in full above)", "“We look for what nurses like to use.”"],
    ]


def test_what_the_reason_says_is_not_said_again_and_what_counts_for_little_or_against_is_no_strength():
    parts = [
        a_contribution("gives", 1.0, label="It seeks customers and a pilot, which a corporate can give"),
        a_contribution("stage", 0.3, label="It is at series A, and they take startups at series A"),
        a_contribution("country", 0.1, label="It is from Kenya, like two of their twenty companies"),
        a_contribution("ticket", -0.4, label="Their ticket is small"),
    ]
    reason = "It seeks customers and a pilot, which a corporate can give."
    (page,) = briefing_pack(a_result(a_pair(contributions=parts, reason=reason))).startups
    assert [strength.said for strength in page.meetings[0].strengths] == [
        "It is at series A, and they take startups at series A."
    ]


def test_a_partner_reads_what_the_startup_is_to_it_and_its_best_meeting_first():
    parts = [
        a_contribution("gives", 2.0, label="It seeks advice, which an adviser can give", fit_for="startup"),
        a_contribution("thesis", 1.0, label="Its summary is close to what they look for (“home”)"),
        a_contribution("thesis_words", 0.5, label="Both speak of “home”"),
        a_contribution("sector", 0.4, label="Both name health", fit_for="both"),
    ]
    pairs = [a_pair("s1", score=1.0), a_pair("s2", score=3.0, contributions=parts), a_pair("s3", score=None)]
    (page,) = briefing_pack(a_result(*pairs)).partners
    assert [meeting.name for meeting in page.meetings] == ["Startup s2", "Startup s1", "Startup s3"]
    assert page.meetings[0].reason == "Its summary is close to what they look for (“home”); both name health."


def test_of_two_startups_that_are_the_same_to_a_partner_the_second_is_told_by_its_own_reason():
    parts = [a_contribution("sector", label="Both name health", fit_for="both")]
    pairs = [a_pair("s1", contributions=parts), a_pair("s2", contributions=parts)]
    (page,) = briefing_pack(a_result(*pairs)).partners
    assert [meeting.reason for meeting in page.meetings] == ["Both name health.", "It of s2 suits them of p1."]


def test_what_holds_for_every_meeting_is_said_once():
    asked = {"rule": "raising", "asked_by": "profile", "detail": "The startup does not state what it is raising."}
    said = {"cautions": ["Letters were hidden."], "unknown": [asked]}
    pairs = [a_pair("s1", "p1", **said), a_pair("s1", "p2", rank=2, **said)]
    pairs[1]["cautions"] = [*pairs[1]["cautions"], "They met."]
    (page,) = briefing_pack(a_result(*pairs)).startups
    assert page.cautions == ("Letters were hidden.",)
    assert page.asks == ("The startup does not state what it is raising.",)
    assert [meeting.cautions for meeting in page.meetings] == [(), ("They met.",)]


def test_what_is_unknown_of_one_meeting_is_to_be_asked_there():
    asked = {"rule": "uk_entity", "asked_by": "partner", "detail": "They ask for a UK entity; it says planned."}
    (page,) = briefing_pack(a_result(a_pair(unknown=[asked]), a_pair("s1", "p2", rank=2))).startups
    assert [meeting.asks for meeting in page.meetings] == [("They ask for a UK entity; it says planned.",), ()]


def test_ids_in_sentences_become_names_where_there_is_one():
    result = a_result(a_pair(cautions=["It seems to be one organisation with 'su-9' and 'su-8'."]))
    result["unplaced"] = [{"startup_id": "su-9", "name": "Nine", "because": "'s1', the same organisation, is stronger"}]
    pack = briefing_pack(result)
    assert pack.startups[0].meetings[0].cautions == ("It seems to be one organisation with Nine and 'su-8'.",)
    assert table(pack, "No place").rows == (("Nine", "", "Startup s1, the same organisation, is stronger."),)


def test_who_found_no_place_is_told_how_far_it_came_where_the_result_has_it():
    left = {
        "startup_id": "s9",
        "name": "Nine",
        "reached": "shortlist",
        "because": "all 15 places went to stronger ones",
    }
    pack = briefing_pack(a_result(a_pair(), unplaced=[left]))
    assert table(pack, "No place").rows == (("Nine", "Shortlist", "All 15 places went to stronger ones."),)


def test_who_falls_short_reads_it_on_its_page_and_everybody_in_the_list():
    short = {
        "id": "s1",
        "kind": "public_body",
        "wanted": 2,
        "got": 0,
        "because": "no public bodies are admitted for it",
    }
    pack = briefing_pack(a_result(a_pair(), certificate={"short": [short], "shortfall": 2}))
    assert pack.startups[0].remarks == (
        "It has none of the 2 meetings with public bodies it should have: no public bodies are admitted for it.",
    )
    assert table(pack, "Falls short").rows == (
        ("Startup s1", "2 meetings with public bodies", 0, "No public bodies are admitted for it."),
    )


def test_a_startup_with_a_place_and_no_meeting_has_a_page_all_the_same():
    result = a_result()
    result["placed"] = [{"startup_id": "s1", "name": "Lonely"}]
    pack = briefing_pack(result)
    assert [(page.name, page.facts, page.meetings) for page in pack.startups] == [("Lonely", ("no meetings",), ())]
    assert about(pack)["Proof"] == "There are no meetings, so there is nothing to prove."


def test_load_is_held_against_capacity_and_no_limit_is_said_in_words():
    result = a_result(a_pair("s1", "p1"), a_pair("s1", "p2", rank=2))
    result["loads"][1]["capacity"] = None
    pack = briefing_pack(result)
    assert table(pack, "Partner load").rows == (
        ("Partner p1", "investor", 1, 6, 5),
        ("Partner p2", "investor", 1, "no limit", "no limit"),
    )
    assert pack.partners[1].facts == ("investor", "1 meeting, no limit")


def test_the_refused_go_by_name_where_the_result_has_it():
    refused = [
        {"startup_id": "s8", "rule": "market_ready", "detail": "It says no."},
        {"startup_id": "s9", "name": "Nine", "rule": "uk_entity", "detail": "It has none."},
    ]
    pack = briefing_pack(a_result(a_pair(), refused=refused))
    assert table(pack, "Not eligible").rows == (
        ("s8", "Market ready", "It says no."),
        ("Nine", "UK entity", "It has none."),
    )


@pytest.mark.parametrize(
    ("certificate", "said"),
    [
        ({"gap": 0.0}, "meets every minimum can come to more: this is the best there is."),
        ({"gap": 0.0, "shortfall": 1}, "misses as few minimums can come to more: this is the best there is."),
        ({"gap": 0.25, "bound": 3.25}, "more than 3.25, so a better plan could gain 0.25 points at most."),
    ],
)
def test_the_proof_says_in_a_sentence_what_is_proved(certificate, said):
    assert about(briefing_pack(a_result(a_pair(), certificate=certificate)))["Proof"].endswith(said)


@pytest.mark.parametrize(("share", "word"), [(1.0, "High (100 %)"), (0.5, "Fair (50 %)"), (0.1, "Low (10 %)")])
def test_a_confidence_is_a_word_with_its_figure(share, word):
    assert briefing_pack(a_result(a_pair(confidence=share))).startups[0].meetings[0].confidence == word


def test_marks_that_turn_or_break_a_line_are_left_out_of_names():
    pack = briefing_pack(a_result(a_pair(startup_name="Kenya\u202eevil\r\n\tLtd\x00")))
    assert pack.startups[0].name == "Kenya evil Ltd"


@pytest.mark.parametrize(
    ("said", "among"),
    [
        ({}, "no other plan that keeps to the capacities and meets every minimum"),
        (
            {"guarantee": True},
            "keeps to the capacities, leaves as few startups without a meeting and meets every minimum",
        ),
        (
            {
                "overrides": [
                    {"kind": "pin", "void": False},
                    {"kind": "ban", "void": False},
                    {"kind": "pin", "void": True},
                ]
            },
            "keeps to the capacities, 1 pin and 1 ban and meets every minimum",
        ),
    ],
)
def test_the_proof_says_among_which_plans_it_is_the_best(said, among):
    certificate = {"objective": 1.0, "bound": 1.0, "gap": 0.0, "shortfall": 0}
    assert among in proof_words({"pairs": [1], "certificate": certificate} | said)
