"""Manuals as pages: Markdown to HTML with the classes of the page kit. HTML in a source is shown as text and never obeyed."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Final
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

CLASSES: Final = {
    "h2": "govuk-heading-m",
    "h3": "govuk-heading-s",
    "p": "govuk-body",
    "ul": "govuk-list govuk-list--bullet",
    "ol": "govuk-list govuk-list--number",
    "a": "govuk-link",
    "pre": "cf-code",
}
ROLES: Final = {
    "table": "table",
    "thead": "rowgroup",
    "tbody": "rowgroup",
    "tr": "row",
    "th": "columnheader",
    "td": "cell",
}
"""Said again, because a table that is drawn as blocks on a narrow screen is none to screen readers."""
TABLE: Final = '<div class="cf-table cf-table--stacked">'


@dataclass(frozen=True, slots=True)
class Text:
    """A manual: its title, its chapters as pairs of anchor and heading, and the HTML below the title."""

    title: str
    chapters: Sequence[tuple[str, str]]
    html: Markup


def anchor_of(heading: str) -> str:
    """Return the anchor of a heading, as GitHub makes it: links between the manuals work in both places."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def render(source: str, addresses: Mapping[str, str], *, leave_out: Sequence[str] = ()) -> Text:
    """Render a manual without the chapters to leave out.

    Args:
        source: the manual; its first line is the title.
        addresses: where the other manuals are, by the names of their files. A link to another file becomes plain text.
        leave_out: headings of chapters.
    """
    kit = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
    tokens = kit.parse(source)
    title, chapters, kept, is_kept = "", [], [], True
    for place, token in enumerate(tokens):
        if token.type == "heading_open":
            heading = _plain(tokens[place + 1])
            if token.tag == "h1":
                title = heading
            elif token.tag == "h2":
                is_kept = heading not in leave_out
                chapters += [(anchor_of(heading), heading)] * is_kept
            token.attrSet("id", anchor_of(heading))
        if is_kept:
            kept.append(token)
    for token in kept:
        _dress(token, addresses)
    html = kit.renderer.render(_below_title(kept), kit.options, {})
    return Text(title, chapters, Markup(html.replace("<table", TABLE + "<table").replace("</table>", "</table></div>")))  # noqa: S704  # written by the renderer, which escapes the source


def _plain(inline: Token) -> str:
    return unescape("".join(one.content for one in inline.children or ()))


def _below_title(tokens: Sequence[Token]) -> list[Token]:
    end = next((place for place, one in enumerate(tokens) if one.type == "heading_close" and one.tag == "h1"), -1)
    return list(tokens[end + 1 :])


def _dress(token: Token, addresses: Mapping[str, str]) -> None:
    """Give a token and what is in it the classes of the kit, and links their addresses."""
    if token.type.endswith("_open") or token.type == "code_block":
        tag = "pre" if token.type == "code_block" else token.tag
        if tag in CLASSES:
            token.attrSet("class", CLASSES[tag])
        if tag in ROLES:
            token.attrSet("role", ROLES[tag])
        if tag == "th":
            token.attrSet("scope", "col")
        if token.attrs.pop("style", None):  # columns of figures; styles within pages are not allowed
            token.attrSet("class", "cf-numeric")
    open_links = []
    for one in token.children or ():
        if one.type == "link_open":
            address = _address(str(one.attrGet("href")), addresses)
            open_links.append(address is not None)
            one.attrSet("href", address or "")
            one.attrSet("class", CLASSES["a"])
            one.hidden = address is None
        elif one.type == "link_close":
            one.hidden = not open_links.pop()
    token.children = [one for one in token.children or () if not (one.hidden and one.type.startswith("link_"))] or None


def _address(href: str, addresses: Mapping[str, str]) -> str | None:
    """Return where a link leads on the pages of help; None if nowhere."""
    parts = urlsplit(href)
    if parts.scheme in {"https", "mailto"} or not parts.path:
        return href
    found = addresses.get(parts.path.rpartition("/")[2])
    return found and found + (f"#{parts.fragment}" if parts.fragment else "")
