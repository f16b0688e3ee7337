"""Parses a page: its words, its forms with their values, and what every page must have."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
SILENT = {"hidden", "submit", "button", "reset", "image"}
Attributes = dict[str, str]


@dataclass
class Control:
    """A control of a form: text, select, checkbox, radio or button."""

    tag: str
    attributes: Attributes
    options: list[tuple[str, bool]] = field(default_factory=list)
    text: str = ""
    is_wrapped: bool = False  # inside its <label>

    @property
    def name(self) -> str:
        return self.attributes.get("name", "")

    @property
    def kind(self) -> str:
        return self.attributes.get("type", "text") if self.tag == "input" else self.tag

    def sends(self) -> list[str]:
        """Return what a browser sends for the unchanged control."""
        if self.tag == "select":
            chosen = [value for value, is_chosen in self.options if is_chosen]
            return chosen or ([] if "multiple" in self.attributes else [value for value, _ in self.options[:1]])
        if self.tag == "textarea":
            return [self.text.removeprefix("\n")]
        if self.kind in {"radio", "checkbox"}:
            return [self.attributes.get("value", "on")] if "checked" in self.attributes else []
        return [] if self.kind in SILENT - {"hidden"} else [self.attributes.get("value", "")]


@dataclass
class PageForm:
    """A form: its address, and its controls."""

    attributes: Attributes
    controls: list[Control] = field(default_factory=list)

    @property
    def is_post(self) -> bool:
        return self.attributes.get("method", "get").lower() == "post"

    def values(self) -> dict[str, list[str]]:
        """Return what a browser sends for the unchanged form."""
        values: dict[str, list[str]] = {}
        for control in self.controls:
            if control.name:
                values.setdefault(control.name, []).extend(control.sends())
        return values


class Markup(HTMLParser):
    """Parses a page. `main` has the forms inside <main>, in their order."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, Attributes]] = []
        self.title, self.words = "", ""
        self.forms: list[PageForm] = []
        self.main: list[PageForm] = []
        self.controls: list[Control] = []
        self.scripts: list[Attributes] = []
        self.links: dict[str, str] = {}
        self.ids: list[str] = []
        self.classes: set[str] = set()
        self.labelled: set[str] = set()
        self.faults: list[str] = []
        self.feed(html)
        self.close()
        self.words = " ".join(self.words.split())

    def _is_in(self, tag: str) -> bool:
        return any(name == tag for name, _ in self.open)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        self.classes.update(attributes.get("class", "").split())
        if "id" in attributes:
            self.ids.append(attributes["id"])
        self.faults += [f"inline {name} on <{tag}>" for name in attributes if name.startswith("on") or name == "style"]
        if tag == "label" and "for" in attributes:
            self.labelled.add(attributes["for"])
        elif tag == "script":
            self.scripts.append(attributes)
        elif tag == "form":
            self.forms.append(PageForm(attributes))
            if self._is_in("main"):
                self.main.append(self.forms[-1])
        elif tag in {"input", "select", "textarea", "button"}:
            control = Control(tag, attributes, is_wrapped=self._is_in("label"))
            self.controls.append(control)
            if self._is_in("form"):
                self.forms[-1].controls.append(control)
        elif tag == "option":
            self.controls[-1].options.append((attributes.get("value", ""), "selected" in attributes))
        if tag not in VOID:
            self.open.append((tag, attributes))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        inside, attributes = self.open[-1] if self.open else ("", {})
        if inside == "title" and not self._is_in("svg"):
            self.title += data
        elif inside == "textarea":
            self.controls[-1].text += data
        elif inside == "a" and data.strip():
            self.links.setdefault(" ".join(data.split()), attributes.get("href", ""))
        if inside not in {"script", "style", "title"}:
            self.words += f" {data}" if inside != "textarea" else ""

    def unlabelled(self) -> list[str]:
        """Return the controls without a label for screen readers."""
        return [
            control.name or control.tag
            for control in self.controls
            if control.tag != "button"
            and control.kind not in SILENT
            and not control.is_wrapped
            and not ({"aria-label", "aria-labelledby"} & set(control.attributes))
            and control.attributes.get("id") not in self.labelled
        ]
