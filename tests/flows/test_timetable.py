"""From a shortlist to a timetable: kept, exported, changed by a cancellation, made again."""

import csv
import dataclasses
import io
import json
from datetime import UTC, datetime

import icalendar
import openpyxl
import pytest

from matcher.domain.profile import Availability
from matcher.errors import BadInput, NotFound
from matcher.services.reviewing import approve, list_runs
from matcher.services.scheduling import make_timetable, remake_timetable, timetable_bytes
from matcher.services.shortlisting import make_shortlist
from matcher.store import programmes, records
from tests.builders import a_partner, a_startup
from tests.workspaces import TODAY, a_workspace, put

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
TOPICS = ("Sensors for rural clinics.", "Soil probes for maize farms.", "Payments for market traders.")
MEETINGS = """
id = "mine"
name = "Mine"
edition = 2027
[meetings]
max = 2
[capacity]
default = 2
[schedule]
dates = ["2027-03-08"]
sessions = ["09:30-11:00"]
tables = 3
"""
TECHNORTH = """
id = "technorth-pitch"
name = "TechNorth pitch session"
edition = 2015
[meetings]
max = 3
[schedule]
dates = ["2015-03-19"]
sessions = ["10:00-10:30"]
slot_minutes = 5
gap_minutes = 0
format = "pitches"
rooms = ["Manchester", "Leeds", "Sheffield", "Liverpool", "North East"]
"""


@pytest.fixture
def workspace(tmp_path):
    made = put(
        a_workspace(tmp_path),
        startups=[
            a_startup("s0", name="=Zero", summary=TOPICS[0], time_zone="Africa/Nairobi"),
            *(a_startup(f"s{at}", summary=TOPICS[at % 3]) for at in range(1, 4)),
        ],
        partners=[
            a_partner("p0", thesis=TOPICS[0], time_zone="Europe/Helsinki"),
            *(
                a_partner(f"p{at}", name="A name that is a little longer than a sheet's", thesis=TOPICS[at % 3])
                for at in range(1, 5)
            ),
        ],
    )
    with made.writing() as connection:
        programmes.put(connection, "mine", MEETINGS)
        programmes.put(connection, "technorth-pitch", TECHNORTH)
    return made


def shortlist(workspace, programme="mine"):
    return make_shortlist(workspace, programme, 0, TODAY, NOW)


def away(workspace, party, begins, ends, programme="mine"):
    with workspace.writing() as connection:
        record = Availability(id=f"{party} {begins}", party_id=party, programme=programme, begins=begins, ends=ends)
        records.put(connection, "availability", [record])


def places(run):
    return {
        (one["startup_id"], one["partner_id"]): (one["start"], one["table"])
        for one in json.loads(run.result)["meetings"]
    }


def test_every_shortlisted_pair_meets_and_the_same_question_is_the_same_run(workspace):
    pairs = json.loads(shortlist(workspace).result)["pairs"]
    run = make_timetable(workspace, shortlist(workspace).id, NOW)
    assert places(run).keys() == {(pair["startup_id"], pair["partner_id"]) for pair in pairs}
    assert make_timetable(workspace, shortlist(workspace).id, datetime(2027, 1, 1, tzinfo=UTC)) == run
    assert make_timetable(workspace, run.id, NOW) == run
    assert (run.kind, json.loads(run.result)["run_id"]) == ("timetable", run.id)


def test_availability_is_kept_and_a_run_reads_what_it_read_then(workspace):
    first = make_timetable(workspace, shortlist(workspace).id, NOW)
    startup = next(iter(places(first)))[0]
    away(workspace, startup, "2027-03-08T10:00", "2027-03-08T11:00")
    second = make_timetable(workspace, shortlist(workspace).id, NOW)
    assert second.id != first.id
    assert all(start >= "2027-03-08T10" for (own, _), (start, _) in places(second).items() if own == startup)
    for run in (first, second):
        assert remake_timetable(workspace, run) == run.result


