"""Words that attribute, that leave open, that make sure: tables by language for comparing wordings. English is full, German and
French are short; one phrase between bars, regular expressions allowed, as a person would extend it.

In: nothing. Out: compiled patterns by language. Each looks at one clause, matches whole words and can't backtrack without end.
"""

from __future__ import annotations

import re
from collections.abc import Mapping


def _any(listed: str) -> re.Pattern[str]:
    """Return a pattern of whole words from lines of phrases with bars between them."""
    phrases = "|".join(line.strip() for line in listed.strip().splitlines())
    begun = _LOOK_BEHIND.sub("", phrases).split("|")
    sure = all(phrase[:1].isalpha() and phrase[1:2] not in ("?", "*", "{") for phrase in begun)
    begins = f"(?=[{''.join(sorted({phrase[0] for phrase in begun}))}])" if sure else ""  # most words begin otherwise
    return re.compile(rf"(?<![^\W_]){begins}(?:{phrases})(?![^\W_])", re.IGNORECASE)


_LOOK_BEHIND = re.compile(r"\(\?<![^)]*\)")


SAID: Mapping[str, re.Pattern[str]] = {
    "en": _any(r"""
        (?<!to )say|says|said|according to|reports|reported|reportedly|claimed|claims that|claims to|alleged|allegedly|alleges
        argues|argued|writes|wrote|asserts|asserted|estimates? (?:relayed|by|from|put)|our inference|by .{1,30} accounts?
        (?<!is )(?<!are )(?<!was )(?<!were )believe[ds]?|thinks|warn(?:s|ed)|insist(?:s|ed) that|suspects|predict(?:s|ed)
        fear(?:s|ed) that|foresees?|reckons?|concluded? that
        told (?:the|a|us|reporters)|sources? (?:say|told)
        in (?:the |its |his |her |their |our )?[\w’']{2,30}(?: [\w’']{2,30})? view
    """),
    "de": _any(r"""
        laut|zufolge|berichte[nt]|sagte?n?|angeblich|soll(?:en)?|erklärten?|nach angaben|behaupte[nt]|schätzungen
    """),
    "fr": _any(r"""
        selon|d[’']après|affirment?|déclare(?:nt)?|a déclaré|rapporte(?:nt)?|aurai(?:t|ent)|dit|disent|estime(?:nt)?
    """),
}
"""What surely attributes: what a shorter wording must not lose."""
TELLS: Mapping[str, re.Pattern[str]] = {
    "en": _any(r"""
        says?|said|saying|tells?|(?<!was )(?<!were )(?<!been )told|report\w*|accord\w*|claim\w*|alleg\w*|assert\w*|argu\w+
        describ\w+|expect\w*|calls?|called|writ(?:es?|ing|ten|er)|wrote|adds?|added|views?|sources?|accounts?|inference
        estimat\w*|relay\w*|cit(?:es?|ed|ing)|quot\w+|suggest\w*|den(?:y|ies|ied)|announc\w*|warn\w*|insist\w*|maintains?
        find(?:s|ings?)?|found|show(?:s|ed|n)?|conclu\w+|confirm\w*|predict\w*|forecast\w*|fear\w*|suspect\w*|foresee\w*|reckon\w*
        not(?:es|ed)|assess\w*|hop(?:es?|ed)|auditors?|in (?:its|his|her|their) (?:view|opinion)
        (?<!the )(?<!a )(?<!one )(?<!any )judges?(?! (?:was|is|who|were|has|had|of)\b)
        believ\w*|thinks?|thought|sees?|saw|reads?|puts?|columnist\w*|analysis|analysts?|articles?|media|statements?
        talk of|word of|news of|heard|hears|we judge|we assess|unconfirmed|rumou?r\w*|supposed\w*|apparent\w*|stat(?:es|ed)
        explain\w*|complain\w*|accus\w*|reject\w*|refus\w*|object\w*|oppos\w*|demand\w*|promis\w*|in the eyes of|urg\w+
    """),
    "de": _any(r"""
        laut|zufolge|bericht\w*|sag\w*|angeblich\w*|soll\w*|erklär\w*|angaben|behaupt\w*|schätz\w*|meint|sieht|nenn\w*|schreib\w*
    """),
    "fr": _any(r"""
        selon|d[’']après|affirm\w*|décl\w*|rapport\w*|aurai\w*|serai\w*|dit|disent|estim\w*|juge\w*|écri\w*|annonc\w*
    """),
}
"""What may attribute: enough in a shorter wording."""
OPEN: Mapping[str, re.Pattern[str]] = {
    "en": _any(r"""
        (?<!that )(?<!which )(?<!who )(?:might|could(?! not\b)|would)|possibl[ey]|potentially|perhaps|appears? to|seems? to
        (?:is|are) expected to|plans? to|considering|weighing|if|unless|likely|unlikely|probabl[ey]|realistic possibility
        (?-i:may)(?! \d)
    """),
    "de": _any("könnten?|dürften?|möglicherweise|vielleicht|wahrscheinlich|würden?|falls|wenn"),
    "fr": _any("pourrai(?:t|ent)|peut-être|probablement|éventuellement|si|risque(?:nt)? de"),
}
"""What leaves open; the month of May is written with a capital."""
MILD: Mapping[str, re.Pattern[str]] = {
    "en": _any(r"""
        may|might|could|can|would|should|possib\w*|potential\w*|perhaps|maybe|appear\w*|seem\w*|expect\w*|plan(?:s|ned|ning)?
        consider\w*|weigh\w*|if|unless|when|once|as long as|in case|likel\w+|unlikely|probab\w+|chance\w*|risk\w*|threat\w*
        prospect\w*|hop(?:es?|ed|ing)|aims?|aimed|wants?|wanted|seeks?|sought|propos\w*|prepar\w*|ask(?:s|ed)?|whether|unclear
        doubt\w*|thinks?|believ\w*|estimat\w*|suggest\w*|report(?:ed|edly)|\w{3,40}(?:able|ible)|forecast\w*|projected|intend\w*
        tend\w*|talk of|hint\w*|under (?:review|discussion|study)|on the table|in the event|provided|were to|depends?
        looks? (?:at|into|set)|looking (?:at|into)|almost certain|open whether|rul(?:es?|ed|ing) out|exclud\w*|open to|options?
        leav(?:es?|ing) open|left open|leaves? the door open|ready to|willing\w*|prepared to|contemplat\w*|mull\w*|float(?:s|ed)
        undecided|has yet to|have yet to|in doubt|at stake|conceivabl[ey]|imagin\w*
    """),
    "de": _any(r"""
        könn\w*|kann|dürf\w*|darf|möglich\w*|vielleicht|wahrscheinlich\w*|würd\w*|falls|wenn|soll\w*|droh\w*|plan\w*|erwart\w*
        sofern|will|wollen
    """),
    "fr": _any(r"""
        pour\w*|peut\w*|peuvent|probab\w*|éventuel\w*|si|s['’]\w+|risque\w*|devrai\w*|\w{2,40}rai(?:t|ent)|possib\w*|attend\w*
        prév\w*|veut|veulent
    """),
}
"""What may leave open: enough in a shorter wording."""
SURE: Mapping[str, re.Pattern[str]] = {
    "en": _any(r"""
        certainly|undoubtedly|inevitabl[ey]|definitely|no doubt|without doubt|proven|proves|confirm(?:s|ed)|guarantee[ds]?
    """),
    "de": _any("sicherlich|zweifellos|zweifelsfrei|unvermeidlich|bewiesen|bestätigt(?:e|en)?|garantiert"),
    "fr": _any("certainement|sans doute|inévitable(?:ment)?|prouvée?|confirme(?:nt)?|confirmée?|garanti(?:t|e|es)?"),
}
"""What makes sure."""
STANCE = _any(r"""
    accept\w*|back(?:s|ed)|support\w*|favou?r\w*|wants?|wanted|welcom\w*|critici\w*|condemn\w*|prais\w*|disput\w*|doubt\w*|regret\w*
    like[sd]?|dislike\w*|agrees?|agreed|disagree\w*|worri\w*|worry|is against|are against|is for|are for|in favour|plans?|planned
    intend\w*|approv\w*|disapprov\w*|endors\w*|resist\w*|seeks?|sought|prefer\w*|trusts?|mistrusts?|rul(?:es?|ed) out
    open to|ready to|willing
""")
"""What somebody thinks of a thing: “said that it is unacceptable” is “does not accept it”, of the same somebody."""
EVERYBODY = re.compile(r"\b(?:both|all|every\w*|each)\b", re.IGNORECASE)
NOBODY = frozenset(["neither", "none", "nobody", "no"])
OTHERWISE = re.compile(
    r"\b(?:refus|reject|den(?:y|ie)|declin|fail|lack|absen|avoid|rule[sd]? out|stop|halt|prevent|oppos|object|doubt|exclud|"
    r"ceas|discontinu|suspend|scrap|abandon|withdr[ae]w|shut|expir|laps|revok|repeal|"
    r"bans?\b|banned|block|unlikely|hardly|barely|scarcely|little|few\b|rather|instead|only|free of|untouched|unchanged|"
    r"end(?:s|ed)?\b|drop|cancel|call(?:s|ed)? off|keep out|kept out|stay out|left out|withhold|withheld|silent|close[sd]?\b|"
    r"missing|out of|far from|unless|otherwise|against|zero|yet to|spare[sd]?\b|short of|shelv|remov|abolish|eliminat|exempt|"
    r"free[sd]\b|"
    r"un(?!it|ion|til|der|less|iver|iq)\w{4}|weiger|lehn|verneint|kaum|fehl|"
    r"verbiet|rejet|interdi|manqu)",
    re.IGNORECASE,
)
"""What denies without a word of denial."""
CONJUNCTIONS = "because|which|while|although|though|whereas|weil|während|obwohl|parce que|tandis que"
PARTS = re.compile(rf";\s|\s[–—]\s|,\s(?=(?:{CONJUNCTIONS}|(?:of|in|for|to|under|by) which)\b)")
"""Where a sentence falls into clauses."""
NO_DENIAL = re.compile(
    r"\b(?:not (?:only|just|least)|not? (?:more|fewer|less|later|earlier|sooner) than|no doubt|nicht (?:nur|mehr als))\b",
    re.IGNORECASE,
)
"""What looks like a denial, and is none: bounds, "not only"."""
