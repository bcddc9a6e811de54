"""What is read of each text, and what staff are told of it."""

import numpy as np
import pytest

from matcher.domain.audience import Audience
from matcher.domain.profile import Brief, HistoryRecord, PortfolioCompany
from matcher.domain.programme import Programme
from matcher.match import match
from matcher.steps.flags import flags
from matcher.steps.languages import unread
from matcher.steps.reading import Reader
from matcher.steps.texts import BRIEF
from matcher.steps.withheld import withheld
from tests.builders import a_partner, a_startup
from tests.workspaces import a_workspace, all_accounts, all_lines, matched, put

HONEST = "We monitor patients at home and show nurses what has changed."
LIST = "health hospital nurse patient monitor alarm ward bed drug dose chart scan heart lung blood sugar clinic doctor"
THESIS = (
    "We back founders who move cargo by rail and barge rather than by lorry across the borders of the continent. "
    "Cheques are small and come with a logistics partner in Leeds or Sheffield who knows every freight yard."
)
PORTUGUESE = (
    "Nossa empresa oferece um aplicativo que ajuda pequenos agricultores a vender a colheita sem intermediários."
)


def said_of(tmp_path, summary, english_only=False, **more):
    """The inputs with one startup of this summary, s1."""
    startups = [a_startup("s1", summary=summary), a_startup("s2", summary="Freight is booked by phone in our app.")]
    partners = more.pop("partners", [a_partner("p1", name="Ferncare", thesis=THESIS)])
    workspace = put(a_workspace(tmp_path), startups=startups, partners=partners, **more)
    if english_only:
        workspace.embedder.languages = frozenset({"en"})
    return workspace, *matched(workspace)


def test_an_honest_summary_counts_whole_and_has_no_flag(tmp_path):
    _, inputs, _ = said_of(tmp_path, HONEST)
    assert inputs.startup_passages[0].plain == (HONEST,)
    assert list(flags(inputs, 0)) == []


def test_a_list_of_keywords_does_not_count_and_is_flagged(tmp_path):
    _, inputs, _ = said_of(tmp_path, f"{HONEST} {LIST}")
    assert inputs.startup_passages[0].plain == (HONEST,)
    (flag,) = flags(inputs, 0)
    assert "list of keywords" in flag
    assert "health hospital nurse" in flag


def test_what_is_copied_from_a_thesis_does_not_count_and_is_flagged(tmp_path):
    _, inputs, _ = said_of(tmp_path, f"{HONEST} {THESIS}")
    assert inputs.startup_passages[0].plain == (HONEST,)
    (flag,) = flags(inputs, 0)
    assert "Ferncare" in flag
    assert "their thesis" in flag


def test_what_is_copied_from_a_brief_names_the_brief(tmp_path):
    brief = Brief(id="b1", partner_id="p1", title="Calm wards", need=THESIS)
    partners = [a_partner("p1", name="Ferncare", thesis="We are generalists.")]
    _, inputs, _ = said_of(tmp_path, f"{HONEST} {THESIS}", partners=partners, briefs=[brief])
    assert "“Calm wards”" in next(flags(inputs, 0))


@pytest.mark.parametrize("date", ["2020", "2099"], ids=["before", "later than the as-of date"])
def test_a_thesis_that_quotes_a_company_it_backed_makes_that_company_no_copy(tmp_path, date):
    history = [HistoryRecord(id="h", startup_id="s1", partner_id="p1", outcome="invested", date=date)]
    _, inputs, _ = said_of(tmp_path, THESIS, history=history)
    assert len(inputs.startup_passages[0].plain) == 2
    assert list(flags(inputs, 0)) == []


def test_a_summary_that_is_all_copied_or_all_keywords_is_not_assessed(tmp_path):
    for at, summary in enumerate((THESIS, LIST)):
        _, _, matches = said_of(tmp_path / str(at), summary)
        assert not matches.assessed[0]


def test_hidden_and_look_alike_letters_are_read_as_a_reader_sees_them(tmp_path):
    _, inputs, _ = said_of(tmp_path, HONEST.replace("patients", "pa\u200bti\u200bents").replace("home", "h\u043eme"))
    assert inputs.startup_passages[0].plain == (HONEST,)
    assert [flag.split(";")[0] for flag in flags(inputs, 0)] == [
        "The startup's summary holds 2 characters that nobody sees",
        "1 word of the startup's summary is written with letters of another alphabet that look Latin",
    ]


