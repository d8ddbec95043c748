"""Assertions → claims: clusters of what says the same, and their links to each other. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import Any

from graph.derive.candidates import CROWD
from graph.derive.clusters import Link, cluster, link_between
from graph.derive.contents import Content, content_of
from graph.derive.differences import find_difference
from graph.derive.keys import ends
from graph.derive.likeness import MATCHED, PASSAGE, SUGGESTED, Likeness, compare
from graph.derive.matching import Figure, relate_figures, start_of
from graph.derive.names import name_key
from graph.derive.opposition import Opposition, oppose
from graph.derive.origins import Origins, find_origins, is_somebody
from graph.derive.people import Bearer, are_two
from graph.derive.status import NUMBERS, to_status
from graph.derive.surroundings import Surroundings, referents_of
from graph.derive.voices import Voice, bearing_stances, to_voice
from graph.model import Claim, ClaimLink, ClaimRelation, SameAs, cluster_node_id

SAME_BUT = "The same but for what one of them leaves out."
SAME_TERMS = "same_terms@2"
PARAPHRASE = "paraphrase@1"
SAME_WORDS = 0.8  # of the longer of two passages of one article
COHERENT = 0.85  # of the threshold: how alike two clusters must be on average
REASONS = {
    "QUALIFIES": "A comparison with the number that stands before it in the same article.",
    "CORRECTS": "Put in its place by a correction note.",
}


@dataclass(frozen=True, slots=True)
class Namesake:
    """A person as one article tells of them: the name is no identity."""

    entity: str
    bearer: Bearer
    parted: bool = False  # a person told it from others of its name


People = frozenset[tuple[str, Namesake]]  # by name key


@dataclass(frozen=True, slots=True)
class Draft:
    """A cluster of assertions on its way to a claim."""

    id: str
    voices: tuple[Voice, ...]  # by assertion id
    origins: Origins
    keys: Mapping[str, tuple[str, ...]]  # of its assertions
    contents: Mapping[str, Content]  # of its assertions

    @property
    def figure(self) -> Figure | None:
        """The claim as one of several numbers for one thing, where someone says so."""
        numbers = [v for v in self.voices if v.supports and v.assertion.quantities]
        if not numbers or not any(key.startswith("f:") for key in self.keys.get(numbers[0].assertion.id, ())):
            return None
        sources = {str(o.entity) for o in (*self.origins.identified, *self.origins.unnamed)}
        outlets = {v.outlet.entity for v in numbers if v.outlet}
        first = min((v.published_at for v in self.voices if v.supports and v.published_at), default=None)
        told = numbers[0].assertion
        return Figure(
            self.id, told.quantities, frozenset(sources or outlets), bool(sources), self.contents[told.id], first
        )


def cluster_claims(
    found: Surroundings, namesakes: Mapping[str, Namesake], crowded: Collection[str] = ()
) -> tuple[list[tuple[str, ...]], list[SameAs]]:
    """Clusters of assertions, each sorted, and the links that joined what was not equal, or may.

    `namesakes`: the referents with weak names, by which two who bear one name are kept apart; `crowded`: the blocking
    keys that join nothing.
    """
    names = {r: name_key(referent) for r, referent in found.referents.items()}
    groups: dict[tuple[str, People], list[str]] = defaultdict(list)
    for i in sorted(found.assertions):
        weak = ends(found.keys[i], "who:")
        people = frozenset((names[r], namesakes[r]) for r in weak if r in names and r in namesakes)
        groups[ends(found.keys[i], "x:")[0], people].append(i)
    contents = {i: content_of(found.assertions[i], names, found.article_of[i]) for i in found.assertions}
    marks = {members[0]: (people, contents[members[0]]) for (_, people), members in groups.items()}
    links = [x for x in find_links(marks, found.keys, crowded) if not _overlap(found, x.start, x.end)]
    matched = (link for link in links if link.score >= MATCHED)
    clusters, taken = cluster(marks, matched, _blocked, _alike, COHERENT * MATCHED)
    of_group = {members[0]: members for members in groups.values()}
    merged = [[i for first in firsts for i in of_group[first]] for firsts in clusters]
    home = {i: n for n, members in enumerate(clusters) for i in members}
    soft = [SameAs(x.start, x.end, x.score, x.method, x.reason, "matched") for x in taken]
    soft += [
        SameAs(x.start, x.end, x.score, x.method, x.reason, "suggested")
        for x in links
        if home[x.start] != home[x.end] and not _blocked(marks[x.start], marks[x.end])
    ]
    return _with_answers(found, merged, soft)


def _overlap(found: Surroundings, i: str, j: str) -> bool:
    """Whether one is read inside the other's words: a part of a passage, and no second telling of it.

    Of the same words ("the bank doubted Corvane's claim that …") two may still say two things.
    """
    if found.article_of[i] != found.article_of[j]:
        return False
    spans, others = found.assertions[i].content, found.assertions[j].content
    common = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in spans for b in others)
    longer = max(sum(s.end - s.start for s in them) for them in (spans, others))
    return 0 < common < SAME_WORDS * longer


def find_links(
    marks: Mapping[str, tuple[People, Content]], keys: Mapping[str, tuple[str, ...]], crowded: Collection[str]
) -> Iterator[Link]:
    """Pairs that share a blocking key which is not crowded and are alike enough to be joined or suggested."""
    blocks: dict[str, list[str]] = defaultdict(list)
    for i in sorted(marks):
        for key in keys[i]:
            if key.startswith(("k:", "c:")) and key not in crowded:
                blocks[key].append(i)
    for a, b in sorted({pair for block in blocks.values() for pair in combinations(block, 2)}):
        link = link_of(a, b, marks[a][1], marks[b][1])
        # A name with other words beside it is no sign that two namesakes are one.
        if link is not None and (link.score > PASSAGE or not _differ_in_entity(marks[a][0], marks[b][0])):
            yield link


def link_of(i: str, j: str, a: Content, b: Content) -> Link | None:
    """The link between two assertions by what they claim; None where they are not alike, or must not join."""
    likeness = alike(a, b)
    if likeness.score < SUGGESTED or find_difference(a, b):
        return None
    method = SAME_TERMS if likeness.reason == SAME_BUT else PARAPHRASE
    return link_between(i, j, likeness.score, method, likeness.reason)


def alike(a: Content, b: Content) -> Likeness:
    """How alike two contents are; what must not join is not looked at."""
    return Likeness(0.97, SAME_BUT) if a.place == b.place and a.says_as(b) else compare(a, b)


def _alike(a: tuple[People, Content], b: tuple[People, Content]) -> float:
    return alike(a[1], b[1]).score


def _blocked(a: tuple[People, Content], b: tuple[People, Content]) -> bool:
    """Whether two contents tell of two who bear one name, or differ in what no claim holds twice."""
    one, other = dict(a[0]), dict(b[0])
    pairs = ((one[name], other[name]) for name in one.keys() & other.keys())
    two = any(x.entity != y.entity and (x.parted or y.parted or are_two(x.bearer, y.bearer)) for x, y in pairs)
    return two or find_difference(a[1], b[1]) is not None


def _differ_in_entity(a: People, b: People) -> bool:
    one, other = dict(a), dict(b)
    return any(one[name].entity != other[name].entity for name in one.keys() & other.keys())


def _with_answers(
    found: Surroundings, clusters: list[list[str]], links: list[SameAs]
) -> tuple[list[tuple[str, ...]], list[SameAs]]:
    """Join each denial without words of its own to the claim that it answers."""
    home = {i: n for n, members in enumerate(clusters) for i in members}
    joined: list[list[str]] = [[] for _ in clusters]
    for i in sorted(home):
        answered = [b for b in ends(found.keys[i], "by:ANSWERS>") if b in home]
        joined[home[answered[0]] if answered else home[i]].append(i)
        if answered:
            start, end = sorted((i, answered[0]))
            links.append(SameAs(start, end, 0.7, "answers@1", "It answers the claim that stands before it.", "matched"))
    return [tuple(sorted(members)) for members in joined if members], links


def to_draft(found: Surroundings, members: Sequence[str]) -> Draft:
    """A cluster with its voices and origins."""
    stances = bearing_stances([found.assertions[i] for i in members])
    voices = tuple(to_voice(found, i, stances[i]) for i in sorted(members))
    claim = cluster_node_id("Claim", min(members))
    contents = {i: _content(found, i) for i in members}
    return Draft(claim, voices, find_origins(voices), {i: found.keys.get(i, ()) for i in members}, contents)


def narrowed(draft: Draft, ids: Collection[str]) -> Draft:
    """A draft as these of its assertions give it, with the stances that they have among all."""
    voices = tuple(v for v in draft.voices if v.assertion.id in ids)
    keys = {i: found for i, found in draft.keys.items() if i in ids}
    contents = {i: content for i, content in draft.contents.items() if i in ids}
    return Draft(draft.id, voices, find_origins(voices), keys, contents)


def _content(found: Surroundings, i: str) -> Content:
    named = (r for r in referents_of(found.assertions[i]) if r in found.referents)
    names = {r: name_key(found.referents[r]) for r in named}
    return content_of(found.assertions[i], names, found.article_of[i])


# ── between claims ───────────────────────────────────────────────────────────────────────────────────────────────


def relate_claims(drafts: Iterable[Draft], crowded: Collection[str] = ()) -> list[ClaimRelation]:
    """Links between claims: as their articles set them side by side, by their numbers, and by what is not so.

    `crowded`: the blocking keys that join nothing.
    """
    drafts = list(drafts)
    claim_of = {v.assertion.id: draft.id for draft in drafts for v in draft.voices}
    gathered: dict[tuple[Any, str, str], set[str]] = defaultdict(set)
    for a, kind, b in (found for draft in drafts for found in _beside(draft)):
        if claim_of.get(b, claim_of[a]) != claim_of[a]:
            gathered[kind, claim_of[a], claim_of[b]] |= {a, b}
    beside = [
        ClaimRelation(kind, start, end, tuple(sorted(pair)), REASONS[kind], "beside@1")
        for (kind, start, end), pair in sorted(gathered.items())
    ]
    return [*beside, *_relate_numbers(drafts), *_relate_turned(drafts, crowded)]


def _relate_turned(drafts: Sequence[Draft], crowded: Collection[str]) -> Iterator[ClaimRelation]:
    """What somebody says is not so, or is false, against the claims that it turns."""
    by_id = {draft.id: draft for draft in drafts}
    for one, other in _facing(drafts, crowded):
        found = _find_opposed(by_id[one], by_id[other])
        if found is not None:
            yield _turn(by_id[one], by_id[other], *found)


def _facing(drafts: Sequence[Draft], crowded: Collection[str]) -> list[tuple[str, str]]:
    """Claims that say that something is not so, each with those that it may speak against, by keys that both bear."""
    turned: dict[str, set[str]] = defaultdict(set)
    plain: dict[str, set[str]] = defaultdict(set)
    for draft in drafts:
        borne = [key for keys in draft.keys.values() for key in keys]
        for key in ends(borne, "o:"):
            turned[key].add(draft.id)
        for key in ends(borne, "c:"):
            plain[key].add(draft.id)
    pairs = (product(turned[key], plain[key]) for key in turned if f"c:{key}" not in crowded)
    return sorted({(a, b) for found in pairs for a, b in found if a != b})


def _turn(one: Draft, other: Draft, v: Voice, w: Voice, opposition: Opposition) -> ClaimRelation:
    later = bool(v.stands_for & w.stands_for) and (v.published_at or "") > (w.published_at or "9999")
    updates = later and opposition.kind == "DISPUTES"
    kind: ClaimLink = "UPDATES" if updates else opposition.kind
    reason = "The same source, later, says that it is not so." if updates else opposition.reason
    says = tuple(sorted((v.assertion.id, w.assertion.id)))
    return ClaimRelation(kind, one.id, other.id, says, reason, opposition.method)


def _find_opposed(one: Draft, other: Draft) -> tuple[Voice, Voice, Opposition] | None:
    """The first telling of a claim by somebody that speaks against one of the other's."""
    for v, w in product(one.voices, other.voices):
        if v.supports and w.supports and is_somebody(v):
            opposition = oppose(one.contents[v.assertion.id], other.contents[w.assertion.id])
            if opposition is not None:
                return v, w, opposition
    return None