def test_after_a_cancellation_all_others_stay_and_the_calendars_say_so(workspace):
    first = make_timetable(workspace, shortlist(workspace).id, NOW)
    gone = next(iter(places(first)))
    second = make_timetable(workspace, first.id, NOW, [gone])
    assert places(second) == {key: place for key, place in places(first).items() if key != gone}
    assert make_timetable(workspace, shortlist(workspace).id, NOW, [gone]) == second
    assert remake_timetable(workspace, second) == second.result
    result = json.loads(second.result)
    assert {one["change"] for one in result["meetings"]} == {"kept"}
    events = icalendar.Calendar.from_ical(timetable_bytes(workspace, second.result, "ics")).walk("VEVENT")
    (cancelled,) = (event for event in events if event.get("status") == "CANCELLED")
    assert cancelled["sequence"] == 1
    before = icalendar.Calendar.from_ical(timetable_bytes(workspace, first.result, "ics")).walk("VEVENT")
    assert {event["uid"] for event in before} == {event["uid"] for event in events}


def test_an_alternate_with_room_left_is_offered_for_the_freed_slot(workspace):
    first = make_timetable(workspace, shortlist(workspace).id, NOW)
    kept = json.loads(shortlist(workspace).result)
    capacity = {load["partner_id"]: load["capacity"] - load["meetings"] for load in kept["loads"]}
    offered = 0
    for gone in places(first):
        run = make_timetable(workspace, first.id, NOW, [gone])
        for offer in json.loads(run.result)["offers"]:
            offered += 1
            assert (offer["startup_id"], offer["instead_of"]) == gone
            assert (offer["start"], offer["table"]) == places(first)[gone]
            assert capacity.get(offer["partner_id"], 2) > 0
            assert (offer["startup_id"], offer["partner_id"]) in {
                (one["startup_id"], one["partner_id"]) for one in kept["alternates"]
            }
            assert offer["start"] not in {
                start for (_, partner), (start, _) in places(run).items() if partner == offer["partner_id"]
            }
    assert offered


def test_a_new_shortlist_stays_like_an_earlier_timetable(workspace):
    first = make_timetable(workspace, shortlist(workspace).id, NOW)
    put(workspace, partners=[a_partner("p9", thesis="Bridges of steel.", sectors=("energy",))])
    second = make_timetable(workspace, shortlist(workspace).id, NOW, (), first.id)
    both = places(first).keys() & places(second).keys()
    assert both
    assert {key: places(second)[key] for key in both} == {key: places(first)[key] for key in both}


@pytest.mark.parametrize("pair", [("s0", "p99"), ("p0", "s0")])
def test_a_pair_that_does_not_meet_cannot_be_cancelled(workspace, pair):
    with pytest.raises(NotFound, match="are not to meet"):
        make_timetable(workspace, shortlist(workspace).id, NOW, [pair])


def test_what_is_no_timetable_cannot_be_followed(workspace):
    run = shortlist(workspace)
    with pytest.raises(BadInput, match="is no timetable"):
        make_timetable(workspace, run.id, NOW, (), run.id)
    with pytest.raises(NotFound, match="There is no run"):
        make_timetable(workspace, "0123456789ab", NOW)


def test_a_calendar_of_one_party_has_its_meetings_with_both_local_times(workspace):
    run = make_timetable(workspace, shortlist(workspace).id, NOW)
    own = [one for one in json.loads(run.result)["meetings"] if one["startup_id"] == "s0"]
    events = icalendar.Calendar.from_ical(timetable_bytes(workspace, run.result, "ics", "s0")).walk("VEVENT")
    assert own and len(events) == len(own)
    for event, meeting in zip(events, own, strict=True):
        assert event["dtstart"].dt == datetime.fromisoformat(meeting["start"])
        assert "Africa/Nairobi" in event["description"] and "Event: Monday 8 March 2027" in event["description"]
        assert event["dtstamp"].dt == datetime.fromisoformat(f"{TODAY}T00:00:00+00:00")
        assert meeting["partner_name"] in event["summary"]
    with pytest.raises(NotFound, match="party of this timetable"):
        timetable_bytes(workspace, run.result, "ics", "s99")


