"""Say a compiled style sheet in fewer words that mean the same to every browser of today (`deploy/vendor.py`).

The kit repeats itself for browsers that are gone and says each size three times in each rule: for a narrow window, for a
wide one and for paper. Here a value that depends on the medium gets a name (`--a`), is said once, and rules of the same
selectors become one. Nothing is moved past a rule that could overrule it.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import count

TOKEN = re.compile(
    r"""/\*.*?\*/|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\([^()]*(?:\([^()]*(?:\([^()]*\)[^()]*)*\)[^()]*)*\)|.""",
    re.DOTALL,
)
"""One character, or what must not be taken apart: comments, strings, brackets."""
SELECTOR_END = re.compile(r",(?![^()\[\]]*[)\]])")
NUMBER = re.compile(r"[\d.]+")
GROUP = re.compile(r"@(?:media|supports)\b")

GONE = (
    *("-webkit-text-decoration-skip-ink", "-webkit-text-decoration-skip", "text-decoration-skip"),
    *("-webkit-box-decoration-break", "-webkit-clip-path", "-webkit-appearance:none;appearance", "word-wrap"),
    *("-moz-text-size-adjust", "--govuk-frontend-version"),
)
"""Properties that repeat another one for browsers of before 2020, or that nothing reads."""
GONE_GROUPS = (
    "@supports not (text-wrap: balance)",
    "@supports not (caret-color: auto)",
    "@media screen\\0 ",
    "@media screen\ufffd",
    "@media screen\t",
)
ALWAYS = ("@supports not (-ms-ime-align: auto)", "@supports(border-width: max(0px))", "@supports(padding: max(calc(0px)))",
          "@supports(position: -webkit-sticky) or (position: sticky)")  # fmt: skip
GONE_SELECTORS = re.compile(
    r"::-moz-focus-inner|:-moz-any-link|-spin-button|\[type=number\]|:disabled|\[disabled\]|\[href\^=.*::after"
)
"""What no browser of today asks for, and what no page has: boxes for numbers, fields that are switched off, printed addresses."""
SHORT = (
    (
        re.compile(r"@media screen and \(forced-colors: active\),\(-ms-high-contrast: active\)"),
        "@media(forced-colors: active)",
    ),
    (re.compile(r"rgba\(0,0,0,0\)"), "#0000"),
    (re.compile(r"(?<=[\d\w)]), (?=[\d.])"), ","),
    (re.compile(r"rgb\(([\d.]+)%,([\d.]+)%,([\d.]+)%\)"), lambda found: hexadecimal(*found.groups())),
)
LETTERS = ("font-weight", "font-size", "line-height")
FONT = '"Noto Sans","Noto Sans Arabic",system-ui,sans-serif'
SIMPLE = re.compile(r"::?[\w-]+(?:\((?:[^()]|\([^()]*\))*\))?|\.(?:\\.|[\w-])+|\[[^\]]*\]|[\w-]+|\\?.")
"""A simple selector, or what stands between two."""
FEWEST = 2
"""Uses from which a value that depends on the medium gets a name."""

Values = dict[str, str]


@dataclass(frozen=True)
class Rule:
    """Declarations of one selector list, inside of groups (`@media`, `@supports`)."""

    groups: tuple[str, ...]
    selector: str
    values: Values


def shorten(css: str) -> str:
    """Return a compressed style sheet that means the same and is shorter."""
    start = css.index(":root{")
    for pattern, short in SHORT:
        css = css[:start] + pattern.sub(short, css[start:])
    rules = [rule for rule in map(of_today, parse(css[start:])) if rule.values]
    rules = joined(with_letters(with_names(with_literals(rules))))
    return css[:start] + written([replace(rule, selector=in_few_words(rule.selector)) for rule in rules])


def parse(css: str) -> list[Rule]:
    """Return the rules of compressed CSS in their order."""
    rules: list[Rule] = []
    groups: list[str] = []
    text, body, depth = "", None, 0
    for token in TOKEN.findall(css):
        if body is None and token == "{" and GROUP.match(text):
            groups.append(text)
            text = ""
        elif body is None and token == "{":
            body = ""
        elif body is None and token == "}":
            groups.pop()
        elif body is None:
            text += token
        elif token == "}" and not depth:
            rules.append(Rule(tuple(groups), text, {"": body} if text.startswith("@") else declarations(body)))
            text, body = "", None
        else:
            depth += (token == "{") - (token == "}")
            body += token
    return rules


def declarations(body: str) -> Values:
    """Return the declarations of a rule; a later one of the same property counts."""
    found: Values = {}
    parts, part = [], ""
    for token in TOKEN.findall(body):
        if token == ";":
            parts.append(part)
            part = ""
        else:
            part += token
    for one in filter(None, [*parts, part]):
        name, _, value = one.partition(":")
        if name in found and value.startswith("-webkit-"):
            continue
        found.pop(name, None)
        found[name] = value
    return found


def of_today(rule: Rule) -> Rule:
    """Leave out what only browsers of before 2020 read."""
    kept = [one for one in SELECTOR_END.split(rule.selector) if not GONE_SELECTORS.search(one)]
    if not kept or any(group in GONE_GROUPS for group in rule.groups):
        return replace(rule, values={})
    values = {name: value for name, value in rule.values.items() if name not in GONE}
    return Rule(tuple(group for group in rule.groups if group not in ALWAYS), ",".join(kept), values)


def with_literals(rules: list[Rule]) -> list[Rule]:
    """Put colours and measures of the kit that never change in place of their names."""
    said = Counter(name for rule in rules for name in rule.values if name.startswith("--"))
    literal = {
        name: value for rule in rules if rule.selector == ":root" for name, value in rule.values.items()
        if name.startswith("--govuk-") and "breakpoint" not in name and said[name] == 1 and "var(" not in value
    }  # fmt: skip

    def plain(value: str) -> str:
        return re.sub(r"var\((--[\w-]+)\)", lambda found: literal.get(found[1], found[0]).strip(), value)

    return [
        Rule(
            rule.groups,
            rule.selector,
            {name: plain(value) for name, value in rule.values.items() if name not in literal},
        )
        for rule in rules
    ]


@dataclass
class Run:
    """Rules of one selector that follow each other: what it says always, and in each medium."""

    groups: tuple[str, ...]
    selector: str
    always: Values = field(default_factory=dict)
    media: dict[str, Values] = field(default_factory=dict)

    def takes(self, rule: Rule) -> bool:
        """Add a rule if it is of this selector and overrules nothing that was said for a medium; return whether it did."""
        depth = len(self.groups)
        if rule.selector != self.selector or rule.groups[:depth] != self.groups or len(rule.groups) > depth + 1:
            return False
        if len(rule.groups) == depth:
            if any(overlap(one, other) for values in self.media.values() for one in values for other in rule.values):
                return False
            added(self.always, rule.values)
            return True
        media = rule.groups[-1]
        if not media.startswith("@media"):
            return False
        after = list(self.media)[list(self.media).index(media) + 1 :] if media in self.media else []
        if any(overlap(one, other) for name in after for one in self.media[name] for other in rule.values):
            return False
        added(self.media.setdefault(media, {}), rule.values)
        return True

    def rules(self) -> list[Rule]:
        """Return it as rules again, without what a medium says as always."""
        for name in [
            name for name in self.always if not any(overlap(name, other) for other in self.parts_beside(name))
        ]:
            if all(values.get(name, self.always[name]) == self.always[name] for values in self.media.values()):
                for values in self.media.values():
                    values.pop(name, None)
        found = [Rule(self.groups, self.selector, self.always)] if self.always else []
        return found + [
            Rule((*self.groups, name), self.selector, values) for name, values in self.media.items() if values
        ]

    def parts_beside(self, name: str) -> list[str]:
        """Return the other properties that it sets anywhere."""
        return [other for values in (self.always, *self.media.values()) for other in values if other != name]


def overlap(one: str, other: str) -> bool:
    """Return whether two properties can set the same thing: one is the other, or a part of it."""
    return (
        one == other
        or one.startswith(f"{other}-")
        or other.startswith(f"{one}-")
        or one.split("-", maxsplit=1)[0] == other.split("-", maxsplit=1)[0] == "border"
        or {one, other} == {"font", "line-height"}
    )


def with_letters(rules: list[Rule]) -> list[Rule]:
    """Say weight, size and height of letters, where `with_names` named both measures, under one name for all three."""
    uses = Counter(letters for rule in rules if (letters := letters_of(rule)))
    names = {letters: f"--f{number}" for number, letters in enumerate(one for one in uses if uses[one] >= FEWEST)}
    short = [Rule((), ":root", {name: letters for letters, name in names.items()})] if names else []
    for rule in rules:
        name = names.get(letters_of(rule))
        rest = {one: value for one, value in rule.values.items() if one not in LETTERS}
        short.append(replace(rule, values={"font": f"var({name})", **rest}) if name else rule)
    return short


def letters_of(rule: Rule) -> str:
    """Return what a rule says of letters as one value, or nothing."""
    weight, size, height = (rule.values.get(name, "") for name in LETTERS)
    return (
        f"{weight} {size}/{height} {FONT}" if weight and size.startswith("var(") and height.startswith("var(") else ""
    )


def in_few_words(selectors: str) -> str:
    """Say selectors that differ in one place once: `.a:hover,.a:focus` as `.a:is(:hover,:focus)`, which weighs the same."""
    parts = [SIMPLE.findall(one) for one in SELECTOR_END.split(selectors)]
    said: list[str] = []
    while parts:
        first = parts.pop(0)
        best = max((alike(first, parts, place) for place in range(len(first))), key=len)
        place = next((place for place in range(len(first)) if best and first[place] != best[0][place]), 0)
        choice = ",".join(dict.fromkeys(one[place] for one in [first, *best]))
        short = "".join([*first[:place], f":is({choice})", *first[place + 1 :]])
        long = ",".join("".join(one) for one in [first, *best])
        if len(short) < len(long):
            parts = [one for one in parts if one not in best]
            said.append(short)
        else:
            said.append("".join(first))
    return ",".join(said)


def alike(first: list[str], others: list[list[str]], place: int) -> list[list[str]]:
    """Return the selectors that differ from the first in this place only, by something that weighs the same."""
    kind = kind_of(first[place])
    return [
        one
        for one in others
        if kind and len(one) == len(first) and kind_of(one[place]) == kind
        and [*one[:place], *one[place + 1 :]] == [*first[:place], *first[place + 1 :]]
    ]  # fmt: skip


def kind_of(simple: str) -> str:
    """Return how much a simple selector weighs; nothing for what cannot be one of several."""
    if simple.startswith("::") or "(" in simple or not re.match(r"[.:\[\w]", simple):
        return ""
    return "class" if simple[0] in ".:[" else "element"


def hexadecimal(red: str, green: str, blue: str) -> str:
    """Return a colour that Sass mixed in fractions as the one that screens show."""
    return "#" + "".join(f"{round(float(part) * 2.55):02x}" for part in (red, green, blue))


def added(values: Values, more: Values) -> None:
    """Say more: a property that is said again moves to the end, behind what it overrules."""
    for name, value in more.items():
        values.pop(name, None)
        values[name] = value


def runs_of(rules: list[Rule]) -> list[Run]:
    """Return the rules as runs of the same selector."""
    runs: list[Run] = []
    for rule in rules:
        if runs and runs[-1].takes(rule):
            continue
        media = rule.groups[-1:] if rule.groups and rule.groups[-1].startswith("@media") else ()
        run = Run(rule.groups[: len(rule.groups) - len(media)], rule.selector)
        run.takes(rule)
        runs.append(run)
    return runs


def changing(run: Run) -> dict[str, tuple[str, tuple[tuple[str, str], ...]]]:
    """Return the properties of a run whose value depends on the medium alone: the value, and that of each medium."""
    found = {}
    for name, value in run.always.items():
        media = tuple((group, values[name]) for group, values in run.media.items() if name in values)
        if [group for group, _ in media] != in_order(group for group, _ in media):
            continue
        if media and not any(overlap(name, other) for other in run.parts_beside(name)):
            found[name] = (value, media)
    return found


def in_order(groups: Iterable[str]) -> list[str]:
    """Return media in the order in which they overrule each other: wider windows later, paper last."""
    return sorted(
        groups, key=lambda group: ("print" in group, [float(number) for number in NUMBER.findall(group)], group)
    )


def with_names(rules: list[Rule]) -> list[Rule]:
    """Give values that depend on the medium a name, and say what it is for each medium once."""
    runs = list(runs_of(rules))
    used = Counter(value for run in runs if not run.groups for value in changing(run).values())
    names: dict[tuple[str, tuple[tuple[str, str], ...]], str] = {}
    letters = (f"--{chr(97 + number % 26)}{number // 26 or ''}" for number in count())
    for run in runs:
        if run.groups or run.selector == ":root":
            continue
        for name, value in changing(run).items():
            if used[value] < FEWEST:
                continue
            if value not in names:
                names[value] = next(letters)
            run.always[name] = f"var({names[value]})"
            for group, _ in value[1]:
                del run.media[group][name]
    always = Rule((), ":root", {name: value for (value, _), name in names.items()})
    groups = in_order({group for _, media in names for group, _ in media})
    media = [
        Rule(
            (group,), ":root", {name: dict(media)[group] for (_, media), name in names.items() if group in dict(media)}
        )
        for group in groups
    ]
    return [always, *media, *(rule for run in runs for rule in run.rules())]


def joined(rules: list[Rule]) -> list[Rule]:
    """Make one rule of neighbours with the same selector, or with the same declarations."""
    found: list[Rule] = []
    for rule in (rule for run in runs_of(rules) for rule in run.rules()):
        last = found[-1] if found else None
        if last and may_share(last, rule):
            selectors = dict.fromkeys([*SELECTOR_END.split(last.selector), *SELECTOR_END.split(rule.selector)])
            found[-1] = replace(last, selector=",".join(selectors))
            continue
        found.append(rule)
    return found


def may_share(one: Rule, other: Rule) -> bool:
    """Return whether two neighbours can be one rule. A selector that a browser does not know would take the others with it."""
    is_known = "::-" not in one.selector + other.selector and not one.selector.startswith("@")
    return is_known and one.groups == other.groups and one.values == other.values


def written(rules: list[Rule]) -> str:
    """Return rules as compressed CSS; neighbours share their groups."""
    text, open_groups = "", ()
    for rule in rules:
        common = 0
        while common < min(len(open_groups), len(rule.groups)) and open_groups[common] == rule.groups[common]:
            common += 1
        text += "}" * (len(open_groups) - common)
        text += "".join(f"{group}{{" for group in rule.groups[common:])
        open_groups = rule.groups
        body = ";".join(f"{name}:{value.strip()}" if name else value for name, value in rule.values.items())
        text += f"{rule.selector}{{{body}}}"
    return text + "}" * len(open_groups)