def test_a_summary_in_another_language_is_matched_on_what_is_stated(tmp_path):
    partners = [a_partner("p1", thesis=THESIS, countries=("KE",))]
    workspace, inputs, matches = said_of(tmp_path, PORTUGUESE, english_only=True, partners=partners)
    assert matches.assessed[0]
    assert inputs.startup_passages[0].plain == ()
    account = all_accounts(workspace, inputs, matches)[0]
    assert not any(part.evidence for part in account.contributions)
    assert account.cautions == (
        "The startup's summary is in Portuguese, which the encoder does not know: it is matched on its structured "
        "fields alone.",
    )
    assert account.flags == ()
    assert (account.summary_language, account.thesis_language) == ("pt", "en")


def test_an_encoder_that_knows_the_language_reads_it(tmp_path):
    _, inputs, _ = said_of(tmp_path, PORTUGUESE)
    assert inputs.startup_passages[0].plain == (PORTUGUESE,)
    assert list(flags(inputs, 0)) == []


def test_a_thesis_in_another_language_is_left_out_and_everybody_is_told(tmp_path):
    partners = [a_partner("p1", thesis=PORTUGUESE)]
    company = PortfolioCompany(
        id="p1/x", partner_id="p1", name="Colheita", summary=PORTUGUESE, sectors=("agriculture",)
    )
    _, inputs, matches = said_of(tmp_path, HONEST, english_only=True, partners=partners, portfolio=[company])
    assert inputs.texts.texts == ()
    assert matches.assessed[0]
    assert matches.features.past.number[0] == 1
    assert list(unread(inputs, 0, 0)) == [
        "Some of what the partner says is in Portuguese, which the encoder does not know: it is matched on the rest."
    ]


def test_profiles_of_one_organisation_are_flagged(tmp_path):
    startups = [a_startup(id_, name="Fern", country="KE", summary=f"{HONEST} {id_}") for id_ in ("s1", "s2")]
    workspace = put(a_workspace(tmp_path), startups=startups, partners=[a_partner("p1")])
    inputs, _ = matched(workspace)
    assert list(flags(inputs, 0)) == [
        "It seems to be one organisation with 's2' (the same name and country), of which a shortlist takes one profile."
    ]


def test_a_copy_of_a_company_that_a_partner_backed_is_no_company_like_it(tmp_path):
    long = f"{HONEST} Wards in twelve hospitals use it every night to see who should be visited first in the morning."
    copy = long.replace("twelve", "thirteen")
    startups = [a_startup("s1", summary=long, name="Fern"), a_startup("s2", summary=copy, name="Moss")]
    history = [HistoryRecord(id="h", startup_id="s1", partner_id="p1", outcome="invested", date="2024")]
    workspace = put(a_workspace(tmp_path), startups=startups, partners=[a_partner("p1")], history=history)
    _, matches = matched(workspace)
    assert matches.features.past.number.tolist() == [0, 0]


def test_a_text_is_read_once():
    asked = []
    reader = Reader(lambda text: asked.append(text) or "en", frozenset({"en"}))
    for _ in range(2):
        assert reader.letters(HONEST).known
    assert asked == [HONEST]
    assert np.array_equal(reader.letters(HONEST).plain.offsets, np.arange(len(HONEST)))


def test_an_encoder_of_every_language_takes_no_foreign_text_for_a_list(tmp_path):
    long = f"{PORTUGUESE} Atendemos cooperativas em três estados e cobramos apenas quando a venda chega ao fim do mês."
    _, inputs, _ = said_of(tmp_path, long)
    assert inputs.struck[0].lists == ()
    assert len(inputs.startup_passages[0].plain) == 2


def test_a_brief_that_cannot_be_read_is_matched_on_what_is_stated(tmp_path):
    brief = Brief(id="b1", partner_id="p1", title="Colheita", need=PORTUGUESE)
    partners = [a_partner("p1", thesis=THESIS)]
    workspace, inputs, _ = said_of(tmp_path, HONEST, english_only=True, partners=partners, briefs=[brief])
    matches = match(inputs, workspace.ranker, np.array([0], np.int32), np.array([0], np.int32), brief="b1")
    assert matches.assessed[0]
    assert matches.near.text[BRIEF][0, 0] == -1


