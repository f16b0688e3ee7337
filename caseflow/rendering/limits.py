"""How much one file may take."""

from typing import Final

MOST_PAGES: Final = 20
"""Pages of which pictures are made: enough to see what a file is. The original has all."""
LONGEST_SIDE: Final = 1600
"""Pixels of a picture: a page of paper can be read."""
MOST_PIXELS: Final = 40_000_000
"""Of a picture when it is decoded. A JPEG is decoded smaller, so that photos of every phone fit."""
MOST_PIXELS_OF_JPEG: Final = 300_000_000
LARGEST_FILE: Final = 100_000_000
"""Bytes."""
LARGEST_PAGE: Final = 4_000_000
LARGEST_ANSWER: Final = 40_000_000
MEMORY: Final = 512 * 1024 * 1024
"""Bytes of the address space of the child, with its programs and the file."""
MOST_SECONDS: Final = 60.0
CPU_SECONDS: Final = 50
PAPER_SECONDS: Final = 60.0
"""Of the child that makes papers."""
PAPER_CPU_SECONDS: Final = 50
PAPER_MEMORY: Final = 512 * 1024 * 1024
"""Bytes that it may take for its data, besides its programs."""
LARGEST_PAPERS: Final = 20_000_000
"""Bytes of the text of papers."""