def _beside(draft: Draft) -> Iterator[tuple[str, str, str]]:
    for a, keys in draft.keys.items():
        for kind, arrow, b in (key.partition(">") for key in ends(keys, "by:")):
            if arrow and kind in REASONS:
                yield a, kind, b


def _relate_numbers(drafts: Iterable[Draft]) -> Iterator[ClaimRelation]:
    by_id = {draft.id: draft for draft in drafts}
    figures = {i: figure for i, draft in by_id.items() if (figure := draft.figure)}
    told: set[tuple[str, str]] = set()
    latest_first = sorted(figures.values(), key=lambda f: (f.first_at or "9999", f.claim), reverse=True)
    rank = {figure.claim: n for n, figure in enumerate(latest_first)}
    pairs = (sorted(pair, key=lambda claim: rank[claim]) for pair in _sharing(figures, by_id))
    for one, other in sorted(pairs, key=lambda pair: (rank[pair[0]], rank[pair[1]])):
        related = relate_figures(figures[one], figures[other])
        if related is None or (related[0] != "DISPUTES" and related[:2] in told):
            continue  # a number updates or narrows the one right before it, not all earlier ones
        kind, start, end, reason = related
        told.add((kind, start))
        says = tuple(sorted(_says(by_id[claim]) for claim in (start, end)))
        yield ClaimRelation(kind, start, end, says, reason, NUMBERS)


