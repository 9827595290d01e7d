"""Small files of the formats that tools write, made by hand: PDF, web archives, messages."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

ARTICLE_HTML = """<!DOCTYPE html>
<html lang="en-GB">
<head>
<title>Shells on Tarvan | Agency One</title>
{head}
</head>
<body>
<nav><a href="/">Home</a> <a href="/world">World</a> <a href="/sport">Sport</a></nav>
<article>
<h1>Shells on Tarvan</h1>
{top}
<p>Gunners fired at Tarvan on Thursday, the ministry said. Three people were wounded in the town &amp; taken to hospital.</p>
<p>The mayor said that the market was hit twice before noon. There was no comment from the other side by the evening.</p>
</article>
<footer>Copyright 2019 Agency One. All rights reserved.</footer>
</body>
</html>
"""
PUBLISHED = '<meta property="article:published_time" content="2021-03-04T23:30:00-05:00">'


def article(head: str = PUBLISHED, top: str = "") -> str:
    return ARTICLE_HTML.replace("{head}", head).replace("{top}", top)


def pdf(
    pages: Sequence[Sequence[str]],
    *,
    info: str = "",
    packed: bool = False,
    more: str = "",
    draw: str = "",
    forms: Sequence[str] = (),
) -> bytes:
    """Return a PDF with a page for each list of lines.

    `more` is put into the trailer and `draw` before the text of each page; `forms` are the contents of drawings, which
    pages and each other know as /F0, /F1 and so on.
    """
    drawings = " ".join(f"/F{number} {5 + number} 0 R" for number in range(len(forms)))
    resources = f"/Resources << /Font << /F1 3 0 R >> /XObject << {drawings} >> >>"
    objects = [
        "",
        "",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        f"<< {info} >>",
    ]
    objects += [
        f"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] {resources} /Length {len(form)} >>\nstream\n{form}\nendstream"
        for form in forms
    ]
    kids = []
    for lines in pages:
        shown = [line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)") for line in lines]
        content = draw + (
            "BT /F1 12 Tf 14 TL 72 720 Td " + " ".join(f"({line}) Tj T*" for line in shown) + " ET" if lines else ""
        )
        data = content.encode("cp1252")
        extra = ""
        if packed:
            data, extra = zlib.compress(data), " /Filter /FlateDecode"
        objects.append(f"<< /Length {len(data)}{extra} >>\nstream\n" + data.decode("latin-1") + "\nendstream")
        kids.append(len(objects) + 1)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] {resources} /Contents {len(objects)} 0 R >>"
        )
    objects[0] = "<< /Type /Catalog /Pages 2 0 R >>"
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(f'{kid} 0 R' for kid in kids)}] /Count {len(kids)} >>"
    out = b"%PDF-1.4\n"
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n".encode() + body.encode("latin-1") + b"\nendobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R /Info 4 0 R {more} >>\n"
    return out + end.encode("latin-1") + f"startxref\n{len(out)}\n%%EOF\n".encode()


def warc_record(kind: str, content: bytes, **headers: str) -> bytes:
    named = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    return (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\n{named}Content-Length: {len(content)}\r\n\r\n".encode()
        + content
        + b"\r\n\r\n"
    )


def response(body: bytes, *, kind: str = "text/html; charset=utf-8", status: str = "200 OK", more: str = "") -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{more}\r\n".encode() + body


def page_record(body: bytes, url: str = "https://agency.example/tarvan", **http: str) -> bytes:
    return warc_record(
        "response",
        response(body, **http),
        WARC_Target_URI=url,
        WARC_Date="2021-03-05T10:00:00Z",
        WARC_Record_ID="<urn:uuid:1>",
        Content_Type="application/http; msgtype=response",
    )


def message(body: str = "Gunners fired at Tarvan on Thursday.\n", **headers: str | None) -> str:
    """Return a message; a header that is None is left out."""
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    fields = {
        "From": "Agency One <desk@agency.example>",
        "To": "list@reader.example",
        "Subject": "Shells on Tarvan",
        "Date": "Thu, 04 Mar 2021 23:30:00 -0500 (EST)",
        "Message-ID": "<1@agency.example>",
        "MIME-Version": "1.0",
    } | given
    return "".join(f"{name}: {value}\n" for name, value in fields.items() if value is not None) + "\n" + body
