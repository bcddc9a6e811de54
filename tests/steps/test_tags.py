"""Tags rest on words that are there, mean what they are taken for, and are not denied."""

import pytest

from matcher.domain.profile import Brief
from matcher.domain.tag import NATIONAL_SECURITY, REGION, TECHNOLOGY
from matcher.steps.tags import partner_tags, startup_tags
from matcher.wiring import background, reference
from tests.builders import a_partner, a_startup

BACKGROUND = background()
TOPICS, REGIONS = BACKGROUND.topics, BACKGROUND.regions


def tags(summary, **said):
    return startup_tags(a_startup(summary=summary, **said), TOPICS, REGIONS)


def ids(summary, kind=TECHNOLOGY, **said):
    return [tag.id for tag in tags(summary, **said) if tag.kind == kind]


def test_there_are_five_technologies_seventeen_areas_and_a_date():
    kinds = [topic.kind for topic in TOPICS.topics]
    assert (kinds.count(TECHNOLOGY), kinds.count(NATIONAL_SECURITY)) == (5, 17)
    assert TOPICS.security_as_of == "2022-01-04"
    assert "SI 2021/1264" in TOPICS.security_source


def test_every_stated_technology_of_a_topic_is_one_of_the_vocabulary():
    known = {term.id for term in reference().vocabulary.technologies}
    assert {one for topic in TOPICS.topics for one in topic.technologies} <= known


@pytest.mark.parametrize(
    ("text", "technology"),
    [
        ("Our AI reads scans for clinics.", "ai"),
        ("AI-powered triage for farmers.", "ai"),
        ("Credit scoring by machine-learning models.", "ai"),
        ("We grade fruit with Computer Vision.", "ai"),
        ("Diagnosa memakai kecerdasan buatan untuk klinik.", "ai"),
        ("Synthetic biology for cheaper vaccines.", "engineering-biology"),
        ("A CRISPR test for malaria.", "engineering-biology"),
        ("We build quantum sensors for mines.", "quantum"),
        ("Design tools for semiconductor fabs.", "semiconductors"),
        ("A RISC-V core for meters.", "semiconductors"),
        ("Open RAN radios for villages.", "telecoms"),
        ("Private 5G for ports.", "telecoms"),
    ],
)
def test_a_technology_is_tagged_by_words_that_carry_its_meaning(text, technology):
    assert ids(text) == [technology]


@pytest.mark.parametrize(
    "text",
    [
        "We said retail is hard in Australia, and aim to sail again.",
        "Rainwater for arm and leg, with fair hair care.",
        "A quantum leap in housing.",
        "Fish and chips, wafers and casino chips.",
        "Each bar has 5g of sugar and 6g of fat.",
        "Ai! said the child.",
        "Built by Drift.AI alumni.",
        "We breed cattle by artificial insemination, and train AI technicians for it.",
        "The ASICS shop in Lagos.",
        "An LLM from Leeds Law School is worth its fee.",
    ],
)
def test_parts_of_words_and_words_of_another_meaning_tag_nothing(text):
    assert ids(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "We do not use AI.",
        "We don't use AI or machine learning.",
        "There is no AI in it, only nurses.",
        "Works without artificial intelligence.",
        "An AI-free service for lawyers.",
        "A non-AI service for lawyers.",
        "We work without using AI.",
        "We do not yet use AI.",
        "It works, but not because of AI.",
        "We do not use (generative or other) AI.",
        "One thing we do not need: AI.",
        "We stopped using AI last year.",
        "We are not an AI company.",
        "Nurses, not using AI, read each scan.",
        "AI is not used anywhere.",
        "Rather than AI we trust bookkeepers.",
        "We will never sell semiconductors.",
        "Neither quantum computing nor 5G is our business.",
        "We do not build blockchain, AI or quantum computers.",
        "Our fund excludes telecoms.",
        "Feito sem inteligência artificial.",
        "Kami tidak memakai kecerdasan buatan.",
    ],
)
def test_what_is_denied_is_not_tagged(text):
    assert ids(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Not only AI but also people read each scan.",
        "Clinics have no radiologist, so our AI reads the scan.",
        "We have not raised money yet; AI does the work.",
        "With no lab nearby, the app uses machine learning.",
        "Not a gadget, an artificial intelligence service.",
        "No doubt AI helps.",
        "A no-code AI platform for banks.",
        "For non-technical users with an AI assistant.",
        "No code AI for schools.",
        "Clinics have no time (and no money), so our AI reads the scan.",
        "Machine learning (no lab needed) reads each scan.",
        "Threats are found without decryption using artificial intelligence.",
        "No lab is needed thanks to machine learning.",
        "We do not use AI. Our partner uses machine learning.",
    ],
)
def test_a_denial_of_something_else_does_not_hinder(text):
    assert ids(text) == ["ai"]


