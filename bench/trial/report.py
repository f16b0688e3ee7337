"""The figures of a trial as lines to be read."""

from collections.abc import Iterator, Mapping


def lines(figures: Mapping[str, object]) -> Iterator[str]:
    """Yield one line a figure, what is nested in one line."""
    for name, value in figures.items():
        yield f"{name.replace('_', ' '):32} {_said(value)}"


def _said(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name.replace('_', ' ')} {_said(one)}" for name, one in value.items()) or "none"
    if isinstance(value, float):
        return f"{value:.1f}"
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "none"
    return str(value)