def _sharing(figures: Collection[str], drafts: Mapping[str, Draft]) -> set[frozenset[str]]:
    """Pairs of claims that share a key of numbers which is not crowded."""
    bearers: dict[str, set[str]] = defaultdict(set)
    for i in figures:
        for key in (key for found in drafts[i].keys.values() for key in ends(found, "f:")):
            bearers[key].add(i)
    pairs = (combinations(sorted(them), 2) for them in bearers.values() if len(them) <= CROWD)
    return {frozenset(pair) for found in pairs for pair in found}


def _says(draft: Draft) -> str:
    """The earliest assertion that supports a claim."""
    return min((v.published_at or "9999", v.assertion.id) for v in draft.voices if v.supports)[1]


# ── the claim itself ─────────────────────────────────────────────────────────────────────────────────────────────


def to_claim(draft: Draft, relations: Iterable[ClaimRelation]) -> Claim:
    """The claim with its status; `relations`: those that it is an end of."""
    return Claim(
        id=draft.id,
        wording=min(draft.voices, key=lambda v: _fit_to_word(v, draft)).assertion.wording,
        members=tuple(v.assertion.id for v in draft.voices),
        about=tuple(sorted({entity for v in draft.voices for entity in v.about})),
        status=to_status(draft.voices, draft.origins, relations, draft.id),
    )


def _fit_to_word(v: Voice, draft: Draft) -> tuple[bool, bool, bool, str, int, str]:
    """The earliest first; last those whose words are not the claim's own: answers, headlines, notes, a "not"."""
    a = v.assertion
    answers = any(key.startswith("by:ANSWERS>") for key in draft.keys.get(a.id, ()))
    aside = a.part in ("headline", "correction")
    return (answers, aside, v.stance != a.stance, v.published_at or "9999", start_of(a), a.id)
