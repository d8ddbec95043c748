"""What people are and for whom: "Mara Quill, chief executive of Halden Robotics", "Halden's spokesman, Tom Ware"."""

from __future__ import annotations

from ingest.referents.chains import Chain
from ingest.referents.kinds import BODIES
from ingest.referents.offices import role_nouns
from ingest.referents.page import Name, Page

PAST = frozenset({"former", "ex", "onetime", "one-time", "then", "late", "retired", "ousted", "fired"})
PREPOSITIONS = frozenset({"of", "for", "at", "with", "in", "from", "to"})


class Owners:
    """Whose name a token is part of."""

    __slots__ = ("_by_token", "_last")

    def __init__(self, page: Page, chains: list[Chain]) -> None:
        self._by_token: list[Chain | None] = [None] * len(page.words)
        self._last: set[int] = set()
        for chain in chains:
            for name in chain.names:
                self._by_token[name.start : name.end] = [chain] * (name.end - name.start)
                self._last.add(name.end - 1)

    def at(self, i: int) -> Chain | None:
        return self._by_token[i]

    def settle(self, i: int, chain: Chain) -> None:
        """A common noun or pronoun, once it is known what it stands for."""
        self._by_token[i] = chain

    def ends(self, i: int) -> bool:
        """Whether a name ends with this token."""
        return i in self._last


def find_roles(page: Page, chains: list[Chain], owners: Owners) -> None:
    """Give each person the roles and employers that stand near an occurrence of the name."""
    for chain in chains:
        if chain.kind != "person":
            continue
        for name in chain.names:
            for noun in nouns_of(page, name, owners):
                add_role(page, chain, noun, name, owners)
            add_affiliation(page, chain, name, owners)
        longer = tuple(chain.roles)
        chain.roles = {r for r in longer if not any(other.startswith(f"{r} ") for other in longer)}


def nouns_of(page: Page, name: Name, owners: Owners) -> list[int]:
    """The common nouns that say what the bearer of a name is, those joined by "and" with them."""
    top = name.end - 1
    while page.heads[top] != top and name.start <= page.heads[top] < name.end:
        top = page.heads[top]
    found = [c for c in page.children[top] if page.deps[c] == "appos" and c >= name.end and page.closes(c)]
    head = page.heads[top]
    if page.deps[top] == "appos" and owners.at(head) in (None, owners.at(top)):
        found.append(head)
    if page.deps[top] == "nsubj" and page.lemma(head) in ("be", "become"):
        found.extend(c for c in page.children[head] if page.deps[c] == "attr")
    before = name.start - 1
    if before >= 0 and page.words[before].lower() in role_nouns():
        found.append(before)
    for noun in list(found):
        found.extend(c for c in page.children[noun] if page.deps[c] == "conj")
    return [noun for noun in found if page.lemma(noun) in role_nouns() or page.words[noun].lower() in role_nouns()]


def add_role(page: Page, person: Chain, noun: int, name: Name, owners: Owners) -> None:
    """The role as a phrase, "chief executive of Halden Robotics", and the body or person that it is of."""
    words, past = role_words(page, noun, name, owners)
    whom, link = find_employer(page, noun, name, owners)
    for other in [page.heads[noun], *page.children[noun]]:
        # "founder and chief executive of": the employer stands with one of the two.
        if whom is None and "conj" in (page.deps[other], page.deps[noun]):
            whom, link = find_employer(page, other, name, owners)
    role = " ".join(words)
    person.role_nouns.add(page.lemma(noun))
    if person.gender == "":
        person.gender = role_nouns().get(page.lemma(noun), "")
    if whom is None or whom is person:
        person.roles.add(role)
        return
    person.roles.add(f"{role} {link} {whom.name}")
    if not past:
        person.work_for(whom)


def role_words(page: Page, noun: int, name: Name, owners: Owners) -> tuple[list[str], bool]:
    """The noun with its modifiers, and whether it is said of the past."""
    first = noun
    while first > 0 and page.deps[first - 1] in ("compound", "amod") and owners.at(first - 1) is None:
        if page.sentence[first - 1] != page.sentence[noun] or name.start <= first - 1 < name.end:
            break
        first -= 1
    words = [page.words[i] for i in range(first, noun + 1)]
    for child in page.children[noun]:
        if page.deps[child] == "prep" and child == noun + 1:
            words.extend(plain_object(page, child, owners))
    return words, bool(PAST & {word.lower() for word in words})


def plain_object(page: Page, prep: int, owners: Owners) -> list[str]:
    """ "head of research": what the role is of, where that is no name."""
    for child in page.children[prep]:
        edge = range(page.doc[child].left_edge.i, child + 1)
        if page.deps[child] == "pobj" and all(owners.at(i) is None for i in edge) and len(edge) <= 5:
            return [page.words[prep], *(page.words[i] for i in edge)]
    return []


def find_employer(page: Page, noun: int, name: Name, owners: Owners) -> tuple[Chain | None, str]:
    """Whose: "Halden's …", "Halden …" or "… of / for / at Halden"; the word that joins them in a phrase."""
    for child in page.children[noun]:
        if page.deps[child] in ("poss", "compound", "nmod") and child < noun and not name.start <= child < name.end:
            whom = owners.at(child)
            if whom is not None and whom.kind != "place":
                return whom, "of"
        if page.deps[child] == "prep" and page.words[child].lower() in PREPOSITIONS:
            for thing in page.children[child]:
                whom = owners.at(thing) or named_in(page, thing, owners)
                if page.deps[thing] == "pobj" and whom is not None and whom.kind != "place":
                    return whom, page.words[child].lower()
    start = name.start - 1
    while (
        start > 0
        and owners.at(start) is None
        and page.deps[start] in ("compound", "amod", "nmod")
        and noun < name.start
    ):
        start -= 1
    before = owners.at(start) if 0 <= start < name.start and noun < name.start else None
    return (before, "of") if before is not None and before.kind in BODIES and start < noun else (None, "")


def named_in(page: Page, i: int, owners: Owners) -> Chain | None:
    """ "a lawyer at the firm Pell & Osgard": the name beside a common noun, or under its "of"."""
    for child in page.children[i]:
        whom = owners.at(child)
        if whom is not None and page.deps[child] in ("appos", "compound"):
            return whom
        if page.deps[child] == "prep" and page.words[child] == "of":
            return next((c for thing in page.children[child] if (c := owners.at(thing)) is not None), None)
    return None


def add_affiliation(page: Page, person: Chain, name: Name, owners: Owners) -> None:
    """ "Daniel Thornvale of Sallowgate Research", "Halden CEO Mara Quill"."""
    after = name.end
    if after + 1 < len(page.words) and page.words[after] in ("of", "at", "from"):
        body = owners.at(after + 1) or (owners.at(after + 2) if after + 2 < len(page.words) else None)
        if body is not None and body.kind in BODIES:
            person.work_for(body)
    if name.title and name.start > 1:
        first = name.start - 1
        while first > 0 and owners.at(first) is None and page.tags[first].startswith("NNP"):
            first -= 1
        body = owners.at(first)
        title = " ".join(page.words[first + 1 : name.start]).lstrip("’'s ")
        if body is not None and body.kind in BODIES and title:
            person.roles.add(f"{title} of {body.name}")
            person.role_nouns.add(title.split()[-1].lower())
            person.work_for(body)
