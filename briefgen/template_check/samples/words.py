"""What the samples say: one summary with every field there is, and texts in other languages and of other lengths.

Data only. A test holds that no field of the model is left out of `MAXIMAL`.
"""

from __future__ import annotations

from typing import Any


def _told(claim: str) -> dict[str, str]:
    """Return a claim in the three built-in wordings."""
    return {"full": f"{claim}, as far as the port's own reports show", "short": claim, "plain": f"{claim}, people say"}


def _evidence(source: str, relation: str = "supports") -> dict[str, Any]:
    return {
        "source": source,
        "quote": "equipage a terre",
        "translation": "crews ashore",
        "cites": "Harbour News",
        "unnamed": "one harbour official",
        "locator": "¶2",
        "relation": relation,
    }


_ITEM: dict[str, Any] = {"review": "done", "tlp": "CLEAR", "keep": [], "omit": []}


def _development(number: int, headline: str, status: str) -> dict[str, Any]:
    return {
        "id": f"D{number}",
        "headline": headline,
        "text": _told(f"{headline} in the second week of March"),
        "date": f"2025-03-0{number}",
        "status": status,
        "attribution": "the harbour master",
        "evidence": [_evidence("S1"), _evidence("S2", "contradicts" if number == 2 else "supports")],
        **_ITEM,
    }


def _stakeholder(number: int, name: str, kind: str, leverage: str) -> dict[str, Any]:
    return {
        "id": f"A{number}",
        "name": name,
        "kind": kind,
        "role": _told("Has a say in the timetable"),
        "position": _told("Wants talks before the season"),
        "status": "claimed",
        "interest": _told("Full ships in summer"),
        "leverage": leverage,
        "leverage_reason": "owns the quays",
        "evidence": [_evidence("S2")],
        **_ITEM,
    }


def _risk(number: int, title: str, likelihood: str, impact: int) -> dict[str, Any]:
    return {
        "id": f"R{number}",
        "title": title,
        "mechanism": _told("If ships stay in port then shelves empty, because the islands keep few stores"),
        "exposed": ["A2", "island shops"],
        "likelihood": likelihood,
        "impact": impact,
        "impact_reason": "No other route",
        "horizon": "0-3m",
        "confidence": "low",
        "confidence_reason": "One report only",
        "early_signs": ["W1", "queues at the shops"],
        "mitigation": "Charter planes",
        "evidence": [_evidence("S1")],
        **_ITEM,
    }


def _scenario(number: int, name: str, likelihood: str) -> dict[str, Any]:
    return {
        "id": f"SC{number}",
        "name": name,
        "narrative": _told("Both sides meet, and the ships sail again by Easter"),
        "likelihood": likelihood,
        "indicators": ["W1", "a joint letter"],
        "implications": "The islands are supplied",
        **_ITEM,
    }


def _watch(number: int, event: str, confirmed: str) -> dict[str, Any]:
    return {
        "id": f"W{number}",
        "date": f"2025-04-0{number}",
        "event": _told(event),
        "why": "It shows the mood of the crews",
        "confirmed": confirmed,
        "attribution": "the union",
        "evidence": [_evidence("S1")],
        **_ITEM,
    }


def _judgement(number: int, text: str, likelihood: str) -> dict[str, Any]:
    return {
        "id": f"J{number}",
        "text": _told(text),
        "likelihood": likelihood,
        "confidence": "low",
        "confidence_reason": "One report only",
        "horizon": "3-12m",
        "rests_on": ["D1"],
        **_ITEM,
    }


def _source(number: int, title: str, genre: str) -> dict[str, Any]:
    return {
        "id": f"S{number}",
        "title": title,
        "published": "2025-03-02",
        "publisher": "Port Gazette",
        "author": "P. Porter",
        "accessed": "2025-03-03",
        "url": "https://example.eu/port",
        "file": f"articles/{number}.md",
        "file_sha256": "0" * 64,
        "language": "en",
        "genre": genre,
        "reliability": "C",
        "descriptor": "A local paper that relays Harbour News",
    }


