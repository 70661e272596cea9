"""Names of outlets and publishers as one house: “The Example Times Ltd.”, “example times” and exampletimes.com are one.

In: a name as a summary writes it. Out: the name folded, for comparing; where the name says that one relays another (“Reuters via
Example Times”), that of the one who is relayed. Knows no outlet by name, and opens nothing.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_RELAYS = re.compile(  # between the one who is relayed and the one who relays, as bylines of several languages write it
    r"[\s,;(]+(?:via|über|(?:as )?(?:cited|quoted|reported|relayed|republished|carried) (?:in|by)|zitiert (?:in|von|nach)|"
    r"cité(?:e?s?) (?:par|dans)|repris(?:e?s?) par)\s+",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"^(?:https?://)?(?:www\.)?(?P<host>[\w-]+)(?:\.[\w-]{2,12}){1,3}/?$")
_ARTICLE = re.compile(r"^(?:the|le|la|les|l|der|die|das|el|los|il|lo|de|het|a)\s+(?=\S)")
_FORM = re.compile(  # the legal form of a company, and “.com” behind a title
    r"\s+(?:ltd|limited|inc|incorporated|corp|corporation|co|company|plc|llc|llp|gmbh|ag|se|sa|sas|spa|srl|bv|nv|ab|oy|as|com|org|"
    r"online)$"
)


def relayed(name: str) -> str:
    """Return who is relayed in a name such as “Reuters via Example Times”; the name itself where it names one."""
    return _RELAYS.split(name.strip(), maxsplit=1)[0].strip(" ,;(") or name


@lru_cache(maxsize=2048)
def house(name: str) -> str:
    """Return the name of a house for comparing: of the one who is relayed, without article, legal form, accents and signs."""
    words = relayed(name)
    address = _ADDRESS.match(words)
    words = unicodedata.normalize("NFKD", (address["host"] if address else words).casefold())
    words = re.sub(r"[.'’´`]", "", re.sub(r"\.(?=com\b|org\b|net\b)", " ", words))
    words = " ".join(re.findall(r"[^\W_]+", "".join(c for c in words if not unicodedata.combining(c)).replace("&", " and ")))
    words, before = _ARTICLE.sub("", words), ""
    while words != before:
        words, before = _FORM.sub("", words), words
    return words or name.casefold()
