"""The figures of a run as lines to be read."""

from collections.abc import Iterator, Mapping


def lines(figures: Mapping[str, object]) -> Iterator[str]:
    """Yield one line for each figure; nested figures share a line."""
    for name, value in figures.items():
        yield f"{name.replace('_', ' '):32} {_text(value)}"


def _text(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name.replace('_', ' ')} {_text(one)}" for name, one in value.items()) or "none"
    if isinstance(value, float):
        return f"{value:.1f}"
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "none"
    return str(value)