MAXIMAL: dict[str, Any] = {
    "schema": 1,
    "language": "en-GB",
    "perspective": "the islands",
    "title": "Ferry crews are likely to strike again",
    "dek": "A short strike would be felt within days.",
    "stage": "draft",
    "as_of": "2025-03-10",
    "series": "Harbour Desk",
    "number": "2025/07",
    "previous": "sample-06.yaml",
    "translation_of": "sample-original",
    "authors": [{"name": "A. Analyst", "role": "Harbour analyst"}, {"name": "B. Analyst", "role": "Economist"}],
    "reviewer": {"name": "R. Reviewer", "date": "2025-03-10"},
    "contact": {"name": "Harbour Desk", "email": "desk@harbour.example"},
    "production": "ai_assisted",
    "yardstick": "phia-2025",
    "marking": {
        "tlp": "CLEAR",
        "note": "Not before noon",
        "release": {"public": {"tlp": "CLEAR", "by": "R. Releaser", "date": "2025-03-10"}},
    },
    "bottom_line": _told("A second strike is likely to empty the shops of the islands"),
    "rests_on": ["D1", "D2"],
    "why_it_matters": {**_told("The islands live on what the ferries bring"), "evidence": [_evidence("S2")]},
    "background": {"text": _told("The crews struck in March for the first time in ten years"), "evidence": [_evidence("S2")]},
    "ask": {
        "decision": "whether to hire planes",
        "deadline": "2025-03-14",
        "options": [
            {
                "text": "Hire planes",
                "for": "Keeps the islands supplied",
                "against": "Costs money",
                "evidence": [_evidence("S1")],
            },
            {"text": "Wait", "for": "Costs nothing", "against": "Shelves may empty"},
        ],
        "recommended": 1,
    },
    "lines_to_take": [_told("Talks come first"), {**_told("The islands are supplied"), "evidence": [_evidence("S2")]}],
    "changes": [
        {
            "id": "C1",
            "item": "D1",
            "text": _told("A second vote was called"),
            "why": "The first was lost by a few votes",
            **_ITEM,
        },
        {"id": "C2", "item": "R2", "text": _told("Guests now cancel"), "why": "The season begins early this year", **_ITEM},
    ],
    "key_judgements": [
        _judgement(1, "A second strike is likely", "likely"),
        _judgement(2, "A pay rise is unlikely", "unlikely"),
        _judgement(3, "Talks before Easter are highly likely", "highly likely"),
    ],
    "key_developments": [
        _development(1, "Crews struck", "reported"),
        _development(2, "Owners refused talks", "claimed"),
        _development(3, "The union denied a split", "denied"),
        _development(4, "The port opened late", "established"),
    ],
    "stakeholders": [
        _stakeholder(1, "Ferry owners", "company", "high"),
        _stakeholder(2, "Island councils", "group", "medium"),
        _stakeholder(3, "Crews' union", "group", "low"),
    ],
    "risks": [
        _risk(1, "Empty shelves", "likely", 4),
        _risk(2, "Lost guests", "unlikely", 2),
        _risk(3, "Fuel runs short", "highly likely", 3),
        _risk(4, "Post is late", "almost certain", 1),
    ],
    "outlook": {
        "until": "2025-09-30",
        "summary": _told("A deal before summer is within reach"),
        "exhaustive": False,
        "scenarios": [_scenario(1, "Quick deal", "unlikely"), _scenario(2, "No deal", "likely")],
        "watch": [
            _watch(1, "Ballot of the crews", "yes"),
            _watch(2, "Summer timetable", "no"),
            _watch(3, "Meeting of the councils", "unknown"),
        ],
        "gaps": [_told("What the crews earn is not known"), _told("Who pays for planes is open")],
        "alternatives": [_told("The strike may be a sign to the owners only")],
    },
    "disagreements": [
        {
            "id": "X1",
            "about": _told("Whether talks took place"),
            "sides": [
                {"text": _told("The paper says that they did"), "evidence": [_evidence("S1")]},
                {"text": _told("The owners say that they did not"), "evidence": [_evidence("S2")]},
            ],
            "items": ["D2", "D3"],
            "handling": _told("Both are shown"),
            **_ITEM,
        }
    ],
    "glossary": [
        {"term": "strike", "expansion": "industrial action", "plain": "a stop of work"},
        {"term": "talks", "expansion": "collective bargaining", "plain": "meetings of both sides"},
    ],
    "waivers": [
        {
            "code": "COR",
            "item": "D1",
            "field": "text",
            "words": "The port",
            "reason": "No other text",
            "by": "R. Reviewer",
            "until": "2025-06-30",
        }
    ],
    "sources": [_source(1, "Port report", "news"), {**_source(2, "Owners' notice", "official"), "reprint_of": "S1"}],
}
GERMAN = (
    "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz",
    "Grundstücksverkehrsgenehmigungszuständigkeitsübertragungsverordnung gilt als Maßstab",
    "Die Verkehrsinfrastrukturfinanzierungsgesellschaft prüft das Planungsbeschleunigungsgesetz",
    "Kraftfahrzeughaftpflichtversicherungsbescheinigung und Donaudampfschifffahrtsgesellschaft",
    "Telekommunikationsüberwachungsverordnung",
)
GREEK = (
    "Τα πληρώματα των πλοίων απεργούν ξανά",
    "Οι ακτοπλοϊκές συγκοινωνίες διακόπηκαν, σύμφωνα με μία έκθεση του λιμένα",
    "Η Ευρωπαϊκή Επιτροπή παρακολουθεί την κατάσταση στα νησιά",
)
BULGARIAN = (
    "Екипажите на фериботите стачкуват отново",
    "Според доклад на пристанището превозът е спрян за втора седмица",
    "Европейската комисия следи положението на островите",
)
UKRAINIAN = (
    "Екіпажі поромів знову страйкують",
    "За повідомленням порту, перевезення зупинено на другий тиждень; їхній графік змінено",
    "Європейська комісія стежить за становищем на островах, зокрема за цінами на пальне й ґаз",
)
UNBROKEN = (
    "https://example.eu/" + "very-long-path-without-a-blank/" * 4,
    "Ferry" * 24,
    "A plain sentence with one " + "unbreakable" * 9 + " word in it",
)
