"""A shortlist as one HTML page to read or print: no script, no outside file, every text inert."""

from __future__ import annotations

from html import escape
from itertools import groupby
from typing import Any

from matcher.domain.match import percent
from matcher.domain.vocabulary import KIND_LABELS

_STYLE = """
body{font:16px/1.5 Helvetica,Arial,sans-serif;margin:0 auto;max-width:60rem;padding:1rem;color:#0b0c0c}
table{border-collapse:collapse;width:100%;margin:0 0 1.5rem}
th,td{text-align:left;vertical-align:top;padding:.4rem .8rem .4rem 0;border-bottom:1px solid #b1b4b6}
section{break-inside:avoid} .small{color:#505a5f;font-size:.875rem} caption{text-align:left;font-weight:bold}
"""


def shortlist_page(result: dict[str, Any]) -> str:
    """The page of a shortlist result."""
    title = escape(result["programme_name"])
    certificate = result["certificate"]
    parts = [
        f'<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>{title}: shortlist</title>',
        '<meta name="viewport" content="width=device-width,initial-scale=1">',
        f"<style>{_STYLE}</style></head><body><h1>{title}: shortlist</h1>",
        "<p>These are suggestions; a named officer decides.</p>",
        f'<p class="small">Run {escape(result["run_id"])} · as of {escape(result["as_of"])} · ranker '
        f"{escape(result['ranker'])} · {len(result['pairs'])} meetings of {len(result['placed'])} startups · objective "
        f"{certificate['objective']:.6f}, bound {certificate['bound']:.6f}, gap {certificate['gap']:g}</p>",
    ]
    alternates = {
        startup: list(pairs) for startup, pairs in groupby(result["alternates"], key=lambda pair: pair["startup_id"])
    }
    meetings = {
        startup: list(pairs) for startup, pairs in groupby(result["pairs"], key=lambda pair: pair["startup_id"])
    }
    for placed in result["placed"]:
        startup = placed["startup_id"]
        parts.append(f'<section><h2>{escape(placed["name"])} <span class="small">{escape(startup)}</span></h2>')
        parts.append(_table("Meetings", meetings.get(startup, [])))
        if startup in alternates:
            parts.append(_table("Alternates", alternates[startup]))
        parts.append("</section>")
    parts += [
        _plain_table("Falls short", ("Startup", "Wanted", "Got", "Because"), certificate["short"], _short),
        _plain_table("No place", ("Startup", "Because"), result["unplaced"], lambda s: (s["name"], s["because"])),
        _plain_table("Refused", ("Startup", "Rule", "Detail"), result["refused"], lambda s: tuple(s.values())),
        "</body></html>\n",
    ]
    return "".join(parts)


def _table(caption: str, pairs: list[dict[str, Any]]) -> str:
    rows = "".join(
        f"<tr><th scope='row'>{escape(pair['partner_name'])}<br><span class='small'>{KIND_LABELS[pair['kind']]}, "
        f"{escape(pair['band'])}, confidence {percent(pair['confidence'])}</span></th>"
        f"<td>{escape(pair['reason'])}{_cautions(pair)}</td></tr>"
        for pair in pairs
    )
    head = "<thead><tr><th scope='col'>Partner</th><th scope='col'>Reason</th></tr></thead>"
    return f"<table><caption>{caption}</caption>{head}<tbody>{rows}</tbody></table>"


def _cautions(pair: dict[str, Any]) -> str:
    return "".join(f"<br><strong>Caution:</strong> {escape(caution)}" for caution in pair["cautions"])


def _short(short: dict[str, Any]) -> tuple[str, ...]:
    kind = f" ({KIND_LABELS[short['kind']]})" if short["kind"] else ""
    return short["id"], f"{short['wanted']}{kind}", str(short["got"]), short["because"]


def _plain_table(caption: str, heads: tuple[str, ...], items: list[dict[str, Any]], row: Any) -> str:
    if not items:
        return ""
    head = "".join(f"<th scope='col'>{text}</th>" for text in heads)
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row(item)) + "</tr>" for item in items)
    return f"<table><caption>{caption}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
