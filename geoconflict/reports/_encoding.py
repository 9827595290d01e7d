"""Bytes to text: which encoding a file is in, and newlines that keep every offset.

A byte order mark decides; else valid UTF-8 is UTF-8; else the bytes are judged. Western, Turkish and Central European
single-byte text is told apart by rules of our own, since general detectors confuse them in short texts that are mostly
ASCII, which reports in English are; every other script is left to charset-normalizer.
"""

from __future__ import annotations

import codecs
import re

from geoconflict.reports._rejection import Rejection

__all__ = [
    "decode",
    "decode_as",
    "describe_binary",
    "is_mostly_utf8",
    "legacy_encoding",
    "normalise",
    "unicode_encoding",
]

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    # UTF-32 before UTF-16: its little-endian mark begins with the other's.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SIGNATURES = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"PAR1\x15", "a Parquet file"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF89a", "a GIF picture"),
)
_OTHER_SCRIPTS = [
    "cp1251", "koi8_r", "cp1253", "cp1255", "cp1256", "mac_cyrillic", "gb18030", "big5", "shift_jis", "euc_jp", "euc_kr",
]  # fmt: skip
_NO_ENCODINGS = frozenset(
    {"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape", "unicode_escape", "raw_unicode_escape"}
)
"""Codecs of Python that no text is stored in; some take time that grows with the square of the length."""
_SAMPLE_BYTES = 200_000
_CONTROL = re.compile(rb"[\x00-\x06\x0e-\x1a\x1c-\x1f\x7f]")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_SAVE_AS_UTF8 = "save it as UTF-8"


def unicode_encoding(head: bytes) -> str | None:
    """Return the codec of a text that begins with `head` and shows its Unicode encoding, else None.

    It shows by a byte order mark or, in UTF-16 that is mostly Latin, by a NUL in every second byte.
    """
    return next((name for mark, name in _BOMS if head.startswith(mark)), None) or _unmarked_utf16(head)


def describe_binary(head: bytes) -> str | None:
    """Return what `head` is if it is no text ("a PDF", "binary data"), else None.

    UTF-16 and UTF-32 are text. A file of another encoding may hold a stray control character, but not many.
    """
    for signature, name in _SIGNATURES:
        if head.startswith(signature):
            return name
    if not head or unicode_encoding(head):
        return None
    try:
        # The head may end within a character.
        codecs.getincrementaldecoder("utf-8")().decode(head)
        share = 10
    except UnicodeDecodeError:
        share = 50
    # Random bytes have one control character in nine, random ASCII one in four; broken text in another encoding hardly
    # any, and text that decodes as UTF-8 is given more credit.
    return "binary data" if len(_CONTROL.findall(head)) * share > len(head) else None


def decode(data: bytes) -> str:
    """Return the text of a whole file, without its byte order mark.

    Raises
    ------
    Rejection
        If it is no text, or is broken in its encoding, or the encoding cannot be told.
    """
    binary = describe_binary(data[:_SAMPLE_BYTES])
    if binary:
        msg = f"not text: it is {binary}"
        raise Rejection(msg, "give the text of the report in a text file")
    encoding = unicode_encoding(data) or "utf-8"
    try:
        # A lone surrogate in UTF-16 is replaced by U+FFFD, one for one, as everywhere else.
        return data.decode(encoding, "replace" if encoding.startswith("utf-16") else "strict")
    except UnicodeDecodeError as error:
        if encoding != "utf-8" or is_mostly_utf8(data):
            line = data.count(b"\n", 0, error.start) + 1
            what = f"broken {encoding.removesuffix('-sig').upper()} at byte {error.start}"
            raise Rejection(what, f"mend that character, or {_SAVE_AS_UTF8}", line=line) from None
    return data.decode(legacy_encoding(data))


def decode_as(data: bytes, name: str | None) -> str | None:
    """Return the text of `data` in the encoding that it is said to be in; None if there is none such, or it is not."""
    try:
        codec = codecs.lookup(name) if name else None
    except (LookupError, UnicodeError, ValueError):
        return None
    if codec is None or codec.name in _NO_ENCODINGS:
        return None
    try:
        return data.decode(codec.name)
    except (LookupError, UnicodeError):
        return None


