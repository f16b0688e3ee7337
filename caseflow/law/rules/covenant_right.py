"""`covenant-right`: whether the claim is about a right of the Covenant, and about acts of the State.

Provision: OP-ICESCR art. 3(2)(d): what is incompatible with the Covenant is inadmissible; art. 2 adds that the right is
one of the Covenant and the violation one by the State.
Reading: the rights are in articles 1 to 15. Those of articles 6 to 15 can be claimed alone. Whether article 1 can be is
contested, and articles 2 to 5 govern the exercise of other rights: both are read with a right of articles 6 to 15. Where
none of articles 6 to 15 is named, the articles of the rights recorded count. An article that belongs to no right recorded
may be a mistake: the answer is unknown if no other article belongs to one, and only a remark if another does. A claim that
is partly outside the Covenant, or partly about acts of others, is for a lawyer. A failure of the State to protect is an
act of the State too, but must be recorded as one. Whatever the answer, a claim that names articles of other treaties says that
they are outside the Committee's competence, and that fair process can be claimed as part of the Covenant right it serves.
Met: an article of 6 to 15 is named, or belongs to a right recorded, and every act is attributed to the State.
Not met: no right and no article of the Covenant, or no act is attributed to the State. It can't be put right.
Arguable: article 1 alone (open); articles 2 to 5 alone (leans admissible); partly outside the Covenant, or only some of the
acts attributed to the State (leans admissible).
Unknown: neither right nor article is recorded; they do not agree; the right has no article of its own; or whether an act
can be attributed to the State is not recorded.
Sources: CESCR, general comment No. 20, para. 7; Views on Finland (2024); 6/2015, para. 4.2, and 188/2020, para. 6.2, on other
treaties; 10/2015, paras. 9.6 and 9.7, on process; 17/2016, para. 4.4: the State can't give up this condition.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import Final

from caseflow.law.case import Case, Opinion, weakest
from caseflow.law.data import load_vocabularies
from caseflow.law.facts import Claim, OtherTreatyArticle
from caseflow.law.findings import Finding
from caseflow.law.sentences import Items, Term, Text, Value, fill, say
from caseflow.law.vocabularies import Right

RULE: Final = "covenant-right"
_PART = re.compile(r"[0-9]+|\b[a-z]\b")
_SETTLES: Final = say("the article of the Covenant that was violated")

_MOST_DIGITS: Final = 3
_CACHE_SIZE: Final = 2048
"""The same rights and articles come often."""
Texts = tuple[str, ...]


def assess(case: Case) -> Iterator[Finding]:
    """Find for each claim whether its right is one of the Covenant and its acts are the State's."""
    if not case.facts.claims:
        yield case.finding_without_claims(RULE)
        return
    figures = case.register.ruleset.thresholds
    last = figures.last_general_article.value, figures.last_article_of_rights.value
    for place, claim in case.facts.claims_by_index():
        paths = case.facts.path("claims", place, "rights"), case.facts.path("claims", place, "articles")
        opinions = [_right(claim.rights, claim.articles, paths, last), *_attribution(case, place, claim)]
        yield case.finding(RULE, _with_other_treaties(case, place, claim, weakest(opinions)), claim.id)


def _with_other_treaties(case: Case, place: int, claim: Claim, opinion: Opinion) -> Opinion:
    """Add to an opinion that what rests on other treaties is outside the Committee's competence; the result stays."""
    if not claim.other_treaty_articles:
        return opinion
    because = say(
        "The claim also names {others}. The Committee decides on the Covenant alone: leave that out, or claim fair process as"
        " part of the right of the Covenant that it serves.",
        others=Items(tuple(map(_treaty, claim.other_treaty_articles)), ";"),
    )
    return opinion._replace(
        because=opinion.because + because,
        facts=(*opinion.facts, case.facts.path("claims", place, "other_treaty_articles")),
        settles=opinion.settles + say("which part of that belongs to a right of the Covenant"),
        sources=(*opinion.sources, "other-treaties", "process-in-right"),
    )


def _treaty(named: OtherTreatyArticle) -> Value:
    if named.treaty is None and not named.article:
        return say("another treaty")
    treaty: Value = Term("other_treaties", named.treaty) if named.treaty else say("a treaty that is not recorded")
    return say("{treaty}, art. {article}", treaty=treaty, article=named.article) if named.article else treaty


