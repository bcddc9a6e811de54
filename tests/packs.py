"""Shortlist results for tests of the briefing pack: as a run keeps them, named only in what a test is about."""

from __future__ import annotations

from typing import Any


def a_contribution(feature: str = "thesis", points: float = 1.0, **said: Any) -> dict[str, Any]:
    return {
        "feature": feature,
        "label": f"Label of {feature}",
        "points": points,
        "fit_for": "partner",
        "evidence": [],
        "facts": [],
        **said,
    }


def quotes(startup: str, partner: str, partner_kind: str = "partner", partner_id: str = "p1") -> list[dict[str, Any]]:
    """Evidence from both sides."""
    return [
        {
            "side": side,
            "record": {"kind": kind, "id": id_},
            "field": "summary",
            "quote": quote,
            "start": 0,
            "end": len(quote),
        }
        for side, kind, id_, quote in (
            ("startup", "startup", "s1", startup),
            ("partner", partner_kind, partner_id, partner),
        )
    ]


def a_pair(startup: str = "s1", partner: str = "p1", **said: Any) -> dict[str, Any]:
    return {
        "startup_id": startup,
        "partner_id": partner,
        "score": 2.0,
        "band": "strong",
        "confidence": 0.8,
        "reason": f"It of {startup} suits them of {partner}.",
        "contributions": [],
        "met": [],
        "unmet": [],
        "unknown": [],
        "cautions": [],
        "status": "meeting",
        "rank": 1,
        "startup_name": f"Startup {startup}",
        "partner_name": f"Partner {partner}",
        "kind": "investor",
        **said,
    }


def a_result(*pairs: dict[str, Any], **said: Any) -> dict[str, Any]:
    """The result that these meetings make; everybody in it has a place."""
    placed = {pair["startup_id"]: pair["startup_name"] for pair in pairs}
    loads = {pair["partner_id"]: (pair["partner_name"], pair["kind"]) for pair in pairs}
    certificate = {"objective": 3.0, "bound": 3.0, "gap": 0.0, "shortfall": 0, "least_score": 0.5}
    certificate |= {"pairs_admitted": 4, "pairs_priced": 4, "short": [], **said.pop("certificate", {})}
    return {
        "run_id": "0123456789ab",
        "programme_id": "edition",
        "programme_name": "An edition",
        "as_of": "2027-01-05",
        "ranker": "v2",
        "placed": [{"startup_id": id_, "name": name} for id_, name in placed.items()],
        "unplaced": [],
        "pairs": list(pairs),
        "alternates": [],
        "loads": [
            {
                "partner_id": id_,
                "name": name,
                "kind": kind,
                "capacity": 6,
                "meetings": sum(pair["partner_id"] == id_ for pair in pairs),
            }
            for id_, (name, kind) in sorted(loads.items())
        ],
        "refused": [],
        "certificate": certificate,
        **said,
    }