def is_mostly_utf8(data: bytes) -> bool:
    """Return whether more of the non-ASCII characters are good UTF-8 than not: then it is UTF-8 with a fault in it.

    A text in a single-byte encoding hardly ever holds a good multi-byte sequence, let alone more of them than others.
    """
    n_bad = data.decode("utf-8", "replace").count("\ufffd")
    n_good = sum(1 for char in data.decode("utf-8", "ignore") if char > "\x7f")
    return n_good > n_bad


def legacy_encoding(data: bytes) -> str:
    """Return the codec of text that is not Unicode.

    Parameters
    ----------
    data
        Bytes that are not valid UTF-8; the more of them the surer the answer. The answer decodes all of them.

    Raises
    ------
    Rejection
        If no encoding fits.
    """
    import charset_normalizer

    if _looks_latin(data):
        fitting = [(_strangeness(data, name), rank, name) for rank, name in enumerate(("cp1252", "cp1254", "cp1250"))]
        strangeness, _, name = min(fitting)
        # The five bytes that Windows-1252 leaves undefined are control characters in Latin-1.
        return name if strangeness < 1 else "latin-1"
    best = charset_normalizer.from_bytes(data[:_SAMPLE_BYTES], cp_isolation=_OTHER_SCRIPTS).best()
    try:
        if best is not None:
            data.decode(best.encoding)
            return best.encoding
    except UnicodeDecodeError:
        pass
    raise Rejection("the encoding cannot be told: not UTF-8, and no other fits", _SAVE_AS_UTF8)


def normalise(text: str) -> str:
    r"""Return `text` with newlines as ``\n`` and without characters that no store can hold; the length is kept.

    ``\r\n`` becomes a space and ``\n``, a lone ``\r`` becomes ``\n``; NUL and lone surrogates become U+FFFD. So an
    offset into the result is the same offset into the original.
    """
    if "\r" in text:
        text = text.replace("\r\n", " \n").replace("\r", "\n")
    return _UNSTORABLE.sub("\ufffd", text)


def _unmarked_utf16(data: bytes) -> str | None:
    """Return the byte order of UTF-16 without a mark: in text that is mostly Latin every second byte is NUL."""
    head = data[: _SAMPLE_BYTES // 2 * 2]
    if len(head) % 2 or len(head) < 8:
        return None
    nul_even, nul_odd, n = head[0::2].count(0), head[1::2].count(0), len(head) // 2
    if nul_odd * 2 > n and nul_even * 50 <= n:
        return "utf-16-le"
    if nul_even * 2 > n and nul_odd * 50 <= n:
        return "utf-16-be"
    return None


def _looks_latin(data: bytes) -> bool:
    """Return whether the non-ASCII letters stand one by one among ASCII ones, as accented Latin letters do."""
    in_runs = sum(len(run) for run in re.findall(rb"[\xc0-\xff]{4,}", data))
    n_letters = len(re.findall(rb"[\xc0-\xff]", data))
    n_ascii = len(re.findall(rb"[A-Za-z]", data))
    return in_runs * 5 <= n_letters <= n_ascii


def _strangeness(data: bytes, encoding: str) -> float:
    """Return how odd the text looks when read as `encoding`, 0 to 1; 1 if it cannot be."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return 1.0
    n_high = sum(1 for char in text if char > "\x7f")
    odd = len(re.findall(r"(?<=[a-z])[^\W\d_a-zà-öø-ÿĀ-ž]|(?<=[^\W\d_])[^\w\s’‘'­·–—-](?=[^\W\d_])", text))
    if encoding == "cp1252":
        # Its Icelandic letters are where Windows-1254 has the Turkish ones, and Turkish is far more common in the news
        # of conflicts.
        odd += len(re.findall("[ðþýÐÞÝ]", text))
    if encoding != "cp1250" and re.search("[šžŠŽ]", text):
        # Beside a Czech š or ž, Western letters with a grave accent or a stroke are Czech ones.
        odd += len(re.findall("[øìèùòïØÌÈ]", text))
    # A superscript or a fraction inside a word is a Central European letter.
    odd += len(re.findall("[£¤¦§©«¬®°±²³µ¶¹»¼½¾](?=[^\\W\\d_])", text))
    return min(odd / max(n_high, 1), 0.99)
