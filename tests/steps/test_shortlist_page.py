"""The HTML of a briefing pack: one file, inert, and readable by people and machines that read aloud."""

from html.parser import HTMLParser
from itertools import pairwise

import pytest

from matcher.steps.pack import briefing_pack
from matcher.steps.shortlist_page import shortlist_page
from tests.packs import a_contribution, a_pair, a_result, quotes

HOSTILE = ("<script>alert(1)</script>", "</style><b>", '" onload="x', "'><img src=x>", "*/}</style>", "&amp;", "\\")
VOID = {"meta"}


class Read(HTMLParser):
    """A page as a strict reader takes it: every tag closed in order."""

    def __init__(self, page):
        super().__init__(convert_charrefs=True)
        self.open, self.tags, self.text, self.ids, self.links = [], [], [], [], []
        self.feed(page)
        self.close()
        assert not self.open

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        self.ids += [value for name, value in attributes if name == "id"]
        self.links += [value for name, value in attributes if name == "href"]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text.append(data)

    def all(self, tag):
        return [attributes for name, attributes in self.tags if name == tag]


def page_of(result, **said):
    return shortlist_page(briefing_pack(result, **said))


@pytest.mark.parametrize("text", HOSTILE)
def test_every_text_is_inert_wherever_it_stands(text):
    part = a_contribution("brief", label=text, evidence=quotes(text, text, "brief", text))
    pair = a_pair("s1", "p1", startup_name=text, partner_name=text, reason=text, cautions=[text], contributions=[part])
    pair["unknown"] = [{"rule": text, "asked_by": text, "detail": text}]
    short = {"id": "s1", "kind": None, "wanted": 2, "got": 1, "because": text}
    result = a_result(pair, programme_name=text, run_id=text, ranker=text, certificate={"short": [short]})
    result["unplaced"] = [{"startup_id": text, "name": text, "because": text}]
    result["refused"] = [{"startup_id": f"{text}2", "rule": text, "detail": text}]
    plain, hostile = Read(page_of(a_like(result))), Read(page_of(result, status=text))
    assert [tag for tag, _ in hostile.tags] == [tag for tag, _ in plain.tags]
    assert {name for _, attributes in hostile.tags for name in attributes} == {
        name for _, attributes in plain.tags for name in attributes
    }
    assert text in "".join(hostile.text)


def a_like(result):
    """The same result with harmless words in place of each text of HOSTILE."""
    if isinstance(result, dict):
        return {key: a_like(value) for key, value in result.items()}
    if isinstance(result, list):
        return [a_like(value) for value in result]
    return "harmless" if result in HOSTILE else result.replace(HOSTILE[0], "x") if isinstance(result, str) else result


def test_it_needs_nothing_from_outside_and_runs_nothing():
    read = Read(page_of(a_result(a_pair())))
    assert not [tag for tag, _ in read.tags if tag in ("script", "link", "img", "iframe", "object")]
    assert all(link.startswith("#") for link in read.links)
    assert not [name for _, attributes in read.tags for name in attributes if name.startswith("on")]


def test_it_can_be_found_in_and_read_aloud():
    pairs = [a_pair("s1", "p1"), a_pair("s1", "p2", rank=2)]
    read = Read(page_of(a_result(*pairs, alternates=[a_pair("s1", "p3", status="alternate")])))
    assert read.all("html") == [{"lang": "en-GB"}]
    assert len(read.all("h1")) == len(read.all("main")) == len(read.all("nav")) == 1
    assert read.links[0] == "#main"
    assert len(set(read.ids)) == len(read.ids)
    assert {link[1:] for link in read.links} <= set(read.ids)
    levels = [int(tag[1]) for tag, _ in read.tags if tag in ("h1", "h2", "h3", "h4")]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert len(read.all("table")) == len(read.all("caption")) >= 3
    assert all(head["scope"] == "col" for head in read.all("th"))


def test_it_says_what_it_is_and_whether_it_is_approved():
    text = "".join(Read(page_of(a_result(a_pair()), status="Approved by Ada on 5 January 2027.")).text)
    for said in (
        "Approved by Ada on 5 January 2027.",
        "a named officer decides",
        "0123456789ab",
        "5 January 2027",
        "v2",
    ):
        assert said in text


def test_a_startup_starts_a_page_when_printed():
    page = page_of(a_result(a_pair()))
    assert "break-before:page" in page
    assert [attributes["id"] for attributes in Read(page).all("section") if attributes["class"] == "page"] == [
        "startup-1",
        "partner-1",
    ]


def test_equal_packs_give_equal_text():
    assert page_of(a_result(a_pair())) == page_of(a_result(a_pair()))
