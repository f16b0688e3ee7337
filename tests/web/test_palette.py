"""The theme's colours have the contrasts that WCAG 2.2 requires (1.4.6, which is AAA, and 1.4.11)."""

import re
from pathlib import Path

import pytest

SETTINGS = (Path(__file__).resolve().parents[2] / "deploy" / "theme" / "_settings.scss").read_text()
COLOURS = dict(re.findall(r"^\$([a-z-]+): (#[0-9a-f]{6});", SETTINGS, re.MULTILINE)) | {"white": "#ffffff"}
AA, AAA, EDGE = 4.5, 7, 3


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(COLOURS[one]), luminance(COLOURS[other])), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    ("text", "ground", "least"),
    [
        ("ink", "paper", AAA),
        ("ink", "amber", AAA),
        ("ink-soft", "card", AAA),
        ("ink-soft", "paper", AAA),
        ("white", "deep", AAA),
        ("white", "teal", AAA),
        ("white", "bad", AAA),
        ("teal", "paper", AAA),
        ("teal-dark", "teal-wash", AAA),
        ("clay", "paper", AAA),
        ("amber", "deep", AA),
        ("bad", "bad-wash", AAA),
        ("good", "good-wash", AAA),
        ("warn", "warn-wash", AAA),
        ("info", "info-wash", AAA),
        ("line-strong", "card", EDGE),
        ("line-strong", "paper", EDGE),
    ],
)
def test_text_and_borders_have_enough_contrast(text, ground, least):
    assert contrast(text, ground) >= least