def test_the_evidence_is_the_sentence_as_it_is_stored_and_the_words_in_it():
    text = "We sell to clinics. Our AI reads scans, e.g. of lungs. It is cheap and quick."
    (tag,) = [tag for tag in tags(text) if tag.kind == TECHNOLOGY]
    (evidence,) = tag.evidence
    assert (evidence.kind, evidence.id, evidence.field) == ("startup", "s1", "summary")
    assert text[evidence.start : evidence.end] == evidence.quote == "Our AI reads scans, e.g. of lungs."
    assert evidence.term == "AI"


def test_a_stated_technology_is_its_own_evidence():
    (tag, *_) = tags("Sensors for clinics.", technologies=("iot", "quantum"))
    (evidence,) = tag.evidence
    assert (tag.id, evidence.field, evidence.quote, evidence.start) == ("quantum", "technologies", "quantum", None)


@pytest.mark.parametrize(
    ("text", "regions"),
    [
        ("A trial in Wales and the North West of England.", ["north-west", "wales"]),
        ("Two Yorkshire hospitals and one in Greater Manchester.", ["north-west", "yorkshire-and-the-humber"]),
        ("Clinics in New South Wales and New Hampshire.", []),
        ("Schools in the North East of Nigeria and in South East Asia.", []),
        ("We are based in East London, in the Eastern Cape.", []),
        ("Reading lessons for Bath salts and Lincoln cars.", []),
        ("We do not work in Scotland.", []),
        ("Made in London, Ontario, and Bristol, United States.", []),
        ("Made in London, Bristol and Cheshire, for the United States.", ["london", "north-west", "south-west"]),
    ],
)
def test_a_region_is_tagged_where_a_text_means_one(text, regions):
    assert ids(text, REGION) == regions


def test_a_partners_region_stands_before_its_city_and_briefs_speak_too():
    partner = a_partner(region="East", city="London", country="GB", thesis="Health devices from Scotland.")
    brief = Brief(id="b1", partner_id="p1", title="Scans", need="An AI that reads scans.", technologies=("iot",))
    other = Brief(id="b2", partner_id="p2", title="Chips", need="A 5G modem.")
    found = partner_tags(partner, [brief, other], TOPICS, REGIONS)
    assert [(tag.id, tag.evidence[0].field) for tag in found if tag.kind != NATIONAL_SECURITY] == [
        ("ai", "need"),
        ("east", "region"),
        ("scotland", "thesis"),
    ]


def test_a_city_counts_where_the_region_is_unknown_or_not_understood():
    for region in (None, "The far north"):
        partner = a_partner(region=region, city="Sheffield", country="GB", thesis=None)
        assert [tag.id for tag in partner_tags(partner, [], TOPICS, REGIONS)] == ["yorkshire-and-the-humber"]


def test_a_sensitive_area_is_quoted_and_advised_never_judged():
    text = "We make satellites. Our satellite office is in Lagos."
    (tag,) = [tag for tag in tags(text) if tag.kind == NATIONAL_SECURITY]
    assert tag.id == "satellite-and-space-technologies"
    assert tag.advice == "may need notification: check"
    assert tag.evidence[0].quote == text[: tag.evidence[0].end]
    assert [tag.advice for tag in tags("Our AI reads scans.") if tag.kind == TECHNOLOGY] == [None]
    assert ids("Our satellite office is in Lagos.", NATIONAL_SECURITY) == []
    assert ids("A first line of defence against fraud.", NATIONAL_SECURITY) == []
