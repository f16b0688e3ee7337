"""The text of each page of a PDF as Chromium prints it: uncompressed objects, fonts with a map to Unicode."""

import re
import zlib
from collections.abc import Iterator

OBJECT = re.compile(rb"(\d+) 0 obj\s(.*?)endobj", re.DOTALL)
STREAM = re.compile(rb"/Length (\d+)\b.*?stream\r?\n", re.DOTALL)
TOKEN = re.compile(rb"/(\S+) [\d.-]+ Tf|<([0-9A-Fa-f]+)>|\((?:\\.|[^\\)])*\)|/(\S+) Do\b|(T[dDm*]|ET)\b", re.DOTALL)
BLOCK = re.compile(rb"begin(bfchar|bfrange)(.*?)endbf", re.DOTALL)
HEX = re.compile(rb"<([0-9A-Fa-f]*)>")


class Pdf:
    """A printed document."""

    def __init__(self, data: bytes) -> None:
        self.objects = {int(number): body for number, body in OBJECT.findall(data)}

    def pages(self) -> list[str]:
        """Return the text of each page, with single blanks."""
        found = [body for body in self.objects.values() if re.search(rb"/Type /Page\b(?!s)", body)]
        return [" ".join("".join(self._text(page, page)).split()) for page in found]

    def _text(self, holder: bytes, page: bytes) -> Iterator[str]:
        fonts = dict(re.findall(rb"/(F\d+) (\d+) 0 R", self._resources(holder)))
        forms = dict(re.findall(rb"/(X\d+) (\d+) 0 R", self._resources(holder)))
        characters: dict[int, str] = {}
        for font, code, form, move in TOKEN.findall(self._content(holder)):
            if font:
                characters = self._characters(int(fonts[font]))
            elif code:
                yield "".join(characters.get(int(code[n : n + 4], 16), "?") for n in range(0, len(code), 4))
            elif form in forms:
                yield from self._text(self.objects[int(forms[form])], page)
            elif move:
                yield " "

    def _resources(self, holder: bytes) -> bytes:
        found = re.search(rb"/Resources (\d+) 0 R", holder)
        return self.objects[int(found[1])] if found else holder

    def _content(self, holder: bytes) -> bytes:
        found = re.search(rb"/Contents (\d+) 0 R", holder)
        return self._stream(self.objects[int(found[1])] if found else holder)

    def _stream(self, body: bytes) -> bytes:
        found = STREAM.search(body)
        content = body[found.end() : found.end() + int(found[1])] if found else b""
        return zlib.decompress(content) if b"/FlateDecode" in body else content

    def _characters(self, font: int) -> dict[int, str]:
        """Return the characters of a font by their codes."""
        found = re.search(rb"/ToUnicode (\d+) 0 R", self.objects[font])
        characters: dict[int, str] = {}
        for kind, block in BLOCK.findall(self._stream(self.objects[int(found[1])]) if found else b""):
            codes = HEX.findall(block)
            if kind == b"bfchar":
                characters |= {int(a, 16): _text_of(b) for a, b in zip(codes[::2], codes[1::2], strict=True)}
            else:
                for first, last, text in zip(codes[::3], codes[1::3], codes[2::3], strict=True):
                    start = int(text, 16)
                    characters |= {
                        int(first, 16) + n: chr(start + n) for n in range(int(last, 16) - int(first, 16) + 1)
                    }
        return characters


def _text_of(code: bytes) -> str:
    return bytes.fromhex(code.decode()).decode("utf-16-be")


def pages_of(data: bytes) -> list[str]:
    """Return the text of each page without blanks, as letters are placed one by one."""
    return ["".join(text.split()) for text in Pdf(data).pages()]
