"""Bad input survives: files that are none, bombs, limits, characters."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from briefgen.findings.diagnostics import BriefgenError, Diagnostic, Rejected, UsageError
from briefgen.load import check_model, parse, read, validate
from briefgen.model.summary import Summary
from briefgen.rules import check

X = Path("x.yaml")
BASE = "title: T\nlanguage: en\nsources: [{id: S1, title: T}]\n"


def faults(data: str | bytes, path: Path = X) -> list[Diagnostic]:
    with pytest.raises(Rejected) as caught:
        parse(data, path)
    return list(caught.value.diagnostics)


def codes(data: str | bytes) -> list[str]:
    return [finding.code for finding in faults(data)]


# --- files ------------------------------------------------------------------------------------------------------


def test_a_missing_file_names_a_near_one(tmp_path: Path) -> None:
    (tmp_path / "russia.yaml").write_text(BASE)
    with pytest.raises(UsageError, match="there is no file") as caught:
        read(tmp_path / "rusia.yaml", "rusia.yaml")
    assert "russia.yaml?" in caught.value.hint


@pytest.mark.parametrize("name", ["none/x.yaml", "file/x.yaml", "a\0b", "x" * 300])
def test_paths_that_can_not_be(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(BriefgenError):
        read(tmp_path / name)


def test_a_folder_is_a_fault_of_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is a folder"):
        read(tmp_path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_an_unreadable_file_is_a_fault_of_the_machine(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text(BASE)
    (tmp_path / "x.yaml").chmod(0)
    with pytest.raises(BriefgenError) as caught:
        read(tmp_path / "x.yaml")
    assert not isinstance(caught.value, UsageError)


def test_the_name_in_messages_is_the_one_given(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text("a: b: c\n")
    with pytest.raises(Rejected) as caught:
        read(tmp_path / "x.yaml", "inputs/x.yaml")
    assert str(caught.value.diagnostics[0].span) == "inputs/x.yaml:1:4"


@pytest.mark.parametrize("text", ["", "\n\n", "  \n\t\n", "# only a comment\n", "\ufeff", "---\n", "null\n"])
def test_an_empty_file(text: str) -> None:
    assert codes(text) == ["FIL-01"]


@pytest.mark.parametrize("text", ["- a\n", "just words\n", "12\n", "[]\n"])
def test_no_mapping(text: str) -> None:
    assert codes(text) == ["FIL-09"]


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04...",
        b"%PDF-1.7",
        b"\x89PNG\r\n",
        b"\xff\xd8\xff\xe0",
        b"{\\rtf1",
        b"\x1f\x8b\x08",
        b"\xd0\xcf\x11\xe0",
        b"\xfe\x00\x01\xff" * 9,
    ],
)
def test_a_binary_file(data: bytes) -> None:
    assert codes(data) == ["FIL-02"]


def test_a_foreign_encoding_is_placed_and_guessed() -> None:
    found = faults("title: x\ndek: Straße in Köln\n".encode("cp1252"))
    assert [(f.code, str(f.span), f.message) for f in found] == [("FIL-03", "x.yaml:2:10", "byte 0xDF is not UTF-8")]
    assert "Straße in Köln" in found[0].hints[1]
    assert codes(b"\xff\xfea\x00b") == ["FIL-03"]


# --- limits -----------------------------------------------------------------------------------------------------


def test_ten_megabytes(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(b"title: " + b"x" * 10_000_000)
    started = time.perf_counter()
    with pytest.raises(Rejected, match="FIL-04 larger than 2 MB"):
        read(path)
    assert time.perf_counter() - started < 1


@pytest.mark.parametrize(
    "text",
    ["[" * 5000, "a: " + "[" * 5000 + "]" * 5000, "\n".join(" " * n + "a:" for n in range(1200)), "- " * 5000, "{a: " * 5000],
)
def test_five_thousand_levels(text: str) -> None:
    found = faults(text)
    assert found[0].code in ("FIL-05", "YML-01")
    assert found[0].span


def test_forty_levels_are_enough() -> None:
    assert parse("a: " + "[" * 39 + "]" * 39, X)
    assert codes("a: " + "[" * 40 + "]" * 40) == ["FIL-05"]


def test_too_many_values() -> None:
    assert codes("a: [" + "1," * 60_000 + "1]") == ["FIL-06"]


def test_a_bomb_of_aliases_is_refused_at_once() -> None:
    rows = ["a0: &a0 [x]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    started = time.perf_counter()
    assert set(codes("\n".join(rows))) == {"YML-07"}
    assert time.perf_counter() - started < 1


def test_merge_keys_are_keys_like_others() -> None:
    source = parse(BASE + "<<: {title: Q}\n", X)
    with pytest.raises(Rejected, match="MOD-01 unknown key `<<`"):
        validate(source)


def test_thousands_of_mistakes_are_told_quickly() -> None:
    text = BASE + "risks:\n" + "".join(f"  - {{titel{n}: x, mechanizm: {n}}}\n" for n in range(3000))
    started = time.perf_counter()
    with pytest.raises(Rejected) as caught:
        validate(parse(text, X))
    assert time.perf_counter() - started < 5
    assert 0 < len(caught.value.diagnostics) <= 501


# --- characters -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [0x00, 0x01, 0x08, 0x0B, 0x0C, 0x0E, 0x1B, 0x1F, 0x7F, 0x80, 0x9F, 0xFFFE, 0xFFFF])
def test_control_characters_are_placed(number: int) -> None:
    found = faults(f"title: T\ndek: ab{chr(number)}c\n")
    assert [(f.code, str(f.span), f.message.split()[0]) for f in found] == [("FIL-07", "x.yaml:2:8", f"U+{number:04X}")]


@pytest.mark.parametrize("number", [0xE000, 0xF8FF, 0xF0000, 0x10FFFD])
def test_private_use_characters_are_placed(number: int) -> None:
    assert [(f.code, str(f.span)) for f in faults(f"dek: x{chr(number)}\n")] == [("FIL-08", "x.yaml:1:7")]


@pytest.mark.parametrize("number", [*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
def test_what_turns_the_direction_of_text_is_placed(number: int) -> None:
    """As it stands, as an escape, in a comment: what an editor shows is what is checked."""
    for text in (f"dek: ab{chr(number)}c\n", f'dek: "b\\u{number:04x}"\n', f"dek: x # {chr(number)}\n"):
        found = faults(text)
        assert [(f.code, f.span and f.span.line) for f in found] == [("FIL-10", 1)], text
        assert f"U+{number:04X}" in found[0].message


ADDRESSES = {
    "https://example.eu": True,
    "https://example.eu:8080/a?b=c@d#e": True,
    "http://[2001:db8::1]/a": True,
    "https://example.eu@other.example/": False,
    "https://user:word@example.eu/": False,
    "https://example.eu\\\\@other.example/": False,
    "https://example.eu/a\\\\b": False,
    "https://example.eu/\\x7f": False,
    "https:///a": False,
}


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_has_one_host_for_everybody(address: str) -> None:
    text = f'title: T\nlanguage: en\nsources: [{{id: S1, title: T, url: "{address}"}}]\n'
    if ADDRESSES[address]:
        assert validate(parse(text, X)).sources[0].url == address
    else:
        with pytest.raises(Rejected):
            validate(parse(text, X))


@pytest.mark.parametrize("escape", ["\\0", "\\a", "\\e", "\\x07", "\\u0000", "\\ue000", "\\U000F0000", "\\uFFFE"])
def test_escapes_are_no_way_round(escape: str) -> None:
    found = faults(f'title: T\nrisks: [{{title: "x{escape}"}}]\n')
    assert [f.code[:3] for f in found] == ["FIL"]
    assert str(found[0].span) == "x.yaml:2:17"


def test_other_faults_are_found_beside_them() -> None:
    found = faults("title: a\x01b\ndek: c: d\nrisks: x\x02\n")
    assert [(f.code, f.span.line) for f in found if f.span] == [("FIL-07", 1), ("FIL-07", 3), ("YML-02", 2)]


def test_a_file_of_refused_characters_is_folded() -> None:
    found = faults("a: " + "\x01" * 500)
    assert len(found) == 20
    assert "480 more" in found[-1].message


@pytest.mark.parametrize(
    "words",
    [
        "<script>alert(1)</script>",
        "{% include 'x' %}",
        "${jndi:ldap://x}",
        "]]>&amp;<w:t>",
        "'; DROP TABLE",
        "../../etc",
        "=cmd()",
    ],
)
def test_markup_in_texts_is_text(words: str) -> None:
    summary = validate(parse(BASE + f"dek: '{words.replace(chr(39), chr(39) * 2)}'\n", X))
    assert summary.dek is not None
    assert summary.dek.full == words


def test_long_words_and_many_items_pass() -> None:
    rows = "".join(f"  - {{headline: H, text: {'x' * 300}, status: reported}}\n" for _ in range(200))
    source = parse(f"{BASE}key_developments:\n{rows}risks: []\noutlook: {{scenarios: [], watch: []}}\n", X)
    summary = check_model(Summary, source, id="x")
    assert len(summary.key_developments) == 200
    assert len([f for f in check(summary, source) if f.code == "TXT-04"]) == 200
