"""Encodings and newlines."""

from __future__ import annotations

import datetime as dt
import json
import random
from pathlib import Path

import pytest

from geoconflict.reports import read_reports
from geoconflict.reports._encoding import decode, legacy_encoding, normalise
from geoconflict.reports._rejection import Rejection

TODAY = dt.date(2024, 5, 1)
ENGLISH = "The envoy said “no” – the café in Orléans was closed, and São Tomé’s naïve résumé too."
TURKISH = "Dışişleri Bakanlığı saldırıyı kınadı; Çavuşoğlu şehirde sivil kayıplar olduğunu söyledi."
CZECH = "Ministr Tomáš Petříček řekl, že příměří bylo porušeno během několika hodin."
POLISH = "Wałęsa spotkał się w Łodzi z żołnierzami i powiedział, że wojna się skończyła."
RUSSIAN = "Министр заявил, что обстрел города прекратился после переговоров."
MIXED = "The mayor of Степанакерт said that the shelling had stopped on Sunday, after talks in Geneva."


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        *(
            (text, encoding)
            for text in (ENGLISH, TURKISH, CZECH, RUSSIAN, "plain")
            for encoding in ("utf-8", "utf-8-sig")
        ),
        *((ENGLISH, encoding) for encoding in ("utf-16", "utf-32", "utf-16-le", "utf-16-be", "cp1252")),
        ("São Tomé’s résumé".replace("’", ""), "latin-1"),
        ("Café", "cp1252"),
        (TURKISH, "cp1254"),
        (CZECH, "cp1250"),
        (POLISH, "cp1250"),
        (RUSSIAN, "utf-16"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (MIXED, "cp1251"),
        ("外交部长在日内瓦会面，战斗必须停止。", "gb18030"),
        ("الرئيس قال إن القتال يجب أن يتوقف فورا", "cp1256"),
    ],
)
def test_encoding_is_told(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("byte", [0x80, 0x9D, 0xA0, 0xC3, 0xE2, 0xFF])
def test_broken_utf8_is_not_taken_for_another_encoding(byte: int) -> None:
    data = (TURKISH + "\n").encode() + bytes([byte]) + f" {RUSSIAN}".encode()
    with pytest.raises(Rejection, match="broken UTF-8 at byte") as caught:
        decode(data)
    assert caught.value.line == 2


def test_utf8_cut_off_in_a_character() -> None:
    with pytest.raises(Rejection, match="broken UTF-8"):
        decode((CZECH + "ř").encode()[:-1])


def test_broken_utf16_keeps_what_it_can() -> None:
    data = b"\xff\xfe" + "ab".encode("utf-16-le") + b"\x00\xd8" + "cd".encode("utf-16-le")
    assert decode(data) == "ab\ufffdcd"


def test_odd_utf32_is_refused() -> None:
    with pytest.raises(Rejection, match="broken UTF-32"):
        decode("abc".encode("utf-32")[:-1])


@pytest.mark.parametrize("size", [50, 500, 5000])
def test_random_bytes_are_no_text(size: int) -> None:
    for seed in range(20):
        with pytest.raises(Rejection):
            decode(random.Random(f"{size}/{seed}").randbytes(size))


def test_undefined_windows_byte_is_latin1() -> None:
    assert legacy_encoding(b"caf\xe9 \x81 caf\xe9 in Orl\xe9ans") == "latin-1"


def test_newlines_and_unstorable_characters_keep_the_length() -> None:
    text = "a\r\nb\rc\nd\r\r\ne\x00f\ud800g\u2028h\x0bi"
    assert normalise(text) == "a \nb\nc\nd\n \ne\ufffdf\ufffdg\u2028h\x0bi"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32", "cp1252"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_files_of_many_reports_in_any_encoding(tmp_path: Path, encoding: str, newline: str) -> None:
    texts = ["Plain.", "Café “A” – closed.", "São Tomé", "Orléans and Malmö."]
    lines = [json.dumps({"date": "2021-03-04", "text": text}, ensure_ascii=False) for text in texts]
    (tmp_path / "in.jsonl").write_bytes((newline.join(lines) + newline).encode(encoding))
    rows = ["date,text", *(f'2021-03-04,"{text} In a table."' for text in texts)]
    (tmp_path / "in.csv").write_bytes(newline.join(rows).encode(encoding))
    reader = read_reports(tmp_path, today=TODAY)
    assert [report.text for report in reader] == [*(f"{text} In a table." for text in texts), *texts]
    assert [report.origin for report in reader][-1] == "in.jsonl:4"


def test_cyrillic_table_in_windows_1251(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_bytes(("date;text\n" + "2021-03-04;Plain.\n" * 3 + f"2021-03-04;{RUSSIAN}\n").encode("cp1251"))
    reports = list(read_reports(path, today=TODAY))
    assert reports[-1].text == RUSSIAN


def test_one_broken_line_does_not_change_the_encoding_of_the_others(tmp_path: Path) -> None:
    good = json.dumps({"date": "2021-03-04", "text": CZECH}, ensure_ascii=False).encode()
    bad = b'{"date": "2021-03-04", "text": "caf\xe9"}'
    path = tmp_path / "in.jsonl"
    for lines in ([good, bad], [bad, good]):
        path.write_bytes(b"\n".join(lines))
        reader = read_reports(path, today=TODAY)
        assert [report.text for report in reader] == [CZECH]
        assert reader.failures[0].what == "not UTF-8 at byte 36 of the line"
