"""Whom "the chief executive", "the office", "the carmaker", "both lenders", "the people" go back to."""

from __future__ import annotations

from ingest.lexicon import read_list
from ingest.model import fold
from ingest.referents.chains import Chain
from ingest.referents.descriptions import COUNTS, Description, fit, kinds_of, read_description
from ingest.referents.kinds import BODIES
from ingest.referents.known import signs_in_names
from ingest.referents.page import Page
from ingest.referents.phrases import modifiers_of
from ingest.referents.profiles import Profile, words_of_name
from ingest.referents.reader import Reader
from ingest.referents.salience import NOBODY, Choice, Described, Standing, choose, speaks

WINDOW = 12  # sentences back that a description may reach
SENIOR = frozenset({"executive", "officer", "scientist", "secretary", "minister"})  # told apart by the word before
PAST = frozenset({"former", "ex"})
LEAST_FIT = -0.5
ALL_PEOPLE = frozenset({"person", "people", "source"})


def settle_role(reader: Reader, i: int, noun: str, owner: int | None) -> Choice:
    """ "The chief executive": the last person who was introduced as one, of the body that is named with it."""
    page = reader.page
    modifier = page.words[i - 1].lower() if page.deps[i - 1] in ("compound", "amod") else ""
    body = reader.owners.at(owner) if owner is not None else None
    if owner is not None and body is None:
        return NOBODY
    people = [c for c in everybody(reader) if noun in c.role_nouns]
    if modifier:
        with_it = [c for c in people if any(f"{modifier} {noun}" in fold(role) for role in c.roles)]
        people = with_it if noun in SENIOR or modifier in PAST else with_it or people
    if body is not None:
        people = [c for c in people if body in c.employers]
    return Choice((people[0],), 0.8) if people else NOBODY


def everybody(reader: Reader) -> list[Chain]:
    """The people of an article as far as it is read, the last spoken of first."""
    found: list[Chain] = []
    for _, one in reversed(reader.history):
        if isinstance(one, Chain) and one.kind == "person" and one not in found:
            found.append(one)
    return found


def settle_described(reader: Reader, i: int, noun: str) -> Choice:
    """ "The people" after "people familiar with the matter": those who were described with the same noun before."""
    plural, modifiers = reader.page.tags[i] == "NNS", modifiers_of(reader.page, i)
    for j, one in reversed(reader.history):
        if not isinstance(one, Described) or one.plural != plural or j >= i:
            continue
        if (one.noun == noun and (one.human or modifiers <= one.modifiers)) or (
            one.human and {noun, one.noun} <= ALL_PEOPLE
        ):
            return Choice((one,), 0.8)
    return NOBODY


def settle_echo(reader: Reader, noun: str, i: int) -> Chain | None:
    """ "The office" after "the Model Standards Office": the noun is a word of the name."""
    page = reader.page
    told = (page.deps[c] in ("amod", "compound") or page.words[c] == "of" for c in page.children[i])
    if any(told):
        return None
    found: list[Chain] = []
    for _, one in reversed(reader.history):
        if isinstance(one, Chain) and one not in found and is_echoed(one, noun):
            found.append(one)
    return found[0] if len(found) == 1 or (found and found[0].kind == "document") else None


def is_echoed(chain: Chain, noun: str) -> bool:
    if chain.kind in BODIES:
        ends = {chain.words[-1].lower(), chain.words[0].lower()}
        return len(chain.words) > 1 and noun in ends and is_body_noun(noun)
    return chain.kind == "document" and noun in chain.name.split()


def is_body_noun(noun: str) -> bool:
    return bool(kinds_of(noun)) or noun.title() in signs_in_names() or noun in read_list("sources")["role"]


def settle_body(reader: Reader, i: int, told: Description) -> Choice:
    """The body that a description fits best, where it stands out enough."""
    scored: list[tuple[float, Standing]] = []
    near = reader.spoken_of(i, WINDOW)
    for chain in reader.chains:
        known = told.is_maker and (chain.entry is not None or reader.last(chain, i) is not None)
        weight = weigh_body(reader, i, told, chain) if chain in near or known else None
        if weight is not None:
            standing = reader.weight(i, chain, WINDOW) if chain in near else -2.0
            scored.append((weight + 0.7 * standing, chain))
    return choose(scored)


def weigh_body(reader: Reader, i: int, told: Description, chain: Chain) -> float | None:
    """How well a body answers to a description at `i`, however much it stands out; None where it is not meant."""
    inside = range(reader.page.doc[i].left_edge.i, i)
    if chain.kind not in BODIES or any(reader.owners.at(k) is chain for k in inside):
        return None
    fitting = fit(reader.page, told, chain, reader.profiles.get(id(chain), Profile()))
    return None if fitting is None or fitting < LEAST_FIT else fitting + told_apart(reader, i, chain)


def told_apart(reader: Reader, i: int, chain: Chain) -> float:
    """What it takes away that a body is named in what the described one says, and adds that it spoke before."""
    page, saying = reader.page, reader.sayings.of.get(i)
    if any(reader.owners.at(j) is chain for j in rivals_in_clause(page, i)):
        return -5.0
    if saying is None:
        return 0.0
    named = [k for k in saying.after if reader.is_named(k, chain)]
    if any(page.deps[k] in ("nsubj", "nsubjpass") for k in named):
        return -4.0
    last = reader.last(chain, i)
    spoke = 0.5 if last is not None and speaks(page, reader.owners, reader.sayings, last) else 0.0
    return spoke - (1.0 if named else 0.0)


def rivals_in_clause(page: Page, i: int) -> list[int]:
    """Subject and objects of the verb that the noun hangs on: two ends of one act are two things."""
    verb = page.heads[i]
    if page.deps[i] not in ("nsubj", "nsubjpass", "dobj", "dative", "attr"):
        return []
    return [c for c in page.children[verb] if c != i and page.deps[c] in ("nsubj", "nsubjpass", "dobj", "dative")]


def settle_several(reader: Reader, i: int) -> Choice:
    """ "Both lenders", "the two unions": the so many bodies that are so called, or joined by "and" before."""
    told = read_description(reader.page, reader.owners, i)
    words = [reader.page.words[c].lower() for c in reader.page.children[i]]
    count = next((COUNTS[word] for word in words if word in COUNTS), 0)
    if told is None or not count:
        return NOBODY
    saying = reader.sayings.of.get(i)
    named = {id(reader.owners.at(k)) for k in saying.after} if saying is not None else set()
    fitting = [c for c in reader.chains if c.kind in BODIES and id(c) not in named and fits_well(reader, told, c)]
    for j, one in reversed(reader.history):
        group = reader.joined(j) if isinstance(one, Chain) and j < i else []
        if len(group) == count and all(c in fitting for c in group):
            return Choice(tuple(group), 0.85)
    before = [c for c in fitting if reader.last(c, i) is not None]
    return Choice(tuple(before), 0.75) if len(before) == count else NOBODY


def fits_well(reader: Reader, told: Description, chain: Chain) -> bool:
    """Whether it is called so, or its name says so: what it has to do with tells too little of one among several."""
    profile = reader.profiles.get(id(chain), Profile())
    named = Profile(profile.nouns, {*words_of_name(chain), *profile.nouns}, profile.places, profile.makes)
    found = fit(reader.page, told, chain, named)
    return found is not None and (found > 0 or (not told.trade and found >= 0))