def test_who_says_too_little_is_told_by_what_counts(tmp_path):
    _, inputs, matches = said_of(tmp_path, LIST)
    assert all_lines(inputs, matches)[0].reason.startswith("Not assessed: nothing but a list of keywords")
    told = all_lines(withheld(inputs, Audience.STARTUP), matches)[0].reason
    assert told.startswith("Not assessed: the startup's summary says too little of its own; two sentences")


@pytest.mark.parametrize(
    ("summary", "said", "enough"),
    [
        (None, {}, False),
        ("  ", {"sectors": ("logistics",), "stage": "seed"}, False),
        ("Three little words", {}, False),
        ("Three little words", {"sectors": ("logistics",), "stage": "seed"}, False),
        ("… ! ? — .", {}, False),
        ("Four words say enough", {}, True),
        ("One-click smart financing", {}, True),
        ("我们为社区护士开发远程监护设备", {}, True),
        ("मरीजों की घर पर निगरानी", {}, True),
    ],
)
def test_three_words_are_not_enough_to_be_assessed_whatever_else_is_known(tmp_path, summary, said, enough):
    startup = a_startup("s1", summary=summary, **said)
    inputs, _ = matched(put(a_workspace(tmp_path), startups=[startup], partners=[a_partner("p1", thesis=THESIS)]))
    assert inputs.says_enough(0) is enough


def test_where_nothing_at_all_is_known_there_is_no_score(tmp_path):
    partners = [a_partner("p1", thesis=PORTUGUESE)]
    _, inputs, matches = said_of(tmp_path, PORTUGUESE, english_only=True, partners=partners)
    assert not matches.features.known[0].any()
    assert not matches.assessed[0]
    assert all_lines(inputs, matches)[0].reason == (
        "Not assessed: the startup's summary is in Portuguese and some of what the partner says is in Portuguese, "
        "which the encoder does not know, and nothing that both state can be compared; two sentences in English, or "
        "more fields, will do."
    )


def test_a_startup_that_a_partner_backed_is_itself_in_any_language_and_says_nothing_for_that_partner(tmp_path):
    history = [HistoryRecord(id="h", startup_id="s1", partner_id="p1", outcome="invested", date="2024")]
    for at, summary in enumerate((HONEST, PORTUGUESE)):
        partners = [a_partner("p1", thesis=None)]
        folder = tmp_path / str(at)
        _, _, matches = said_of(folder, summary, english_only=True, partners=partners, history=history)
        assert matches.features.past.number[0] == 0
        assert not matches.assessed[0]


def test_a_company_in_the_same_words_is_the_startup_itself_in_any_language(tmp_path):
    for at, summary in enumerate((HONEST, PORTUGUESE)):
        company = PortfolioCompany(id="p1/x", partner_id="p1", name="Coldo", summary=f"{summary.upper()}!")
        _, _, matches = said_of(tmp_path / str(at), summary, english_only=True, portfolio=[company])
        assert matches.features.past.number.tolist() == [0, 1]


def test_copies_of_a_profile_are_one_organisation_in_any_language(tmp_path):
    startups = [a_startup(f"s{at}", name=f"Name {at}", summary=PORTUGUESE) for at in range(3)]
    workspace = put(a_workspace(tmp_path), startups=startups, partners=[a_partner("p1", thesis=THESIS)])
    workspace.embedder.languages = frozenset({"en"})
    assert matched(workspace)[0].organisations.group.tolist() == [0, 0, 0]


@pytest.mark.parametrize("thesis", ["\u200b\u200b\u2060", "\u3164 \u3164 \u3164 \u3164 \u3164"])
def test_a_thesis_that_nobody_sees_is_none(tmp_path, thesis):
    _, inputs, matches = said_of(tmp_path, HONEST, partners=[a_partner("p1", thesis=thesis)])
    assert inputs.texts.texts == ()
    assert not matches.assessed[0]


def test_a_theme_that_cannot_be_read_is_said_to_be_so(tmp_path):
    workspace, _, _ = said_of(tmp_path, HONEST, english_only=True)
    inputs, matches = matched(workspace, Programme(id="e", name="E", edition=1, theme=PORTUGUESE))
    assert inputs.theme_row is None
    assert all_accounts(workspace, inputs, matches)[0].cautions == (
        "The edition's theme is in Portuguese, which the encoder does not know: nobody is held against it.",
    )