@lru_cache(maxsize=_CACHE_SIZE)
def _right(codes: Texts | None, articles: Texts | None, facts: Texts, last: tuple[int, int]) -> Opinion:
    """Judge the claim by the articles that are named, or by those of its rights where none is."""
    general, last_article = last
    rights = [right for code in codes or () if (right := _rights().get(code))]
    named = [text for text in articles or () if 1 <= _number(text) <= last_article]
    foreign = [text for text in articles or () if text not in named]
    if not rights and not named:
        if foreign or (codes is not None and articles is not None):
            return Opinion("not_met", _no_right(foreign, last_article), facts, cure="never", settles=_SETTLES)
        because = say("Neither the right of the Covenant nor its article is recorded.")
        return Opinion("unknown", because, facts, settles=_SETTLES)
    own = [text for text in named if _number(text) > general]
    contradict = rights and own and not any(_agree(right, text, general) for right in rights for text in own)
    if contradict or (foreign and not named):
        because = _of_articles(
            own or foreign,
            say("Article {articles} and {rights} do not agree: one of the two is wrong."),
            say("Articles {articles} and {rights} do not agree: one of the two is wrong."),
            rights=_labels(rights),
        )
        return Opinion("unknown", because, facts, settles=_SETTLES)
    carried = own or [text for right in rights for text in right.articles if _number(text) > general]
    if not carried:
        return _general([*named, *(text for right in rights for text in right.articles)], rights, facts)
    read_with = [text for text in named if _number(text) <= general]
    because = _about(rights, carried, read_with)
    sources = ("read-with",) if read_with else ()
    if foreign:
        because += _of_articles(
            foreign,
            say("Article {articles} is outside the rights of the Covenant: leave that part out."),
            say("Articles {articles} are outside the rights of the Covenant: leave that part out."),
        )
        settles = say("whether that part is needed")
        return Opinion("arguable", because, facts, "admissible", settles=settles, sources=(*sources, "other-treaties"))
    return Opinion("met", because + _mismatches(rights, own, general), facts, sources=sources)


def _no_right(foreign: Sequence[str], last_article: int) -> Text:
    if not foreign:
        return say(
            "The claim is about no right of the Covenant: those are in articles 1 to {last}, and none is recorded.",
            last=last_article,
        )
    return _of_articles(
        foreign,
        say(
            "The claim is about no right of the Covenant: those are in articles 1 to {last}, and article {articles}"
            " holds none."
        ),
        say(
            "The claim is about no right of the Covenant: those are in articles 1 to {last}, and articles {articles}"
            " hold none."
        ),
        last=last_article,
    )


def _about(rights: Sequence[Right], carried: Sequence[str], read_with: Sequence[str]) -> Text:
    """Return what the claim is about: its rights, their articles, and the general articles with which they are read."""
    articles = _of_articles(carried, say("article {articles}"), say("articles {articles}"))
    if not read_with:
        if not rights:
            return say("The claim is about a right of the Covenant ({articles} of the Covenant).", articles=articles)
        return say(
            "The claim is about {rights} ({articles} of the Covenant).", rights=_labels(rights), articles=articles
        )
    others = _of_articles(read_with, say("read with article {articles}"), say("read with articles {articles}"))
    if not rights:
        return say(
            "The claim is about a right of the Covenant ({articles} of the Covenant, {others}).",
            articles=articles,
            others=others,
        )
    return say(
        "The claim is about {rights} ({articles} of the Covenant, {others}).",
        rights=_labels(rights),
        articles=articles,
        others=others,
    )


def _general(articles: Sequence[str], rights: Sequence[Right], facts: tuple[str, ...]) -> Opinion:
    """Return the opinion on a claim without an article of Part III."""
    settles = say("the right of articles 6 to 15 with which it is read")
    if not articles:
        because = (
            say(
                "{rights} has no article of its own; which one is claimed is not recorded.",
                rights=_labels(rights),
            )
            if len(rights) == 1
            else say(
                "{rights} have no article of their own; which one is claimed is not recorded.",
                rights=_labels(rights),
            )
        )
        return Opinion("unknown", because, facts, settles=_SETTLES)
    if any(_number(text) == 1 for text in articles):
        because = _of_articles(
            articles,
            say(
                "The claim rests on article {articles} alone; whether article 1 can be claimed without another right is"
                " contested."
            ),
            say(
                "The claim rests on articles {articles} alone; whether article 1 can be claimed without another right is"
                " contested."
            ),
        )
        return Opinion("arguable", because, facts, "open", settles=settles, sources=("article-1-alone",))
    because = _of_articles(
        articles,
        say(
            "The claim rests on article {articles} alone, which guards the exercise of other rights and is read with one"
            " of them."
        ),
        say(
            "The claim rests on articles {articles} alone, which guard the exercise of other rights and are read with one"
            " of them."
        ),
    )
    return Opinion("arguable", because, facts, "admissible", settles=settles, sources=("read-with",))


