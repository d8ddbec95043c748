"""What speaks of a thing without its name: "the Chinese company", "the chief executive", "she", "its".

Names come first and whole; then the text is read once from the front, and every reference that is settled may be what
a later one goes back to. What cannot be settled stays without a referent.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass, field

from ingest.lexicon import read_list
from ingest.model import Article, Kind, fold
from ingest.referents.chains import Chain, Ref
from ingest.referents.kinds import ARTEFACTS, BODIES, role_nouns
from ingest.referents.known import origins
from ingest.referents.page import Page
from ingest.referents.roles import Owners, find_roles

MODIFIERS = frozenset({"amod", "compound", "nmod", "nummod"})
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
HE = frozenset({"he", "him", "his", "himself"})
SHE = frozenset({"she", "her", "hers", "herself"})
IT = frozenset({"it", "its", "itself"})
THEY = frozenset({"they", "them", "their", "theirs", "themselves"})
SPEAKING = frozenset(
    {"say", "announce", "deny", "add", "state", "confirm", "decline", "acknowledge", "admit", "insist"}
)
EMPTY_IT = frozenset({"seem", "appear", "take", "rain", "snow", "turn", "happen", "follow"})
WINDOW = 5  # sentences back that a nominal may reach
NEAR = 3  # and a pronoun


@dataclass(slots=True)
class Reader:
    """One reading from front to back: what was spoken of, in order."""

    article: Article
    page: Page
    chains: list[Chain]
    owners: Owners
    history: list[tuple[int, Chain]] = field(default_factory=list)  # token, chain
    subjects: dict[int, Chain | None] = field(default_factory=dict)  # common noun or pronoun as subject → settled as
    counts: dict[int, int] = field(default_factory=dict)  # id of a chain → times so far

    def note(self, i: int, chain: Chain) -> None:
        self.history.append((i, chain))
        self.counts[id(chain)] = self.counts.get(id(chain), 0) + 1


def refer_back(article: Article, page: Page, chains: list[Chain]) -> None:
    """Add to the chains the roles of people and every reference that is not a name."""
    owners = Owners(page, chains)
    find_roles(page, chains, owners)
    find_origins(page, chains)
    reader = Reader(article, page, chains, owners)
    for i, word in enumerate(page.words):
        if page.closed[i]:
            continue
        chain = owners.at(i)
        if chain is not None:
            if owners.ends(i):
                reader.note(i, chain)
        elif page.tags[i] in ("PRP", "PRP$"):
            read_pronoun(reader, i, word.lower())
        elif page.tags[i] in ("NN", "NNS", "NNP"):
            read_nominal(reader, i)
    # Again, now that it is known whose "its founder" is.
    find_roles(page, chains, owners)
    for chain in chains:
        chain.refs.sort(key=lambda ref: ref.span)


def find_origins(page: Page, chains: list[Chain]) -> None:
    """Where a body is said to be from as it is introduced: "the Dutch chipmaker Veldt", "Veldt, a Dutch chipmaker"."""
    for chain in chains:
        for name in chain.names if chain.kind in BODIES else ():
            top = name_top(page, name.start, name.end)
            nouns = [top, *(c for c in page.children[top] if page.deps[c] == "appos")]
            if page.deps[top] == "appos":
                nouns.append(page.heads[top])
            for noun in nouns:
                modifiers = (page.words[c] for c in page.children[noun] if c not in range(name.start, name.end))
                chain.countries.update(origins()[word] for word in modifiers if word in origins())


def name_top(page: Page, start: int, end: int) -> int:
    top = end - 1
    while page.heads[top] != top and start <= page.heads[top] < end:
        top = page.heads[top]
    return top


# ---------------------------------------------------------------------------------------------------- nominals


@functools.cache
def nominal_kinds() -> dict[str, tuple[Kind, ...]]:
    return {noun: tuple(found) for noun, found in read_list("nominals")["nouns"].items()}


@functools.cache
def document_words() -> tuple[frozenset[str], frozenset[str]]:
    """Nouns of documents, verbs with which they speak."""
    table = read_list("nominals")["documents"]
    return frozenset(table["nouns"]), frozenset(table["verbs"])


def read_nominal(reader: Reader, i: int) -> None:
    """Settle a common noun, where it goes back to something or names a document that speaks."""
    page = reader.page
    if page.deps[i] in ("compound", "amod", "nmod"):
        return
    noun = page.words[i].lower()
    if page.deps[i] in SUBJECTS:
        reader.subjects[i] = None
    chain, method, confidence = settle_nominal(reader, i, noun)
    if chain is None:
        chain, method, confidence = settle_document(reader, i, noun), "document", 0.7
    if chain is None:
        return
    start, end = phrase(page, i, whole=method != "apposition")
    if method == "document":
        end = stating_verb(page, i) or end
    chain.refs.append(Ref(start, end, page.span(start, end), method, confidence))
    reader.note(i, chain)
    reader.owners.settle(i, chain)
    if i in reader.subjects:
        reader.subjects[i] = chain


def phrase(page: Page, i: int, whole: bool) -> tuple[int, int]:
    """From the determiner to the noun, with "of …" behind it; no relative clause."""
    start, end = page.doc[i].left_edge.i, i + 1
    for child in page.children[i] if whole else ():
        if child == end and page.deps[child] == "prep" and page.words[child] == "of":
            objects = [c for c in page.children[child] if page.deps[c] == "pobj"]
            end = objects[0] + 1 if objects else end
    while start < i and (
        page.tags[start] in (",", "``", "''", "_SP", "IN", "CC", ":") or page.sentence[start] != page.sentence[i]
    ):
        start += 1
    return start, end


def settle_nominal(reader: Reader, i: int, noun: str) -> tuple[Chain | None, str, float]:
    page = reader.page
    named = [c for c in page.children[i] if page.deps[c] == "appos" and c > i and reader.owners.at(c)]
    if named and page.tags[i] == "NN" and page.words[named[0] - 1] == ",":
        return reader.owners.at(named[0]), "apposition", 0.9
    determiner = next((c for c in page.children[i] if page.deps[c] == "det"), None)
    owner = next((c for c in page.children[i] if page.deps[c] == "poss"), None)
    definite = determiner is not None and page.words[determiner].lower() in ("the", "this", "that")
    if page.tags[i] == "NNS" or not (definite or owner is not None):
        return None, "", 0.0
    if owner is None and noun in own_nouns() and page.words[i - 1].lower() == "this":
        own = [c for c in reader.chains if c.kind == "outlet" and is_own(reader.article, c)]
        return (own[0], "nominal", 0.9) if own else (None, "", 0.0)
    if noun in role_nouns():
        bearer = reader.owners.at(page.heads[i]) if page.deps[i] == "appos" and page.closes(i) else None
        if bearer is not None and bearer.kind == "person":
            return bearer, "apposition", 0.9
        found = settle_role(reader, i, noun, owner)
        if found is not None or noun not in nominal_kinds():
            return found, "role", 0.8
    if owner is not None:
        return None, "", 0.0
    echoed = settle_echo(reader, noun, i)
    if echoed is not None:
        return echoed, "nominal", 0.85
    return settle_kind(reader, i, noun)


@functools.cache
def own_nouns() -> frozenset[str]:
    return frozenset(read_list("nominals")["own"]["nouns"])


def is_own(article: Article, chain: Chain) -> bool:
    outlet = fold(article.outlet or "").removeprefix("the ")
    return bool(outlet) and any(fold(a).removeprefix("the ") == outlet for a in (chain.name, *chain.aliases))


def settle_role(reader: Reader, i: int, noun: str, owner: int | None) -> Chain | None:
    """ "The chief executive": the last person who was introduced as one, of the body that is named with it."""
    page = reader.page
    modifier = page.words[i - 1].lower() if page.deps[i - 1] in ("compound", "amod") else ""
    body = reader.owners.at(owner) if owner is not None else None
    if owner is not None and body is None:
        return None
    people: list[Chain] = []
    for _, chain in reversed(reader.history):
        if chain.kind == "person" and noun in chain.role_nouns and chain not in people:
            people.append(chain)
    if modifier:
        with_it = [c for c in people if any(f"{modifier} {noun}" in fold(role) for role in c.roles)]
        people = (
            with_it if noun in ("executive", "officer", "scientist", "secretary", "minister") else with_it or people
        )
    if body is not None:
        people = [c for c in people if body in c.employers]
    return people[0] if people else None


def settle_echo(reader: Reader, noun: str, i: int) -> Chain | None:
    """ "The office" after "the Model Standards Office": the noun is a word of the name."""
    if any(reader.page.deps[c] in ("amod", "compound") for c in reader.page.children[i]):
        return None
    for _, chain in reversed(reader.history):
        if chain.kind in BODIES and len(chain.words) > 1 and noun in (chain.words[-1].lower(), chain.words[0].lower()):
            return chain
        if chain.kind == "document" and noun in chain.name.split():
            return chain
    return None


def settle_kind(reader: Reader, i: int, noun: str) -> tuple[Chain | None, str, float]:
    """ "The Chinese company", "the creator of ChatGPT": by kind, by what is said of it, then by prominence."""
    page = reader.page
    found = nominal_kinds().get("start-up" if noun == "up" else noun)
    if found is None:
        return None, "", 0.0
    made = made_thing(reader, i)
    if made is not None:
        maker = next((c for c in reader.chains if c.entry and made.entry and c.entry.key == made.entry.maker), None)
        return maker, "nominal", 0.95
    if any(page.deps[c] == "prep" and page.words[c] == "of" for c in page.children[i]):
        return None, "", 0.0
    modifiers = {page.words[c] for c in range(page.doc[i].left_edge.i, i)}
    countries = {origins()[word] for word in modifiers if word in origins()}
    trades = {
        word for word in modifiers if word.lower() in ("ai", "chip", "car", "software", "drug", "internet", "oil")
    }
    candidates = recent(reader, i, frozenset(found), WINDOW)
    if countries:
        known = [c for c in candidates if c.countries & countries]
        unknown = [c for c in candidates if not c.countries]
        candidates = known or (unknown if len(unknown) == 1 else [])
        return (candidates[0], "nominal", 0.9 if known else 0.5) if candidates else (None, "", 0.0)
    if trades:
        candidates = [c for c in candidates if c.entry is None or {t.lower() for t in c.entry.trade} & trades]
    return (candidates[0], "nominal", 0.75 if len(candidates) == 1 else 0.6) if candidates else (None, "", 0.0)


@functools.cache
def plain_modifiers() -> tuple[frozenset[str], frozenset[str]]:
    """Modifiers that leave a nominal what it is, and those of them (folded) that name a trade."""
    table = read_list("nominals")["plain"]
    return frozenset(table["modifiers"]), frozenset(table["trades"])


def made_thing(reader: Reader, i: int) -> Chain | None:
    """What stands behind "the maker of"."""
    for child in reader.page.children[i]:
        if reader.page.deps[child] == "prep" and reader.page.words[child] == "of":
            for thing in reader.page.children[child]:
                chain = reader.owners.at(thing)
                if chain is not None and chain.kind in ARTEFACTS:
                    return chain
    return None


def recent(reader: Reader, i: int, wanted: frozenset[Kind], window: int) -> list[Chain]:
    """Chains of these kinds that were spoken of within `window` sentences, the likeliest first."""
    page, here = reader.page, reader.page.sentence[i]
    scores: dict[int, tuple[float, Chain]] = {}
    for j, chain in reversed(reader.history):
        distance = here - page.sentence[j]
        if distance > window:
            break
        if chain.kind not in wanted or same_clause(page, i, j):
            continue
        score = -1.0 * distance + prominence(page, j) + 0.1 * min(reader.counts[id(chain)], 6)
        score -= 0.02 * (i - j) / (1 + distance)
        if id(chain) not in scores or scores[id(chain)][0] < score:
            scores[id(chain)] = (score, chain)
    return [chain for _, chain in sorted(scores.values(), key=lambda pair: -pair[0])]


def prominence(page: Page, j: int) -> float:
    """How much a reference stands out: as a subject, then beside one ("an OpenAI source", "Veldt's engineers")."""
    if is_subject(page, j):
        return 1.5
    beside = page.deps[j] in ("compound", "poss", "nmod") and page.deps[page.heads[j]] in SUBJECTS
    return 1.0 if beside else 0.0


def is_subject(page: Page, j: int) -> bool:
    top = j
    while page.deps[top] in ("conj", "compound") and page.heads[top] != top:
        if page.deps[top] == "compound" and not page.tags[page.heads[top]].startswith("NNP"):
            return False
        top = page.heads[top]
    return page.deps[top] in SUBJECTS


def same_clause(page: Page, i: int, j: int) -> bool:
    """Whether one is the subject and the other the object of one verb, so that they are two things."""
    return page.heads[i] == page.heads[j] and page.deps[i] in ("dobj", "dative", "attr", "nsubj") and i != j


# --------------------------------------------------------------------------------------------------- documents


def settle_document(reader: Reader, i: int, noun: str) -> Chain | None:
    """A document that speaks: "the complaint alleges", "according to the memo"; whose it is, is its employer."""
    page = reader.page
    nouns, verbs = document_words()
    if noun not in nouns or not speaks(page, i, verbs):
        return None
    start, end = phrase(page, i, whole=True)
    end = stating_verb(page, i) or end
    owner = next((c for c in page.children[i] if page.deps[c] == "poss"), None)
    first = start
    while first < i and (page.tags[first] in ("DT", "PRP$", "POS") or (owner is not None and first <= owner)):
        first += 1
    name = " ".join(page.words[first:end])
    known = next((c for c in reader.chains if c.kind == "document" and fold(c.name) == fold(name)), None)
    chain = known or Chain(name, "document", [])
    if known is None:
        reader.chains.append(chain)
    for j in range(start, i):
        body = reader.owners.at(j)
        if page.words[j].lower() == "our":
            body = next((c for c in reader.chains if c.kind == "outlet" and is_own(reader.article, c)), None)
        if body is not None and body.kind in BODIES:
            chain.work_for(body)
    return chain


def speaks(page: Page, i: int, verbs: frozenset[str]) -> bool:
    head = page.heads[i]
    if page.deps[i] == "nsubj":
        return page.lemma(head) in verbs
    if (
        page.deps[i] == "pobj"
        and page.words[head].lower() == "to"
        and page.words[page.heads[head]].lower() == "according"
    ):
        return True
    return stating_verb(page, i) is not None


def stating_verb(page: Page, i: int) -> int | None:
    """Where the verb of "the terms of service state that" is, which the parse takes for a noun."""
    for j in range(i + 1, min(i + 5, len(page.words) - 1)):
        if page.words[j] in ("state", "states") and page.words[j + 1] == "that":
            return j
    return None


# ---------------------------------------------------------------------------------------------------- pronouns


def read_pronoun(reader: Reader, i: int, word: str) -> None:
    found: list[Chain] = []
    confidence = 0.6
    if word in HE or word in SHE:
        found, confidence = settle_person(reader, i, "m" if word in HE else "f")
    elif word in IT:
        found, confidence = settle_it(reader, i)
    elif word in THEY:
        found, confidence = settle_they(reader, i)
    if reader.page.deps[i] in SUBJECTS:
        reader.subjects[i] = found[0] if len(found) == 1 else None
    for chain in found:
        chain.refs.append(Ref(i, i + 1, reader.page.span(i, i + 1), "pronoun", confidence))
    if len(found) == 1:
        reader.note(i, found[0])
        reader.owners.settle(i, found[0])


def settle_person(reader: Reader, i: int, gender: str) -> tuple[list[Chain], float]:
    """The likeliest person of that gender; nobody where an unnamed one stands nearer as a subject."""
    people = [c for c in recent(reader, i, frozenset({"person"}), NEAR) if c.gender in ("", gender)]
    if not people or stands_between(reader, i, people[0], is_human):
        return [], 0.0
    certain = [c for c in people if c.gender == gender]
    if people[0].gender == "" and certain:
        return [certain[0]], 0.6
    return [people[0]], 0.85 if len(people) == 1 else 0.7


def is_human(page: Page, i: int) -> bool:
    return page.lemma(i) in role_nouns() or page.lemma(i) in (
        "man",
        "woman",
        "source",
        "person",
        "worker",
        "boy",
        "girl",
    )


def is_thing(page: Page, i: int) -> bool:
    return page.tags[i] == "NN" and page.lemma(i) not in role_nouns()


def stands_between(reader: Reader, i: int, chain: Chain, fits: Callable[[Page, int], bool]) -> bool:
    """Whether a subject that is not settled, and may be meant as well, stands nearer than the chain does."""
    last = max((j for j, c in reader.history if c is chain), default=-1)
    return any(last < j < i and settled is None and fits(reader.page, j) for j, settled in reader.subjects.items())


def settle_it(reader: Reader, i: int) -> tuple[list[Chain], float]:
    page = reader.page
    head = page.heads[i]
    verb = page.lemma(head)
    if page.deps[i] == "expl" or (page.deps[i] in SUBJECTS and is_empty_it(page, head, verb)):
        return [], 0.0
    speaking = page.deps[i] == "nsubj" and verb in SPEAKING
    wanted = BODIES if speaking else BODIES | ARTEFACTS
    candidates = recent(reader, i, wanted, 1)
    if not candidates or (not speaking and stands_between(reader, i, candidates[0], is_thing)):
        return [], 0.0
    return candidates[:1], 0.7 if len(candidates) == 1 else 0.55


def is_empty_it(page: Page, head: int, verb: str) -> bool:
    """ "It is likely that", "it took five days": the word stands for nothing."""
    if verb in EMPTY_IT:
        return True
    clauses = ("ccomp", "xcomp", "advcl", "csubj", "relcl", "acl")
    return verb == "be" and any(
        page.deps[c] in clauses or page.deps[c] in ("acomp", "attr") for c in page.children[head]
    )


def settle_they(reader: Reader, i: int) -> tuple[list[Chain], float]:
    """The names that are joined by "and" as the nearest plural subject."""
    page = reader.page
    here = page.sentence[i]
    for j, chain in reversed(reader.history):
        if here - page.sentence[j] > 1:
            break
        group = joined(reader, j)
        if len(group) > 1 and is_subject(page, j) and chain in group:
            nearer = [k for k in reader.subjects if j < k < i and page.tags[k] == "NNS" and reader.subjects[k] is None]
            return ([], 0.0) if nearer else (group, 0.7)
    return [], 0.0


def joined(reader: Reader, j: int) -> list[Chain]:
    """The chains of a coordination, where each of its members is a name."""
    page, top = reader.page, j
    while page.deps[top] in ("conj", "compound") and page.heads[top] != top:
        top = page.heads[top]
    members, found = [top], []
    while members:
        member = members.pop()
        chain = reader.owners.at(member)
        if chain is not None and chain not in found:
            found.append(chain)
        members.extend(c for c in page.children[member] if page.deps[c] == "conj")
    return found
