"""The address of a picture: a file below the roots, or a reason why not."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefgen.writers.assets import Refused, locate


@pytest.mark.parametrize("address", ["ok.png%00", "%00ok.png", "ok.png%00.svg", "in%00/ok.png", "file:ok.png%00"])
def test_a_zero_byte_is_part_of_no_name(address: str, tmp_path: Path) -> None:
    (tmp_path / "ok.png").write_bytes(b"x")
    with pytest.raises(Refused, match="no file has such a name"):
        locate(address, [tmp_path])


@pytest.mark.parametrize("address", ["ok.png%2500", "ok.png%01", "ok.png%0A"])
def test_what_may_be_a_name_is_looked_for(address: str, tmp_path: Path) -> None:
    (tmp_path / "ok.png").write_bytes(b"x")
    with pytest.raises(FileNotFoundError, match="there is no such file"):
        locate(address, [tmp_path])


@pytest.mark.parametrize("address", ["ok.png", "./ok.png", "%6Fk.png", "in/../ok.png"])
def test_a_file_below_a_root_is_found(address: str, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "ok.png").write_bytes(b"x")
    assert locate(address, [tmp_path / "in", tmp_path]) == (tmp_path / "ok.png").resolve()


@pytest.mark.parametrize("address", ["../ok.png", "%2e%2e/ok.png", "link.png"])
def test_what_lies_outside_is_refused(address: str, tmp_path: Path) -> None:
    inside = tmp_path / "in"
    inside.mkdir()
    (tmp_path / "ok.png").write_bytes(b"x")
    (inside / "link.png").symlink_to(tmp_path / "ok.png")
    with pytest.raises(Refused, match="outside the project's folders"):
        locate(address, [inside])


@pytest.mark.parametrize(
    "address", ["http://a.example/ok.png", "//a.example/ok.png", "data:image/png;base64,AA==", "file://h/ok.png"]
)
def test_what_is_no_file_is_refused(address: str, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="are not read"):
        locate(address, [tmp_path])