def test_a_party_without_a_time_zone_gets_that_of_the_event_and_it_is_said(workspace):
    run = make_timetable(workspace, shortlist(workspace).id, NOW)
    parties = {one["id"]: (one["time_zone"], one["time_zone_assumed"]) for one in json.loads(run.result)["parties"]}
    assert parties["s0"] == ("Africa/Nairobi", False)
    assert parties["s1"] == ("Europe/London", True)
    assert "names no time zone" in str(timetable_bytes(workspace, run.result, "ics", "s1").replace(b"\r\n ", b""))


def test_a_workbook_has_a_sheet_a_party_no_formula_and_is_ready_to_print(workspace):
    run = make_timetable(workspace, shortlist(workspace).id, NOW)
    content = timetable_bytes(workspace, run.result, "xlsx")
    assert content == timetable_bytes(workspace, run.result, "xlsx")
    book = openpyxl.load_workbook(io.BytesIO(content))
    names = book.sheetnames
    assert len(names) == 1 + len(json.loads(run.result)["parties"])
    assert len({name.casefold() for name in names}) == len(names)
    assert all(len(name) <= 31 for name in names)
    for sheet in book:
        assert sheet["A2"].value == "Draft: no officer has approved this run."
        assert sheet.page_setup.fitToHeight == 0 and sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_title_rows == "$1:$3"
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert any(cell.value == "=Zero" for row in book["Timetable"].iter_rows() for cell in row)


def test_the_csv_and_the_page_are_harmless(workspace):
    put(workspace, startups=[a_startup("s1", name="<script>alert(1)</script>", summary=TOPICS[1])])
    run = make_timetable(workspace, shortlist(workspace).id, NOW)
    page = timetable_bytes(workspace, run.result, "html").decode()
    assert "<script>" not in page and "Draft: no officer has approved this run." in page
    rows = list(csv.DictReader(io.StringIO(timetable_bytes(workspace, run.result, "csv").decode())))
    assert len(rows) == len(places(run))
    assert {row["startup_name"] for row in rows if row["startup_id"] == "s0"} == {"'=Zero"}
    with pytest.raises(BadInput, match="cannot be written as 'pdf'"):
        timetable_bytes(workspace, run.result, "pdf")


def test_technorth_every_pitch_has_a_matched_investor_in_the_room_and_no_investor_is_in_two(workspace):
    put(
        workspace,
        startups=[a_startup(f"t{at:02}", summary=TOPICS[at % 3]) for at in range(12)],
        partners=[a_partner(f"i{at:02}", thesis=TOPICS[at % 3], capacity=6) for at in range(10)],
    )
    chosen = shortlist(workspace, "technorth-pitch")
    pairs = {(one["startup_id"], one["partner_id"]) for one in json.loads(chosen.result)["pairs"]}
    run = make_timetable(workspace, chosen.id, NOW)
    result = json.loads(run.result)
    room_of = {seat["partner_id"]: seat["room"] for seat in result["seats"]}
    assert len(room_of) == len(result["seats"])
    assert {pitch["startup_id"] for pitch in result["pitches"]} == {startup for startup, _ in pairs}
    assert len({(pitch["room"], pitch["start"]) for pitch in result["pitches"]}) == len(result["pitches"])
    for pitch in result["pitches"]:
        heard = [one["partner_id"] for one in pitch["investors"]]
        assert heard and all((pitch["startup_id"], one) in pairs and room_of[one] == pitch["room"] for one in heard)
        minutes = datetime.fromisoformat(pitch["end"]) - datetime.fromisoformat(pitch["start"])
        assert minutes.total_seconds() == 300
    positions = [pitch["position"] for pitch in result["pitches"] if pitch["room"] == "Manchester"]
    assert positions == list(range(1, len(positions) + 1))
    goals = {goal["goal"]: goal for goal in result["certificate"]["goals"]}
    assert goals["pitches"]["gap"] == 0 and goals["points"]["bound"] >= goals["points"]["reached"]
    assert remake_timetable(workspace, run) == run.result
    for format_ in ("csv", "xlsx", "html", "ics"):
        assert timetable_bytes(workspace, run.result, format_)


