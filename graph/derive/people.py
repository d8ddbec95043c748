"""Which bearers of one name are one person: where their articles share something else than the name. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from graph.derive.clusters import Link, cluster, link_between
from graph.derive.names import PersonName, compare
from graph.model import SameAs

# By what two articles share of somebody: an employer; a title or another name; the company that they keep.
SCORES = {"2": 0.95, "1": 0.9, "0": 0.8}
LESS = {"same": 0.0, "longer": 0.02, "initials": 0.04, "surname": 0.06}
METHOD = "same_name@2"
SAME = "The same name, and nothing else that tells whether they are one."
LIKE = "One name may be short for the other, and nothing else tells whether they are one."


@dataclass(frozen=True, slots=True)
class Bearer:
    """What of a referent can keep it from being another of its name."""

    name: PersonName
    employers: frozenset[str] = frozenset()  # name keys of whom it works for now
    roles: frozenset[str] = frozenset()  # "lawyer"


def are_two(a: Bearer, b: Bearer) -> bool:
    """Other first names, other employers, or where one has none, another work."""
    if compare(a.name, b.name) in ("other", "open"):
        return True
    one, other = (frozenset(e for e in x.employers if e.startswith("body|")) for x in (a, b))
    if one and other:
        return not one & other
    return bool(a.roles and b.roles) and not a.roles & b.roles


def join_people(
    bearers: Mapping[str, Bearer], told: Mapping[str, Collection[str]]
) -> tuple[list[tuple[str, ...]], list[SameAs]]:
    """Clusters of the referents of one block, each sorted, and links: those that joined, and those for a person.

    `told`: what the article of each says of it, the weight first: "2 brightwell", "1 chief analyst", "0 Orrin Labs".
    """
    clusters, taken = cluster(bearers, _evidence(bearers, told), are_two)
    matched = [SameAs(x.start, x.end, x.score, x.method, x.reason, "matched") for x in taken]
    return clusters, [*matched, *_suggest(clusters, bearers)]


def _evidence(bearers: Mapping[str, Bearer], told: Mapping[str, Collection[str]]) -> Iterator[Link]:
    sharing: dict[str, list[str]] = defaultdict(list)
    for referent in sorted(bearers):
        for words in told.get(referent, ()):
            sharing[words].append(referent)
    for words, them in sorted(sharing.items()):
        forms = _by_name(them, bearers)
        reason = f"both articles tell of {words[2:]}."
        for same in forms.values():
            yield from (_link(a, b, words, "same", f"The same name, and {reason}") for a, b in pairwise(same))
        yield from _across(forms, words, f"One name is short for the other, and {reason}")
    yield from _surnames(bearers, sharing)


def _by_name(them: Iterable[str], bearers: Mapping[str, Bearer]) -> dict[PersonName, list[str]]:
    """Those of each form of the name, unless it is borne by two whom what they share tells from neither."""
    forms: dict[PersonName, list[str]] = defaultdict(list)
    for referent in them:
        forms[bearers[referent].name].append(referent)
    return {name: same for name, same in forms.items() if not _hold_two({bearers[r] for r in same})}


def _hold_two(stated: Collection[Bearer]) -> bool:
    return any(are_two(a, b) for a, b in combinations(stated, 2))


def _across(forms: Mapping[PersonName, list[str]], words: str, reason: str) -> Iterator[Link]:
    """Between forms of a name that agree; one that is short for two who are two is short for neither.

    Bare initials agree with many names, so a title, an employer or an alias must speak for them.
    """
    fitting = {name: [other for other in forms if compare(name, other) in LESS and other != name] for name in forms}
    clear = {name for name, them in fitting.items() if _agree(them)}
    for a, b in combinations(forms, 2):
        how = compare(a, b)
        if {a, b} <= clear and (how == "longer" or (how == "initials" and words[0] != "0")):
            yield _link(forms[a][0], forms[b][0], words, how, reason)


def _surnames(bearers: Mapping[str, Bearer], sharing: Mapping[str, Sequence[str]]) -> Iterator[Link]:
    """From a bare surname to the one whose name it ends, if nobody else of that surname has anything in common with it.

    One thing in common is enough where it is a title, an employer or an alias; of the company they keep, two.
    """
    tellers: dict[PersonName, dict[str, str]] = defaultdict(dict)  # full name → what is told of it, and where first
    alone: dict[str, list[str]] = defaultdict(list)
    for words, them in sorted(sharing.items()):
        for referent in them:
            if bearers[referent].name.given:
                tellers[bearers[referent].name].setdefault(words, referent)
            else:
                alone[referent].append(words)
    for referent, told in sorted(alone.items()):
        shared = {name: [w for w in told if w in known] for name, known in tellers.items()}
        near = {name: them for name, them in shared.items() if them}
        enough = {name: them for name, them in near.items() if len(them) > 1 or them[0][0] != "0"}
        if enough and _agree(near):
            name = min(enough, key=lambda n: (-max(SCORES[w[0]] for w in enough[n]), -len(enough[n]), str(n)))
            best = max(enough[name])
            reason = f"The surname alone, and both articles tell of {best[2:]}."
            yield _link(referent, tellers[name][best], best, "surname", reason)


def _agree(names: Collection[PersonName]) -> bool:
    return all(compare(a, b) in LESS for a, b in combinations(names, 2))


def _link(a: str, b: str, words: str, how: str, reason: str) -> Link:
    return link_between(a, b, round(SCORES[words[0]] - LESS[how], 2), METHOD, reason)


def _suggest(clusters: Collection[tuple[str, ...]], bearers: Mapping[str, Bearer]) -> Iterator[SameAs]:
    """A link between neighbours of one form, and between the first of forms that may be one; never chained."""
    forms: dict[PersonName, list[tuple[str, ...]]] = defaultdict(list)
    for members in clusters:
        forms[bearers[members[0]].name].append(members)
    for same in forms.values():
        yield from (_suggested(a, b, 0.5, SAME) for a, b in pairwise(same) if not _known_two(a, b, bearers))
    for a, b in combinations(forms, 2):
        if compare(a, b) != "other" and not _known_two(forms[a][0], forms[b][0], bearers):
            yield _suggested(forms[a][0], forms[b][0], 0.4, LIKE)


def _known_two(one: Iterable[str], other: Collection[str], bearers: Mapping[str, Bearer]) -> bool:
    """Whether what two clusters do tells them apart; names that may be one do not."""
    return any(
        compare(a.name, b.name) == "other" or are_two(a, Bearer(a.name, b.employers, b.roles))
        for a in {bearers[r] for r in one}
        for b in {bearers[r] for r in other}
    )


def _suggested(one: tuple[str, ...], other: tuple[str, ...], score: float, reason: str) -> SameAs:
    return SameAs(min(one[0], other[0]), max(one[0], other[0]), score, METHOD, reason, "suggested")
