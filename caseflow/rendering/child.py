"""The program of the child: reads a file from its input, and answers with pictures or with the reason why there are none.

All libraries are loaded first, then the process confines itself, and only then it reads the file.
"""

import io
import os
import struct
import sys
from collections.abc import Iterator
from typing import Any, Final, NoReturn

import pypdfium2
from PIL import GifImagePlugin, Image, JpegImagePlugin, PngImagePlugin, TiffImagePlugin, WebPImagePlugin

from caseflow.rendering import NOT_CONFINED, PDF, Refusal
from caseflow.rendering.confinement import NotConfined, confine
from caseflow.rendering.limits import (
    LARGEST_FILE,
    LARGEST_PAGE,
    LONGEST_SIDE,
    MOST_PAGES,
    MOST_PIXELS,
    MOST_PIXELS_OF_JPEG,
)

FORMATS: Final = {
    "image/jpeg": JpegImagePlugin.JpegImageFile.format,
    "image/png": PngImagePlugin.PngImageFile.format,
    "image/gif": GifImagePlugin.GifImageFile.format,
    "image/webp": WebPImagePlugin.WebPImageFile.format,
    "image/tiff": TiffImagePlugin.TiffImageFile.format,
}
"""The one format in which a file of a type is opened: no other decoder sees it."""
QUALITIES: Final = (82, 60, 35)
LARGEST_SCALE: Final = 3.0
"""Of a PDF: 216 dots to the inch."""
PASSWORD: Final = 4
"""FPDF_ERR_PASSWORD."""


class Refused(Exception):
    """There will be no copy."""

    def __init__(self, why: Refusal) -> None:
        super().__init__(why.value)
        self.why = why


def main() -> None:
    """Answer, and end without cleaning up: nothing is left to clean."""
    media_type = sys.argv[1]
    Image.init()
    _encoded(Image.new("RGB", (8, 8)))  # loads what is loaded late
    try:
        confine()
    except (NotConfined, OSError, ValueError):  # limits that cannot be set, too
        _say(NOT_CONFINED)
    try:
        answer = _answer(sys.stdin.buffer.read(LARGEST_FILE + 1), media_type)
    except Refused as refused:
        answer = b"R" + refused.why.value.encode()
    except MemoryError:
        answer = b"R" + Refusal.TOO_LARGE.value.encode()
    except Exception:  # noqa: BLE001 - whatever a hostile file makes of a decoder
        answer = b"R" + Refusal.BROKEN.value.encode()
    _say(answer)


def _say(answer: bytes) -> NoReturn:
    sys.stdout.buffer.write(answer)
    sys.stdout.buffer.flush()
    os._exit(0)


def _answer(content: bytes, media_type: str) -> bytes:
    if len(content) > LARGEST_FILE:
        raise Refused(Refusal.TOO_LARGE)
    in_all, pages = _pages_of_pdf(content) if media_type == PDF else _pages_of_picture(content, media_type)
    made = [struct.pack(">I", len(page)) + page for page in map(_encoded, pages)]
    return b"P" + struct.pack(">I", in_all) + b"".join(made) + b"E"


def _pages_of_pdf(content: bytes) -> tuple[int, Iterator[Image.Image]]:
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        is_locked = getattr(error, "err_code", None) == PASSWORD
        raise Refused(Refusal.LOCKED if is_locked else Refusal.BROKEN) from error
    number = len(document)
    return number, (_page_of_pdf(document, place) for place in range(min(number, MOST_PAGES)))


def _page_of_pdf(document: Any, place: int) -> Image.Image:
    page = document[place]
    longest = max(page.get_size())
    if not longest > 0:  # nor is what is no number
        raise Refused(Refusal.BROKEN)
    bitmap = page.render(scale=min(LONGEST_SIDE / longest, LARGEST_SCALE), may_draw_forms=False, fill_color=(255,) * 4)
    picture: Image.Image = bitmap.to_pil()
    page.close()
    return picture


def _pages_of_picture(content: bytes, media_type: str) -> tuple[int, Iterator[Image.Image]]:
    Image.MAX_IMAGE_PIXELS = None  # the limits are ours
    picture = Image.open(io.BytesIO(content), formats=[FORMATS[media_type]])
    number = getattr(picture, "n_frames", 1) if media_type == "image/tiff" else 1
    return number, (_frame(picture, place) for place in range(min(number, MOST_PAGES)))


def _frame(picture: Image.Image, place: int) -> Image.Image:
    """Return a page of a picture, upright and small. Of what moves, the first picture."""
    if place:
        picture.seek(place)
    if picture.format == "JPEG":
        _check_size(picture, MOST_PIXELS_OF_JPEG)
        picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    _check_size(picture, MOST_PIXELS)
    picture.load()
    turned = _orientation(picture)
    small = picture.copy() if picture.mode not in {"I;16", "I", "F"} else picture.convert("L")
    if small.mode not in {"RGB", "RGBA", "L", "LA"}:
        small = small.convert("RGBA" if "transparency" in small.info or small.mode == "PA" else "RGB")
    small.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    if small.mode in {"RGBA", "LA"}:
        ground = Image.new("RGBA", small.size, (255, 255, 255, 255))
        ground.alpha_composite(small.convert("RGBA"))
        small = ground
    return small.transpose(turned) if turned is not None else small


def _check_size(picture: Image.Image, most: int) -> None:
    width, height = picture.size
    if width < 1 or height < 1:
        raise Refused(Refusal.BROKEN)
    if width * height > most:
        raise Refused(Refusal.TOO_LARGE)


TURNS: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""How a picture is turned upright, by the orientation of EXIF."""
ORIENTATION: Final = 0x0112


def _orientation(picture: Image.Image) -> Image.Transpose | None:
    try:
        return TURNS.get(picture.getexif().get(ORIENTATION, 1))
    except Exception:  # noqa: BLE001 - hostile EXIF turns nothing
        return None


def _encoded(picture: Image.Image) -> bytes:
    """Return the pixels, and only them, as a baseline JPEG."""
    rgb = picture.convert("RGB")
    plain = Image.frombytes("RGB", rgb.size, rgb.tobytes())  # without what else the picture carries
    for quality in QUALITIES:
        made = io.BytesIO()
        plain.save(made, "JPEG", quality=quality)
        if made.tell() <= LARGEST_PAGE:
            return made.getvalue()
    raise Refused(Refusal.TOO_LARGE)


if __name__ == "__main__":
    main()
