"""A PDF drawn by hand: lines of text at places on pages, as programs that print articles make them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

LEFT, TOP, LEADING = 72, 760, 14
Line = tuple[float, float, str]  # x, y, words


def column(words: str, x: float = LEFT, top: float = TOP) -> list[Line]:
    """The lines of `words`, one below the other; an empty line leaves a gap."""
    return [(x, top - LEADING * i, line) for i, line in enumerate(words.split("\n")) if line]


def rows(*columns: list[Line]) -> list[Line]:
    """Columns drawn line by line across the page, as some programs do."""
    return sorted((line for lines in columns for line in lines), key=lambda line: (-line[1], line[0]))


def pdf(pages: Iterable[Sequence[Line]]) -> bytes:
    """A whole PDF in Helvetica; what Windows-1252 has not cannot be drawn."""
    streams = [draw(lines) for lines in pages]
    kids = " ".join(f"{3 + 2 * i} 0 R" for i in range(len(streams)))
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(streams)} >>".encode(),
    ]
    for i, stream in enumerate(streams):
        page = f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {4 + 2 * i} 0 R "
        objects.append(f"{page}/Resources << /Font << /F1 {font} >> >> >>".encode())
        objects.append(b"<< /Length %d >>\nstream\n%b\nendstream" % (len(stream), stream))
    return assemble(objects)


def draw(lines: Iterable[Line]) -> bytes:
    shown = (f"BT /F1 11 Tf {x} {y} Td ({escape(words)}) Tj ET" for x, y, words in lines)
    return "\n".join(shown).encode("cp1252")


def escape(words: str) -> str:
    return words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def assemble(objects: Sequence[bytes]) -> bytes:
    body, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    end = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(body))
    return body + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + end