def _attribution(case: Case, place: int, claim: Claim) -> Iterator[Opinion]:
    """Yield whether the acts are those of the State; nothing for a claim without acts, which other rules report."""
    answers = [act.attributable_to_state for act in claim.acts or ()]
    if not answers:
        return
    facts = tuple(
        case.facts.path("claims", place, "acts", number, "attributable_to_state") for number in range(len(answers))
    )
    one, state = len(answers) == 1, case.state
    settles = say("what authorities of {state} did, or failed to do to protect the victims", state=state)
    if None in answers:
        because = (
            say("Whether the act can be attributed to {state} is not recorded.", state=state)
            if one
            else say("Whether every act can be attributed to {state} is not recorded.", state=state)
        )
        yield Opinion("unknown", because, facts, settles=settles)
    elif all(answers):
        because = (
            say("The act is attributed to {state}.", state=state)
            if one
            else say("The acts are attributed to {state}.", state=state)
        )
        yield Opinion("met", because, facts)
    elif any(answers):
        because = say(
            "Some of the acts are attributed to {state}, others are not: the claim rests on the former.", state=state
        )
        yield Opinion("arguable", because, facts, "admissible", settles=settles)
    else:
        because = (
            say(
                "The act is not attributed to {state}: only a violation by the State can be complained of.", state=state
            )
            if one
            else say(
                "The acts are not attributed to {state}: only a violation by the State can be complained of.",
                state=state,
            )
        )
        yield Opinion("not_met", because, facts, cure="never", settles=settles)


def _agree(right: Right, text: str, general: int) -> bool:
    """Return whether an article belongs to a right: it contains one of the right's articles or is contained in it.

    A right that is only in general articles goes with every article.
    """
    if all(_number(article) <= general for article in right.articles):
        return True
    claimed = _parts(text)
    return any(all(one == other for one, other in zip(claimed, _parts(each), strict=False)) for each in right.articles)


def _mismatches(rights: Sequence[Right], own: Sequence[str], general: int) -> Text:
    """Return sentences that name rights without an article and articles without a right; none where all agree."""
    alone = [right for right in rights if own and not any(_agree(right, text, general) for text in own)]
    strange = [text for text in own if rights and not any(_agree(right, text, general) for right in rights)]
    said: Text = ()
    if alone:
        said += say("No article is named for {rights}.", rights=_labels(alone))
    if strange:
        said += _of_articles(
            strange,
            say(
                "Article {articles} is named, but none of its rights is recorded for this claim: add the right, or drop"
                " the article."
            ),
            say(
                "Articles {articles} are named, but none of their rights is recorded for this claim: add the rights, or"
                " drop the articles."
            ),
        )
    return said


def _parts(text: str) -> tuple[str, ...]:
    """Return an article and its paragraphs: ("15", "1", "a") of "15(1)(a)", and also of "art. 15.1 a"."""
    return tuple(_PART.findall(text.lower()))


def _number(text: str) -> int:
    """Return the number of an article, 0 for a text that is none."""
    first = next(iter(_parts(text)), "")
    return int(first) if first.isdecimal() and len(first) <= _MOST_DIGITS else 0


@cache
def _rights() -> dict[str, Right]:
    return {right.code: right for right in load_vocabularies().rights}


def _labels(rights: Sequence[Right]) -> Items:
    return Items(tuple(Term("rights", right.code) for right in rights))


def _of_articles(texts: Sequence[str], one: Text, several: Text, **values: Value) -> Text:
    """Return the text for one article or that for several, with the articles in it."""
    articles = tuple(dict.fromkeys(texts))
    return fill(one if len(articles) == 1 else several, articles=Items(articles), **values)
