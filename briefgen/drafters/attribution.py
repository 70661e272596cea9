"""Who says it: a sentence → its attribution by pattern, never by a single word.

Four patterns are looked for, outside quotations: `WHO said`, `“…”, said WHO`, `according to WHO`, and the impersonal
`is said to`, `reportedly`. What stands for WHO must be able to speak: a name, an office, a document, a pronoun for a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefgen.drafters.parts import Attribution
from briefgen.language.wordlists import Table, bars, either, every, plain, section

_QUOTED = re.compile(r"“[^”]*”|„[^“”]*[“”]|«[^»]*»|\"[^\"]*\"")
_BREAK = re.compile(
    r"[;:—–]|, (?:as|while|which|that|who|and|but|although|though|whose) | (?:and|but|while|that|because) (?=[A-Z])"
    r"| (?:when|where|after|before) |\b(?:to|in|of|by|for) which\b"
)
_TAIL = re.compile(rf"(?:\s|,)+(?:{bars('speakers', 'before_verb')})$")
_PASSIVE = re.compile(rf"\b(?:{either('speakers', 'passive')})$")
_NAME = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-ŽА-Я][\w'’.-]+")
_PERSON = re.compile(r"\b[A-ZÀ-Þ][a-zà-ÿ’'.-][\w’'.-]* (?:(?:van|von|de|der|di|la) )?[A-ZÀ-Þ][a-zà-ÿ’'-][\w’'-]*\b")
_COUNTED = re.compile(rf"^(?:{either('speakers', 'counted')})\b", re.I)
_FIRST = re.compile(rf"\b(?:{either('speakers', 'not_last')})$|^(?:{either('speakers', 'not_first')})\b")
_FINITE = re.compile(rf"\b(?:{either('speakers', 'finite')})\b")
_CLAUSE = re.compile(rf"^(?:even |as )?(?:{either('speakers', 'clauses')})\b|\bthat\b|^\w+ing\b", re.IGNORECASE)
_THAT = either("speakers", "that")
_SAYS = re.compile(
    rf"^\s+(?:{_THAT}|how)\b|^\s*[,.:;]|^\s*[“„«\"]|^ [\w ’'-]{{2,40}}? (?:may|will|would|could|might|is|are|was|were|has)\b"
)
_NAMED_PAPER = re.compile(r"^(?:the|The) [A-Z][\w-]+$")
_ADVERB_END = re.compile(rf"[,.;:?!]| (?:{_THAT}|when|because|if|to|on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|in an?) ")
_THE = tuple(f"{word} " for word in every("speakers", "the"))
_INVERTED = "|".join(word if word.endswith("'") else f"{word} " for word in every("speakers", "before_speaker"))
_AROUND = either("speakers", "around_source")
MAX_WHO = 16


def attribution(text: str, cues: Table) -> Attribution | None:
    """Return who a sentence says it of, None where its author speaks; several who are told of become one."""
    found = list(_every(masked(plain(text)), plain(text), cues))
    if not found:
        return None
    order = ("denied", "relayed", "said", "document", "impersonal")
    first = min(found, key=lambda each: order.index(each.how))
    cites = next((each.cites for each in found if each.cites), None)
    unnamed = next((each.unnamed for each in found if each.unnamed), None)
    who = first.who or next((each.who for each in found if each.who), "")
    return Attribution(first.how, _as_written(text, who), _as_written(text, cites) or None, _as_written(text, unnamed) or None)


def _as_written(text: str, phrase: str | None) -> str:
    """Return a phrase with the apostrophes that the sentence has."""
    at = plain(text).find(phrase) if phrase else -1
    return text[at : at + len(phrase)] if phrase and at >= 0 else phrase or ""


def quotes(text: str) -> tuple[str, ...]:
    """Return the quotations in a sentence, with their marks."""
    return tuple(match[0] for match in _QUOTED.finditer(text))


def masked(text: str) -> str:
    """Return a text of the same length whose quotations are filled with a sign that no cue has."""
    return _QUOTED.sub(lambda match: match[0][0] + "·" * (len(match[0]) - 2) + match[0][-1], text)


def _every(outside: str, text: str, cues: Table) -> Iterator[Attribution]:
    for match in cues.pattern("according").finditer(outside):
        if who := _without_verb(_phrase(text[match.end() :]), cues):
            yield _classed(who, "said", text, cues)
    for name, how in (("denial", "denied"), ("report", "said"), ("speech", "said")):
        for match in cues.pattern(name).finditer(outside):
            if match[0][0].islower() and (who := _speaker(outside, text, match, cues)):
                paper = name == "report" and _NAMED_PAPER.match(who) and match[0].lower() in cues.words("relay")
                yield Attribution("relayed", who, who[4:], _anonymous(text, cues)) if paper else _classed(who, how, text, cues)
    if cues.has("said_of", outside):
        yield Attribution("impersonal", "")
    elif cues.has("anonymous", outside) and cues.has("unnamed", outside):
        yield Attribution("said", "", None, _unnamed(text, cues))


def _without_verb(who: str, cues: Table) -> str:
    """Return a phrase up to a verb of reporting that ends it: “data compiled by the port suggest”."""
    found = [match for match in cues.pattern("report").finditer(who) if match.start() and match.end() == len(who)]
    return who[: found[0].start()].strip() if found else who


def _speaker(outside: str, text: str, match: re.Match[str], cues: Table) -> str:
    """Return who the verb belongs to, empty where nobody who can speak stands there."""
    before = outside[: match.start()].rstrip()
    while stripped := _TAIL.search(before):
        before = before[: stripped.start()].rstrip() + ("," if "," in stripped[0] else "")
    word = match[0].lower()
    weak = word in cues.words("weak_speech")
    if _PASSIVE.search(before) or (word in cues.words("noun_or_verb") and not _SAYS.match(outside[match.end() :])):
        return ""
    tries = [_subject(before, text, cues)]
    if before.endswith(("”", '"', "»", "“")):
        tries = [_phrase(text[match.end() :])]
    elif before.endswith(",") and _inverted(outside[match.end() :]) and not weak:
        tries.insert(0 if section(cues.language, "speakers").get("inverts") else 1, _phrase(text[match.end() :]))
    elif word.endswith("ing"):
        tries.append(_phrase(text))
    sure = word in cues.words("sure_speech")
    return next((who for who in tries if _can_speak(who, cues, weak=weak, sure=sure)), "")


def _inverted(after: str) -> bool:
    begins = re.match(rf" (?:{_INVERTED})?[^\W\d_]", after)
    return bool(begins) and not re.match(rf" (?:{_THAT})\b", after)


def _subject(before: str, text: str, cues: Table) -> str:
    """Return the noun phrase that a clause begins with: after the last break, with the apposition that commas close in."""
    start = max((match.end() for match in _BREAK.finditer(before)), default=0)
    clause = text[start : len(before)].strip()
    closed = clause.endswith(",")
    clause = clause[: answer.start()] if (answer := cues.pattern("answer").search(clause, 1)) else clause
    parts = [part.strip() for part in clause.rstrip(",").split(",") if part.strip()]
    if not parts:
        return ""
    keep = parts[-2:] if closed and len(parts) > 1 else parts[-1:]
    return ", ".join(keep)


def _phrase(after: str) -> str:
    """Return the noun phrase that begins a stretch of text."""
    after = after.strip(" ,:")
    end = _ADVERB_END.search(after, 1)
    return after[: end.start() if end else len(after)].strip(" .”\"'»")


def _can_speak(who: str, cues: Table, *, weak: bool, sure: bool) -> bool:
    """Return whether a phrase can be a speaker: after `said`, anybody short; after `called`, a name or an office."""
    if not who or len(who.split()) > MAX_WHO or _FIRST.search(who) or _FINITE.search(who) or _CLAUSE.search(who):
        return False
    if cues.has("unnamed", who) or cues.has("office", who) or (sure and len(who.split()) < 7):
        return True
    if not weak and cues.has("document", who):
        return True
    inner = who.split(" ", 1)[-1] if who.split()[0].lower() in cues.words("stop") else who
    return bool(_NAME.search(inner))


def _classed(who: str, how: str, text: str, cues: Table) -> Attribution:
    """Return an attribution with an outlet under `cites` and an unnamed source under `unnamed`."""
    cites = _outlet(who, cues)
    hidden = (_COUNTED.match(who) or cues.has("anonymous", who) or who[:1].islower() is False) and not _PERSON.search(who)
    unnamed = who if cues.has("unnamed", who) and hidden and not who.lower().startswith(_THE) else None
    unnamed = unnamed or _anonymous(text, cues)
    if cites:
        return Attribution("relayed" if how == "said" else how, who, cites, unnamed)
    if how == "said" and cues.has("document", who) and not cues.has("office", who):
        nobody = who if len(who.split()) == 1 else None  # “estimates suggest”: whose, the sentence does not say
        return Attribution("document", who, None, unnamed or nobody)
    return Attribution(how, who, None, unnamed)


def _outlet(who: str, cues: Table) -> str | None:
    """Return the name of the outlet in a phrase, without article and kind; None where there is none."""
    found = cues.pattern("outlet").search(who)
    names = list(re.finditer(r"(?:[A-ZÀ-Þ][\w’'-]*)(?: (?:of |de |la )?[A-ZÀ-Þ][\w’'-]*)*", who))
    if not found or not names:
        return None
    if found[0][0].islower():
        near = [match for match in names if match.start() > found.end()] or names
        return near[0][0].removeprefix("The ")
    holding = [match[0] for match in names if match.start() <= found.start() < match.end()]
    return (holding or [found[0]])[0].removeprefix("The ").removeprefix("According to ")


def _anonymous(text: str, cues: Table) -> str | None:
    return _unnamed(text, cues) if cues.has("anonymous", text) else None


def _unnamed(text: str, cues: Table) -> str | None:
    """Return the words for an unnamed source with number and position: the noun with what stands around it."""
    match = cues.pattern("unnamed").search(text)
    if not match:
        return None
    before = re.split(r"[,;:—–(]", text[: match.start()])[-1].split()[-4:]
    starts = next((n for n, word in enumerate(before) if _COUNTED.match(word)), max(0, len(before) - 2))
    after = re.match(
        rf"(?: (?:{_AROUND}|[A-Z][\w-]*)\b)*(?: [\w-]+)?",
        text[match.end() :],
    )
    tail = re.split(r" (?:who|that|relayed|said|told|says)\b", after[0] if after else "")[0]
    return " ".join([*before[starts:], match[0]]).strip() + tail
