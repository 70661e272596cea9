"""Every code a finding can have: how much it weighs in a final brief, and one line that says what it finds.

A code is a theme and a number, one rule each; once shipped it keeps its meaning. In: nothing. Out: one table, from which
the documentation is made and by which a report tells what must be fixed before `stage: final`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from briefgen.diagnostics import Severity


class Code(NamedTuple):
    """How much a finding weighs in a final brief, and what it finds."""

    severity: Severity
    about: str


E, W, I = Severity.ERROR, Severity.WARNING, Severity.INFO  # noqa: E741 - the letters of the table below

FILES: Mapping[str, Code] = {
    "FIL-01": Code(E, "the file is empty"),
    "FIL-02": Code(E, "the file is no text (a Word file, a PDF, an image)"),
    "FIL-03": Code(E, "the file is not written in UTF-8"),
    "FIL-04": Code(E, "the file is larger than 2 MB"),
    "FIL-05": Code(E, "lists and mappings stand more than 40 levels deep"),
    "FIL-06": Code(E, "the file holds more than 50,000 values"),
    "FIL-07": Code(E, "a control character, which neither XML nor Word allows"),
    "FIL-08": Code(E, "a private-use character, which no font has"),
    "FIL-09": Code(E, "the file is a list or a text where keys with values are expected"),
    "YML-01": Code(E, "the YAML can't be read here, for a reason that none of the other codes names"),
    "YML-02": Code(E, "a text that YAML reads as something else: it needs quotation marks"),
    "YML-03": Code(E, "a tab indents a line"),
    "YML-04": Code(E, "a key stands twice in one mapping"),
    "YML-05": Code(E, "a quotation mark or a bracket is opened and not closed"),
    "YML-06": Code(E, "a key without colon, or without the space after it"),
    "YML-07": Code(E, "an alias, an anchor or a tag (`*name`, `&name`, `!name`)"),
    "YML-08": Code(E, "a line is indented as no line before it"),
    "YML-09": Code(W, "words after # are a comment, and so are not printed"),
    "YML-10": Code(E, "a second document in one file"),
    "YML-11": Code(E, "a list or a mapping stands where a key must"),
    "JSN-01": Code(E, "the JSON can't be read here"),
}
MODEL: Mapping[str, Code] = {
    "MOD-01": Code(E, "an unknown key"),
    "MOD-02": Code(E, "a key that is always needed is missing"),
    "MOD-03": Code(E, "a value of the wrong kind: a text where a list is expected, and the like"),
    "MOD-04": Code(E, "a word that is none of those allowed"),
    "MOD-05": Code(E, "a value outside its limits: too short, too large, of another form"),
    "MOD-06": Code(E, "values that contradict each other"),
    "DAT-06": Code(E, "a date that is malformed or can't be"),
    "MRK-01": Code(E, "a marking that is not written as Traffic Light Protocol 2.0 has it"),
}
RULES: Mapping[str, Code] = {
    "REF-01": Code(E, "a reference to an id that nobody wrote"),
    "REF-02": Code(E, "an id that two items share"),
    "REF-03": Code(W, "an id of the wrong kind: a risk where a stakeholder is expected"),
    "REF-04": Code(W, "a change of an item that this edition does not hold"),
    "REF-05": Code(E, "sources that are reprints of each other or of themselves"),
    "REF-06": Code(I, "a source that nothing rests on"),
    "STR-01": Code(E, "no development, stakeholder, risk or outlook at all"),
    "FIN-01": Code(E, "a field that a final brief needs is missing"),
    "FIN-02": Code(E, "an item whose review is open"),
    "FIN-03": Code(E, "a text that a drafter left to be written: `[to be written: …]`"),
    "AI-01": Code(E, "a machine had a part in the text, and no reviewer is named"),
    "LIK-01": Code(E, "a likelihood that is no term of the yardstick"),
    "LIK-07": Code(W, "a percentage that falls into a gap of the yardstick"),
    "LIK-08": Code(E, "a judgement, risk or scenario without likelihood"),
    "SCN-01": Code(E, "percentages of scenarios that do not add up"),
    "SCN-02": Code(E, "likelihoods of scenarios that can't be true together"),
    "SCN-04": Code(E, "a scenario without indicators"),
    "RSK-01": Code(E, "a risk without exposed party, impact, horizon or early sign"),
    "RSK-04": Code(W, "risks that do not differ: all in one cell, or most of the highest impact"),
    "CNF-01": Code(E, "more confidence than the evidence allows"),
    "CNF-02": Code(E, "less confidence than the evidence allows, without a reason"),
    "STA-01": Code(E, "opinion or an unnamed source alone, shown as established"),
    "STA-05": Code(E, "opinion alone under a report or under the bottom line"),
    "COR-01": Code(E, "evidence that contradicts a claim, and no disagreement that lists it"),
    "COR-02": Code(W, "several sources that are one after reprints"),
    "COR-03": Code(W, "one source only"),
    "DAT-02": Code(E, "a source without a publication date; `unknown` is one"),
    "DAT-04": Code(E, "a date to watch that is already past"),
    "DAT-07": Code(E, "a source published after the information cut-off"),
    "DAT-08": Code(E, "a source read before it was published"),
    "DAT-09": Code(W, "a source read after the information cut-off"),
    "DAT-10": Code(W, "a deadline that is already past"),
    "DAT-11": Code(E, "an outlook that ends before it begins"),
    "DAT-12": Code(E, "a development that is said to have happened after the information cut-off"),
    "DAT-13": Code(W, "a review or a release from before the information cut-off"),
    "DAT-14": Code(E, "a date in a claim that its evidence does not give"),
    "EVD-01": Code(E, "a quote that its source does not hold"),
    "EVD-02": Code(E, "a quote that is not word for word; the nearest passage of the source is shown"),
    "EVD-03": Code(E, "a source whose text has changed since its digest was written"),
    "EVD-04": Code(I, "evidence that points at a source without text, so that it was not checked"),
    "EVD-05": Code(W, "a quote that stands in another paragraph than its locator says"),
    "NUM-02": Code(E, "a bound (up to, at least, about) dropped or changed on the way from evidence to claim"),
    "NUM-04": Code(E, "a figure in a claim that its evidence does not give; the one that stands there is shown"),
    "NAM-01": Code(W, "a proper name in a claim that its evidence does not give"),
    "NEG-01": Code(W, "a denial lost or added on the way from evidence to claim"),
    "CPY-01": Code(E, "twelve words or more in a row from a source, without quotation marks"),
    "CPY-02": Code(E, "a quote of more than 40 words"),
    "MRK-02": Code(E, "the public version is asked for, and the marking is above CLEAR without a release"),
    "MRK-03": Code(E, "a handling note that imitates a class of secrecy"),
    "MRK-04": Code(E, "a release to a higher marking than the summary's"),
    "MRK-05": Code(W, "an audience that does not exist is released, kept or left out"),
    "MRK-06": Code(W, "an item marked above the summary, which no version shows"),
    "ASK-01": Code(E, "a recommended option that is not among the options"),
    "DIS-01": Code(E, "a disagreement with fewer than two sides"),
    "SRC-01": Code(E, "a source's file outside the folder of the summary"),
    "URL-01": Code(W, "a source with neither address nor file"),
    "CHG-01": Code(E, "a previous edition is named, and nothing says what changed"),
    "EDN-01": Code(W, "a summary that is its own previous edition or translation"),
    "TXT-01": Code(W, "a wording for an audience that does not exist"),
    "TXT-03": Code(E, "a text of blanks only"),
    "TXT-04": Code(W, "a word of more than 80 characters, which may not fit its line"),
    "WVR-01": Code(W, "a waiver that has run out"),
    "WVR-02": Code(W, "a waiver that nothing needs"),
}
PROJECT: Mapping[str, Code] = {
    "AUD-01": Code(E, "audiences that extend each other in a circle"),
    "AUD-02": Code(E, "an audience extends one that is not there"),
    "AUD-03": Code(E, "an audience uses a section template that is not there"),
    "AUD-04": Code(E, "an audience names a part that no summary has"),
    "AUD-05": Code(E, "an audience shows a field that the part does not have"),
    "AUD-06": Code(E, "an audience whose ladder cuts a section that it does not show"),
    "SET-01": Code(E, "a template set that is not there"),
    "SET-02": Code(E, "template sets that extend each other in a circle"),
    "SET-03": Code(E, "a template set without `template.yaml`"),
    "SET-04": Code(E, "a template set that is called otherwise than its folder"),
    "BRD-01": Code(E, "colours of the house style that are too near each other to be read"),
    "BRD-02": Code(E, "a colour of the house style without quotation marks: YAML takes it for a comment"),
    "BRD-03": Code(E, "a file of the house style that is not there, or outside the project's folder"),
    "BRD-04": Code(E, "a logo that can't be used: no picture, damaged, too large, or with a script or a link in it"),
    "BRD-05": Code(E, "an audience prints a text that the house style does not have"),
    "PRJ-01": Code(E, "two summaries with one id: their files would have one name"),
    "PRJ-17": Code(E, "a key stands in the project's file: it belongs into a variable of the environment"),
    "PRJ-18": Code(E, "a model's server that would be asked over a network unencrypted"),
    "USE-01": Code(E, "an input that does not exist or is a folder, among several"),
    "ENV-01": Code(E, "a fault of the machine, among several inputs: a library, a font, a permission, the disk"),
}
TEMPLATES: Mapping[str, Code] = {
    "TPL-01": Code(E, "a template or the style sheet that Jinja can't read"),
    "TPL-02": Code(E, "a template that prints an empty field or asks for a name that is not there"),
    "TPL-03": Code(E, "an expression that fails, or that the sandbox refuses"),
    "TPL-05": Code(E, "a template that no folder has"),
    "TPL-06": Code(E, "a label that no catalogue has"),
    "TPL-10": Code(E, "an element outside the vocabulary"),
    "TPL-11": Code(E, "an element where it can't stand"),
    "TPL-12": Code(E, "text where only elements can stand"),
    "TPL-13": Code(E, "an attribute that the element does not take"),
    "TPL-14": Code(E, "an attribute that the element needs"),
    "TPL-15": Code(E, "a class that the element does not have"),
    "TPL-16": Code(E, "an image without alternative text"),
    "TPL-17": Code(E, "a link to something else than a web address, a mail address or a place in the brief"),
    "TPL-18": Code(E, "a header cell that does not say what it heads"),
    "TPL-19": Code(E, "a note in a note"),
    "TPL-20": Code(E, "a table without header row"),
    "TPL-21": Code(E, "a list item that holds more than its text and one list at its end"),
    "TPL-22": Code(E, "a first heading that is not the only h1"),
    "TPL-23": Code(E, "a heading that skips a level"),
    "TPL-24": Code(E, "an id that stands twice in one document"),
    "TPL-25": Code(E, "a link to a place that is not there"),
    "TPL-26": Code(E, "a style sheet that imports another, or leads to a network or out of the project"),
}
PAGES: Mapping[str, Code] = {
    "BUD-01": Code(E, "a page budget that can't be kept; a warning where the budget is not hard"),
    "BUD-02": Code(W, "a page budget that was not measured, for want of a PDF engine"),
    "CUT-01": Code(I, "what a page budget took away"),
    "LEN-01": Code(W, "more words than the audience is meant to read"),
    "LEN-02": Code(I, "fewer words than is usual for the audience"),
    "LBL-01": Code(W, "a language without labels: headings and marks are printed in English"),
    "LBL-02": Code(I, "a language whose labels nobody at home in it has checked"),
    "LBL-03": Code(W, "labels that a language lacks, printed in English"),
    "TXT-02": Code(W, "texts without `plain` wording, for an audience of plain words"),
}
WRITERS: Mapping[str, Code] = {
    "PDF-01": Code(E, "an image or a style sheet that does not exist or can't be read"),
    "PDF-02": Code(E, "a character that no font has"),
    "PDF-03": Code(E, "a font that can't be used"),
    "PDF-04": Code(W, "something in the style sheet that the engine does not understand"),
    "PDF-05": Code(E, "an address that is not read: on a network, or outside the template folders"),
    "PDF-06": Code(W, "anything else that the engine says; an error where it says so"),
    "FNT-01": Code(W, "the font of text or headings is not installed, and another one is used"),
    "DOCX-01": Code(E, "a link that leads nowhere"),
    "DOCX-02": Code(E, "a picture that Word can't show"),
    "DOCX-03": Code(I, "an abbreviation whose long form Word has no place for"),
    "DOCX-04": Code(E, "a reference that is no Word document, or not in the form that Word writes by default"),
    "DOCX-05": Code(I, "styles that the reference lacks, made from the design tokens"),
    "DOCX-06": Code(W, "a picture in the reference's header or footer without alternative text"),
    "DOCX-07": Code(I, "where PDF and Word differ, because the organisation's Word file goes before the tokens"),
    "DOCX-08": Code(W, "what was left out of a reference: macros, embedded objects, what would be fetched from elsewhere"),
    "HTM-01": Code(E, "an image that does not exist or can't be read"),
    "HTM-05": Code(E, "an image that is not read: on a network, or outside the template folders"),
}
ARTICLES: Mapping[str, Code] = {
    "ART-01": Code(E, "an article that is not there"),
    "ART-02": Code(E, "an article in a form that no reader knows"),
    "ART-03": Code(E, "an article that is too large: a file, a number of pages or a text beyond the limit"),
    "ART-04": Code(E, "an article without text: an empty file, a page of pictures"),
    "ART-05": Code(E, "an article behind a password, or in the old form of Word"),
    "ART-06": Code(E, "an article that is damaged, or that is not what its name says"),
}
TRANSLATIONS: Mapping[str, Code] = {
    "TRN-01": Code(W, "a translation whose original is not beside it, or can’t be read"),
    "TRN-02": Code(E, "a translation with other items, ids, order, status or choices than its original"),
    "TRN-03": Code(E, "a translation with another likelihood, impact or confidence than its original"),
    "TRN-04": Code(E, "a translation with another date than its original"),
    "TRN-05": Code(W, "a number in a text of the original that its translation does not have, or the other way round"),
}
GROUPS: Mapping[str, Mapping[str, Code]] = {
    "Files": FILES,
    "Fields": MODEL,
    "Rules": RULES,
    "Articles": ARTICLES,
    "Translations": TRANSLATIONS,
    "Project": PROJECT,
    "Templates": TEMPLATES,
    "Pages and wording": PAGES,
    "Formats": WRITERS,
}
CODES: Mapping[str, Code] = {code: row for group in GROUPS.values() for code, row in group.items()}


def blocks_final(code: str) -> bool:
    """Return whether a finding of this code on a summary blocks a final brief; what is said later weighs what it says."""
    return any(code in group and group[code].severity is Severity.ERROR for group in (FILES, MODEL, RULES, TRANSLATIONS))
