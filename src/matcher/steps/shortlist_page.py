"""A briefing pack as one HTML page to read or print: no script, no outside file, every text inert."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

from matcher.domain.match import percent
from matcher.domain.pack import Column, Pack, PackMeeting, Page, Strength, Table, Value

_STYLE = """
*{box-sizing:border-box}
body{font:1rem/1.5 Helvetica,Arial,sans-serif;margin:0;color:#0b0c0c;background:#fff;overflow-wrap:anywhere}
main,nav,header,footer{max-width:54rem;margin:0 auto;padding:0 1rem}
h1{font-size:1.75rem;line-height:1.2} h2{font-size:1.5rem;line-height:1.25;margin:2.5rem 0 .5rem}
h3{font-size:1.125rem;line-height:1.3;margin:0 0 .25rem} h4{font-size:1rem;margin:0 0 .25rem}
p,ul,dl,blockquote{margin:0 0 .5rem} a{color:#1d5a9e} a:focus{outline:3px solid #fd0;background:#fd0;color:#0b0c0c}
.skip{position:absolute;left:-999rem} .skip:focus{position:static}
.status{border:2px solid #0b0c0c;padding:.5rem 1rem;font-weight:bold} .small{color:#505a5f;font-size:.875rem}
.meeting{border-top:1px solid #b1b4b6;padding:.75rem 0} .caution{border-left:4px solid #d4351c;padding-left:.75rem}
.ask{border-left:4px solid #1d70b8;padding-left:.75rem} blockquote{margin-left:1rem}
dl.about{display:grid;grid-template-columns:minmax(6rem,10rem) 1fr;gap:.25rem 1rem} dt{font-weight:bold} dd{margin:0}
table{border-collapse:collapse;width:100%;margin:0 0 1.5rem} caption{text-align:left;font-weight:bold}
th,td{text-align:left;vertical-align:top;padding:.3rem .6rem .3rem 0;border-bottom:1px solid #b1b4b6}
th,.word{overflow-wrap:normal} th.figure,td.figure{text-align:right;white-space:nowrap}
nav ul{columns:16rem;padding-left:1.25rem}
@media (max-width:30rem){th,td{font-size:.875rem;padding-right:.35rem} dl.about{display:block} dd{margin-bottom:.5rem}}
@media print{
body{font-size:10pt} main,nav,header,footer{max-width:none;padding:0} a{color:inherit;text-decoration:none}
.page,.list{break-before:page} .meeting,tr,blockquote{break-inside:avoid} h2,h3,h4{break-after:avoid}
.skip,.top{display:none} h2{margin-top:0} thead{display:table-header-group}
}
"""
# Names the run on every printed page; browsers that cannot do it leave it out.
_PRINTED = (
    "@page{{size:A4;margin:16mm 15mm 18mm;@bottom-left{{content:{};font:8pt Helvetica,Arial,sans-serif}}"
    '@bottom-right{{content:"page " counter(page) " of " counter(pages);font:8pt Helvetica,Arial,sans-serif}}}}'
)
_CLASSES = {"whole": "figure", "points": "figure", "share": "figure", "word": "word"}


def shortlist_page(pack: Pack) -> str:
    """The page of a pack. Equal packs give equal text."""
    return "".join(_parts(pack))


def _parts(pack: Pack) -> Iterable[str]:
    yield '<!doctype html>\n<html lang="en-GB"><head><meta charset="utf-8">'
    yield f"<title>{escape(pack.title)}</title>"
    yield '<meta name="viewport" content="width=device-width,initial-scale=1">'
    yield f"<style>{_STYLE}{_PRINTED.format(_css_text(pack.running))}</style></head><body>\n"
    yield '<a class="skip" href="#main">Skip to the meetings</a>\n'
    yield f"<header id='top'><h1>{_name(pack.title)}</h1><p class='status'>{escape(pack.status)}</p>"
    rows = "".join(f"<dt>{escape(what)}</dt><dd>{_name(said)}</dd>" for what, said in pack.about)
    yield f"<dl class='about'>{rows}</dl></header>\n"
    lists = [(f"list-{at}", table) for at, table in enumerate((*pack.first, *pack.rest), start=1)]
    yield "<nav aria-label='Contents'><h2>Contents</h2>"
    yield _contents("Lists", [(key, table.name) for key, table in lists])
    yield _contents("Startups", [(page.key, page.name) for page in pack.startups])
    yield _contents("Partners", [(page.key, page.name) for page in pack.partners])
    yield "</nav>\n<main id='main'>\n"
    for key, table in lists[: len(pack.first)]:
        yield _list(key, table)
    for page in (*pack.startups, *pack.partners):
        yield _page(page)
    for key, table in lists[len(pack.first) :]:
        yield _list(key, table)
    yield f"</main>\n<footer><p class='small'>{_name(pack.running)}</p></footer></body></html>\n"


def _contents(heading: str, entries: list[tuple[str, str]]) -> str:
    items = "".join(f"<li><a href='#{key}'>{_name(name)}</a></li>" for key, name in entries)
    return f"<h3>{heading}</h3><ul>{items}</ul>" if entries else ""


def _page(page: Page) -> str:
    about = f"<p>“{_name(page.about)}”</p>" if page.about else ""
    parts = [
        f"<section class='page' id='{page.key}' aria-labelledby='{page.key}-name'>",
        f"<h2 id='{page.key}-name'>{_name(page.name)}</h2>",
        f"<p>{' · '.join(map(_name, page.facts))}</p><p class='small'>{escape(page.id)}</p>{about}",
        *_marked("Short of meetings", "caution", page.remarks),
        *_marked("Caution for every meeting", "caution", page.cautions),
        *_marked("Ask in every meeting", "ask", page.asks),
        *(_meeting(meeting) for meeting in page.meetings),
    ]
    if page.alternates:
        parts += ["<h3>Alternates, if a meeting falls through</h3>", *(_meeting(own, "h4") for own in page.alternates)]
    return "".join([*parts, "<p class='small top'><a href='#top'>Back to the top</a></p></section>\n"])


def _meeting(meeting: PackMeeting, heading: str = "h3") -> str:
    name = f"<a href='#{meeting.page}'>{_name(meeting.name)}</a>" if meeting.page else _name(meeting.name)
    kind = f"{meeting.kind.capitalize()} · " if meeting.kind else ""
    parts = [
        f"<div class='meeting'><{heading}>{meeting.number}. {name}</{heading}>",
        f"<p class='small'>{kind}{meeting.fit} · confidence: {meeting.confidence.lower()}</p>",
        f"<p>{_name(meeting.reason)}</p>",
        *map(_strength, meeting.strengths),
        *_marked("Caution", "caution", meeting.cautions),
        *_marked("Ask in the meeting", "ask", meeting.asks),
        "</div>",
    ]
    return "".join(parts)


def _strength(strength: Strength) -> str:
    said = f" {_name(strength.said)}" if strength.said else ""
    quotes = "".join(f"<blockquote>{_name(said.who)}: {_name(said.quote)}</blockquote>" for said in strength.quotes)
    return f"<p><strong>{escape(strength.topic)}.</strong>{said}</p>{quotes}"


def _marked(what: str, mark: str, said: Iterable[str]) -> Iterable[str]:
    return (f"<p class='{mark}'><strong>{what}:</strong> {_name(text)}</p>" for text in said)


def _list(key: str, table: Table) -> str:
    head = f"<section class='list' id='{key}' aria-labelledby='{key}-name'><h2 id='{key}-name'>{table.name}</h2>"
    if not table.rows:
        return f"{head}<p>{table.empty}</p></section>\n"
    shown = [at for at, column in enumerate(table.columns) if column.narrow]
    columns = "".join(f"<th scope='col'{_class(table.columns[at])}>{table.columns[at].heading}</th>" for at in shown)
    rows = "".join(
        "<tr>" + "".join(_cell(table.columns[at], row[at], pages[at]) for at in shown) + "</tr>"
        for row, pages in zip(table.rows, table.pages, strict=True)
    )
    return (
        f"{head}<table><caption>{table.says}</caption><thead><tr>{columns}</tr></thead><tbody>{rows}</tbody></table>"
        "</section>\n"
    )


def _cell(column: Column, value: Value, page: str | None) -> str:
    if isinstance(value, float):
        text = percent(value) if column.shape == "share" else f"{value:.2f}"
    else:
        text = "" if value is None else _name(str(value))
    linked = f"<a href='#{page}'>{text}</a>" if page else text
    return f"<td{_class(column)}>{linked}</td>"


def _class(column: Column) -> str:
    return f" class='{_CLASSES[column.shape]}'" if column.shape in _CLASSES else ""


def _name(text: str) -> str:
    """A text of somebody else's, whatever its script: its direction stays its own."""
    return f"<bdi>{escape(text)}</bdi>"


def _css_text(text: str) -> str:
    """A string for a style sheet, of which nothing can end the string or the sheet."""
    return '"' + re.sub(r"[^\w ]", lambda found: f"\\{ord(found[0]):x} ", text, flags=re.ASCII) + '"'
