"""Every code a finding can have: how much it weighs in a final brief, and one line that says what it finds.

A code is a theme and a number, one rule each; once shipped it keeps its meaning. In: the rules' rows, and a desk's own. Out: one
table, from which the documentation is made and by which a report tells what must be fixed before `stage: final`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from briefgen.findings.diagnostics import Severity
from briefgen.findings.rows import STYLE, Code, Row, Rule, rows
from briefgen.findings.rule_table import RULES

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
    "FIL-10": Code(E, "a character that turns the direction of text: other words are seen than are checked"),
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
    "YML-12": Code(E, "a comma in `{…}` or `[…]` ends a text that has no quotation marks, and cuts off the rest"),
    "YML-13": Code(I, "an entry of a `[…]` that may be the rest of the text before it, which a comma ended"),
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
WAIVERS: Mapping[str, Code] = {  # said where waivers are applied, by no rule
    "WVR-01": Code(W, "a waiver that has run out"),
    "WVR-02": Code(W, "a waiver that nothing needs"),
    "WVR-03": Code(W, "a waiver of a code that has a new name"),
}
PROJECT: Mapping[str, Code] = {
    "AUD-01": Code(E, "audiences that extend each other in a circle"),
    "AUD-02": Code(E, "an audience extends one that is not there"),
    "AUD-03": Code(E, "an audience uses a section template that is not there"),
    "AUD-04": Code(E, "an audience names a part that no summary has"),
    "AUD-05": Code(E, "an audience shows a field that the part does not have"),
    "AUD-06": Code(E, "an audience whose ladder cuts a section that it does not show"),
    "AUD-10": Code(E, "a page budget that can't be met: by an ordinary summary, or where nothing bounds a section (a warning)"),
    "AUD-11": Code(I, "fields that an audience never shows"),
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
    "PRJ-11": Code(E, "a cron expression that can't be read, or that never comes"),
    "PRJ-12": Code(E, "a time zone that the time zone database does not know"),
    "PRJ-13": Code(E, "a pattern for file names that is wrong, or gives several briefs one name"),
    "PRJ-14": Code(E, "an input outside the project, or an output folder that climbs out of it"),
    "PRJ-15": Code(E, "a job for an audience that is not there"),
    "PRJ-16": Code(E, "a name of a job that can't be one"),
    "PRJ-17": Code(E, "a key stands in the project's file: it belongs into a variable of the environment"),
    "PRJ-18": Code(E, "a model's server that would be asked over a network unencrypted"),
    "PRJ-19": Code(E, "a part of your own whose name is no dotted name"),
    "PRJ-20": Code(W, "a code that has a new name, in the project's file or on the command line"),
    "PRT-01": Code(E, "a part of your own that can't be loaded: no such module, no such name in it, or it fails"),
    "PRT-02": Code(E, "a part of your own that lies in the project's folder, whose code is not run unless you trust it"),
    "PRT-03": Code(E, "a part of your own that is not what it should be: no function, other arguments, a rule without words"),
    "PRT-04": Code(E, "a part of your own that failed, or gave back something else than it should"),
    "PRT-05": Code(E, "a name, an ending or a code of your own that is taken, or that can't be one"),
    "USE-01": Code(E, "an input that does not exist or is a folder, among several"),
    "ENV-01": Code(E, "a fault of the machine, among several inputs: a library, a font, a permission, the disk"),
}
TEMPLATES: Mapping[str, Code] = {
    "TPL-01": Code(E, "a template or the style sheet that Jinja can't read"),
    "TPL-02": Code(E, "a template that prints an empty field or asks for a name that is not there"),
    "TPL-03": Code(E, "an expression that fails, or that the sandbox refuses"),
    "TPL-05": Code(E, "a template that no folder has"),
    "TPL-06": Code(E, "a label that no catalogue has"),
    "TPL-07": Code(E, "a template that takes more than a rendering may: steps of loops, characters, entries, or what is refused"),
    "TPL-08": Code(E, "a file of the templates that is a link out of its folder"),
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
    "TPL-26": Code(E, "a style sheet that imports another, leads to a network or out of the project, or has no end"),
    "TPL-30": Code(E, "a name, field, filter, test or macro in a template that nobody has"),
    "TPL-31": Code(E, "a template that another one asks for, and that is not there"),
    "TPL-32": Code(E, "a label in a template that no label file has"),
    "TPL-33": Code(W, "something in a style sheet that the PDF engine passes over"),
    "TPL-34": Code(W, "something in a style sheet that paper does not do, or that does harm there"),
    "TPL-35": Code(E, "a design token that nothing reads, or of the wrong kind"),
    "TPL-36": Code(W, "a label that nothing prints"),
    "TPL-37": Code(E, "a label that is no text, or with a field or a plural form that is not there"),
    "TPL-38": Code(W, "a style in the organisation's Word file that is of another type than briefs need"),
    "TPL-39": Code(I, "the styles that the organisation's Word file lacks, and what is used instead"),
    "TPL-40": Code(E, "text that runs out of its page, its cell or its box"),
    "TPL-41": Code(W, "a heading that ends a page"),
    "TPL-42": Code(W, "a section, a paragraph, a list or a table with nothing in it"),
    "TPL-43": Code(W, "a page without content"),
}
PAGES: Mapping[str, Code] = {
    "BUD-01": Code(E, "a page budget that can't be kept; a warning where the budget is not hard"),
    "BUD-02": Code(W, "a page budget that was not measured, for want of a PDF engine"),
    "CUT-01": Code(I, "what a page budget took away"),
    "LEN-01": Code(W, "more words than the audience is meant to read"),
    "LEN-02": Code(I, "fewer words than is usual for the audience", STYLE),
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
    "PDF-07": Code(E, "pages that the engine can't lay out: sizes beyond any page, selectors without an end"),
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
    "ART-07": Code(E, "an address that can't be fetched, or may not be: no answer, too large, no text, not public"),
    "ART-08": Code(
        W, "an article of a final that can't be read here, so that its evidence was not checked; with `--strict` an error"
    ),
}
TRANSLATIONS: Mapping[str, Code] = {
    "TRN-01": Code(W, "a translation whose original is not beside it, or can’t be read"),
    "TRN-02": Code(E, "a translation with other items, ids, order, status or choices than its original"),
    "TRN-03": Code(E, "a translation with another likelihood, impact or confidence than its original"),
    "TRN-04": Code(E, "a translation with another date than its original"),
    "TRN-05": Code(W, "a number in a text of the original that its translation does not have, or the other way round"),
}
JOINED: Mapping[str, Code] = {
    "MRG-01": Code(E, "summaries that can't be joined: other language, yardstick or perspective"),
    "MRG-02": Code(W, "what two joined summaries say differently of the same thing"),
    "MRG-03": Code(W, "an article that lies outside the folder of the joined summary"),
}
BATCH: Mapping[str, Code] = {
    "BAT-01": Code(E, "two versions of a batch that would have one file"),
    "BAT-02": Code(E, "a document over which a worker ended, and ended again when it was tried alone"),
    "BAT-03": Code(E, "a document that was not done in time"),
    "BAT-04": Code(W, "a build state that can't be used: everything is made again"),
    "BAT-05": Code(W, "a file that no job makes any more and that stays: it was changed, or its summary may only be away"),
    "BAT-06": Code(E, "a bug of ours, told with the document that it cost"),
    "BAT-07": Code(E, "a build state, a manifest or a report that can't be written"),
    "BAT-08": Code(W, "a pattern of a job's inputs that names no file"),
    "BAT-09": Code(E, "a fault of the machine in a batch: a library, a font, a permission, the disk"),
    "BAT-10": Code(E, "an input whose file name is not UTF-8"),
    "BAT-11": Code(W, "an older file of a final that is refused now, and that stays: it was changed, or can't be moved"),
}
GROUPS: Mapping[str, Mapping[str, Row]] = {
    "Files": FILES,
    "Fields": MODEL,
    "Rules": rows(RULES, WAIVERS),
    "Articles": ARTICLES,
    "Translations": TRANSLATIONS,
    "Joining summaries": JOINED,
    "Project": PROJECT,
    "Templates": TEMPLATES,
    "Pages and wording": PAGES,
    "Formats": WRITERS,
    "Batch": BATCH,
}


@dataclass(frozen=True, eq=False)
class RuleSet:
    """The rules of one run, and every code that its findings can have."""

    rules: tuple[Rule, ...]
    codes: Mapping[str, Row]

    @cached_property
    def stopping(self) -> frozenset[str]:
        """Return the codes that stop a draft and a review copy, too: printing it would break, or harm."""
        return frozenset(rule.code for rule in self.rules if rule.always)

    @cached_property
    def before_final(self) -> frozenset[str]:
        """Return the codes that block a final brief when found on a summary; what is said later weighs what it says."""
        said = rows(FILES, MODEL, WAIVERS, TRANSLATIONS, self.rules)
        return frozenset(code for code, row in said.items() if row.severity is Severity.ERROR)


def rule_set(own: Iterable[Rule] = ()) -> RuleSet:
    """Return briefgen's rules with a desk's own behind them; raise BriefgenError that names a row which lacks something."""
    own = tuple(own)
    return RuleSet((*RULES, *own), rows(*GROUPS.values(), own))


SHIPPED = rule_set()
CODES = SHIPPED.codes