def test_the_command_prints_exports_and_cancels(samples, tmp_path):
    run = samples.run("shortlist", "texchange-2027", "--as-of", "2027-01-15", "--quiet").stderr.split()[-1]
    made = samples.run("timetable", run, "--quiet")
    assert "Proof: 120 meetings placed" in made.stdout
    timetable = made.stderr.split()[-1]
    rows = list(csv.DictReader(io.StringIO(samples.run("timetable", timetable, "--format", "csv").stdout)))
    pair = rows[0]["startup_id"], rows[0]["partner_id"]
    cancelled = samples.run("timetable", timetable, "--cancel", *pair, "--output", tmp_path / "new.json", "--quiet")
    assert cancelled.stderr.split()[-1] != timetable
    assert len(json.loads((tmp_path / "new.json").read_text())["meetings"]) == len(rows) - 1
    samples.run("timetable", timetable, "--calendars", tmp_path / "calendars", "--quiet")
    files = list((tmp_path / "calendars").iterdir())
    assert len(files) == len({row[side] for row in rows for side in ("startup_id", "partner_id")})
    samples.run("timetable", timetable, "--party", pair[0], "--output", tmp_path / "own.ics", "--quiet")
    samples.run("timetable", timetable, "--party", pair[0], expect=1)
    samples.run("timetable", timetable, "--cancel", pair[0], expect=2)
    samples.run("timetable", timetable, "--output", tmp_path / "own.pdf", expect=1)


def test_an_edition_without_a_schedule_says_what_is_missing(workspace):
    with workspace.writing() as connection:
        programmes.put(connection, "bare", 'id = "bare"\nname = "Bare"\nedition = 2027\n')
    with pytest.raises(BadInput, match=r"give its \[schedule\] dates and sessions"):
        make_timetable(workspace, shortlist(workspace, "bare").id, NOW)


def test_a_changed_manifest_is_another_run(workspace):
    run = make_timetable(workspace, shortlist(workspace).id, NOW)
    other = make_timetable(dataclasses.replace(workspace, code=lambda: "another"), shortlist(workspace).id, NOW)
    assert other.id != run.id and places(other) == places(run)


def test_what_was_called_off_stays_so_when_another_is_called_off_by_the_shortlist(workspace):
    run = shortlist(workspace)
    first, second, *_ = places(make_timetable(workspace, run.id, NOW))
    make_timetable(workspace, run.id, NOW, [first])
    both = make_timetable(workspace, run.id, NOW, [second])
    assert not {first, second} & places(both).keys()
    assert make_timetable(workspace, run.id, NOW, [first]) == both


def test_a_refused_cancellation_keeps_no_run(workspace):
    run = shortlist(workspace)
    with pytest.raises(NotFound):
        make_timetable(workspace, run.id, NOW, [("s0", "p99")])
    assert [line.kind for line in list_runs(workspace)] == ["shortlist"]


def test_a_timetable_is_approved_by_itself_and_tells_of_its_shortlist(workspace):
    run = shortlist(workspace)
    made = make_timetable(workspace, run.id, NOW)
    page = timetable_bytes(workspace, made.result, "html").decode()
    assert "Draft: no officer has approved this run." in page
    approve(workspace, run.id, "A. Officer", NOW)
    page = timetable_bytes(workspace, made.result, "html").decode()
    assert "Draft timetable of a shortlist that was approved by A. Officer on" in page
    approve(workspace, made.id, "B. Officer", NOW)
    assert "Approved by B. Officer on" in timetable_bytes(workspace, made.result, "html").decode()
