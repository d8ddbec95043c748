"""What speaks of a thing without its name: "the Chinese company", "the chief executive", "she", "its".

Names come first and whole; then the text is read once from the front, and every reference that is settled may be what
a later one goes back to. Who speaks a quotation is settled before what stands in it. What cannot be settled stays
without a referent; where somebody is shown who may be meant, the candidates are kept, for a person to decide.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass

from ingest.lexicon import read_list
from ingest.model import Article
from ingest.referents.chains import LEGAL_FORMS, Chain, Ref
from ingest.referents.cited_reports import settle_report
from ingest.referents.descriptions import COUNTS, kinds_of, read_description
from ingest.referents.documents import is_own, own_nouns, settle_document, stating_verb
from ingest.referents.introduced import look_ahead, name_later
from ingest.referents.kinds import BODIES
from ingest.referents.known import titles
from ingest.referents.nominals import (
    settle_body,
    settle_described,
    settle_echo,
    settle_role,
    settle_several,
)
from ingest.referents.offices import role_nouns
from ingest.referents.page import Page
from ingest.referents.phrases import left_edge, modifiers_of, noun_at, phrase
from ingest.referents.profiles import find_profiles
from ingest.referents.pronouns import settle_pronoun
from ingest.referents.reader import Reader
from ingest.referents.roles import Owners, find_roles
from ingest.referents.salience import NOBODY, Choice, Described
from ingest.referents.sayings import SUBJECTS, find_sayings, saying_verbs

NOUNS = ("NN", "NNS", "NNP")
INJOINTS = frozenset({",", "and", "&", "the", "Inc", "Ltd", "Corp", "Co", "plc", "PLC", "AG"})  # between names in a row
DEFINITE = frozenset({"a", "an", "another", "one", "some", "several"})
JOINTS = frozenset({",", "and", "&", "the", "Inc", "Ltd", "Corp", "Co", "plc", "PLC", "AG"})  # between names in a row
DEFINITE = frozenset({"the", "this", "that", "these", "those", "both"})


@dataclass(frozen=True, slots=True)
class Coreference:
    """What the reading gives beside the chains' references."""

    described: dict[int, int]  # offset of a word → offset of the noun that it takes up, of somebody without a name
    open: dict[int, tuple[tuple[Chain, float], ...]]  # offset of a word → who may be meant, with their shares


def refer_back(article: Article, page: Page, chains: list[Chain]) -> Coreference:
    """Add to the chains the roles of people and every reference that is not a name."""
    owners = Owners(page, chains)
    for chain in (c for c in chains if c.kind == "person" and not c.gender):
        chain.gender = gender_of_titles(page, chain)
    find_roles(page, chains, owners)
    reader = Reader(article, page, chains, owners, find_sayings(page), find_profiles(page, chains, owners))
    for i in range(len(page.words)):
        read_word(reader, i)
    name_later(reader)
    look_ahead(reader)
    # Again, now that it is known whose "its founder" is.
    find_roles(page, chains, owners)
    for chain in chains:
        chain.refs.sort(key=lambda ref: ref.span)
    starts = page.starts
    return Coreference(
        {starts[i]: starts[one.head] for i, one in reader.described.items() if one.head != i},
        {starts[i]: choice.candidates for i, choice in reader.open.items()},
    )


def gender_of_titles(page: Page, chain: Chain) -> str:
    """As told by any of the titles before a name: "Lady Justice Brook"."""
    before = (page.words[i] for name in chain.names for i in range(max(0, name.start - 3), name.start))
    return next((gender for word in before if (gender := titles().get(word, ""))), "")


def read_word(reader: Reader, i: int) -> None:
    page = reader.page
    if i in reader.done or page.closed[i]:
        return
    speaker = reader.sayings.speakers.get(reader.sayings.quoted[i])
    if speaker is not None and speaker > i and reader.sayings.quoted[speaker] < 0:
        read_word(reader, speaker)
    reader.done.add(i)
    chain = reader.owners.at(i)
    if chain is not None:
        if reader.owners.ends(i):
            reader.note(i, chain)
    elif page.tags[i] in ("PRP", "PRP$"):
        read_pronoun(reader, i, page.words[i].lower())
    elif page.tags[i] in NOUNS or is_start_up(page, i):
        read_nominal(reader, i)


def is_start_up(page: Page, i: int) -> bool:
    """Whether the token is the end of "start-up", whatever the parse takes it for."""
    return page.words[i] == "up" and i > 1 and page.words[i - 2 : i] == ("start", "-")


def read_pronoun(reader: Reader, i: int, word: str) -> None:
    choice = settle_pronoun(reader, i, word)
    if reader.page.deps[i] in SUBJECTS:
        reader.subjects[i] = choice.meant[0] if len(choice.meant) == 1 else None
    keep(reader, i, i, i + 1, "pronoun", choice)


def keep(reader: Reader, i: int, start: int, end: int, method: str, choice: Choice) -> None:
    """Write down whom the word at `i` means, for later words and for the chains."""
    for chain in choice.chains:
        chain.refs.append(Ref(start, end, reader.page.span(start, end), method, choice.confidence))
    if len(choice.meant) == 1:
        one = choice.meant[0]
        reader.note(i, one)
        if isinstance(one, Chain):
            reader.owners.settle(i, one)
        else:
            reader.described[i] = one
    elif not choice.meant and choice.candidates:
        reader.open[i] = choice


# ---------------------------------------------------------------------------------------------------- nominals


def read_nominal(reader: Reader, i: int) -> None:
    """Settle a common noun, where it goes back to something or names a document that speaks; else note who it is."""
    page = reader.page
    if page.deps[i] in ("compound", "amod", "nmod") and i not in reader.sayings.of:
        return
    choice, method = settle_nominal(reader, i, noun_at(page, i))
    if page.deps[i] in SUBJECTS:
        reader.subjects[i] = choice.meant[0] if len(choice.meant) == 1 else None
    if not choice.meant and (outlet := settle_report(reader, i)) is not None:
        choice, method = Choice((outlet,), 0.8), "nominal"
    if not choice.meant and method != "apposition":
        document = settle_document(reader, i, page.words[i].lower())
        if document is not None:
            choice, method = Choice((document,), 0.7), "document"
    if not choice.meant:
        note_described(reader, i)
        if choice.candidates:
            reader.open[i] = choice
        return
    start, end = phrase(page, i, whole=method != "apposition")
    if method == "document":
        end = stating_verb(page, i) or end
    keep(reader, i, start, end, method, choice)


def note_described(reader: Reader, i: int) -> None:
    """Somebody, or some body, who has no name here and may be meant by a later word."""
    page, noun = reader.page, noun_at(reader.page, i)
    if page.tags[i] == "NNP" or page.deps[i] in ("attr", "appos") or i in reader.described:
        return
    human = noun in human_nouns() or (is_heard(reader, i) and not has_no_voice(noun))
    if human or kinds_of(noun) or noun in read_list("sources")["role"]:
        gender = role_nouns().get(noun, "")
        one = Described(i, noun, page.tags[i] == "NNS", human, gender, modifiers_of(page, i))
        reader.described[i] = one
        reader.note(i, one)


@functools.cache
def human_nouns() -> frozenset[str]:
    return frozenset({*role_nouns(), *read_list("sources")["anonymous"]})


def is_heard(reader: Reader, i: int) -> bool:
    """Whether the noun is the subject of a verb of saying, or its agent: "claimed by a foreman"."""
    page = reader.page
    by = page.heads[i]
    passive = page.deps[i] == "pobj" and page.deps[by] == "agent" and page.lemma(page.heads[by]) in saying_verbs()
    return i in reader.sayings.of or passive


def has_no_voice(noun: str) -> bool:
    """Whether it is a body, a paper or a thing, so that no "he" means it."""
    lists = read_list("sources")
    silent = ("role", "document", "outlet", "things", "bodies", "recordings")
    return bool(kinds_of(noun)) or any(noun in lists[one] for one in silent)


def settle_nominal(reader: Reader, i: int, noun: str) -> tuple[Choice, str]:
    page = reader.page
    named = named_beside(reader, i)
    if named:
        return Choice(tuple(named), 0.9), "apposition"
    determiner = determiner_of(page, i)
    owner = next((c for c in page.children[i] if page.deps[c] == "poss"), None)
    counted = any(page.words[c].lower() in COUNTS for c in page.children[i])
    if noun in role_nouns() and page.deps[i] == "appos" and page.closes(i):
        bearer = reader.owners.at(page.heads[i])
        if bearer is not None and bearer.kind == "person":
            return Choice((bearer,), 0.9), "apposition"
    if determiner not in DEFINITE and owner is None:
        return NOBODY, ""
    if page.tags[i] == "NNS":
        several = settle_several(reader, i) if determiner == "both" or counted else NOBODY
        return (several, "nominal") if several.meant else (settle_described(reader, i, noun), "described")
    if owner is None and noun in own_nouns() and page.words[i - 1].lower() == "this":
        own = [c for c in reader.chains if c.kind == "outlet" and is_own(reader.article, c)]
        return (Choice((own[0],), 0.9) if own else NOBODY), "nominal"
    if noun in human_nouns():
        found = settle_role(reader, i, noun, owner) if noun in role_nouns() else NOBODY
        if found.meant or not kinds_of(noun):
            return (
                (found, "role")
                if found.meant or owner is not None
                else (settle_described(reader, i, noun), "described")
            )
    if owner is not None:
        return NOBODY, ""
    echoed = settle_echo(reader, noun, i)
    if echoed is not None:
        return Choice((echoed,), 0.85), "nominal"
    told = read_description(page, reader.owners, i)
    found = settle_body(reader, i, told) if told is not None else NOBODY
    if told is not None:
        reader.told.append((i, told, found.chains[0] if found.chains else None))
    return (found, "nominal") if found.meant or found.candidates else (settle_described(reader, i, noun), "described")


def determiner_of(page: Page, i: int) -> str:
    found = next((c for c in page.children[i] if page.deps[c] in ("det", "predet")), left_edge(page, i))
    return page.words[found].lower()


def named_beside(reader: Reader, i: int) -> list[Chain]:
    """ "The surgeon, Hal Dorrin", "the nurses, Lise Marten and Edda Krug", "lenders Veldt Bank and Orbel"."""
    page = reader.page
    if page.tags[i] == "NNS":
        chains = names_in_row(reader, i + 1)
        alike = all(c.kind == "person" for c in chains) or all(c.kind in BODIES for c in chains)
        return chains if len(chains) > 1 and alike else []
    beside = [c for c in page.children[i] if page.deps[c] == "appos" and c > i and reader.owners.at(c)]
    set_off = bool(beside) and "," in (page.words[i + 1], page.words[beside[0] - 1])
    return reader.joined(beside[0])[:1] if set_off else []


def names_in_row(reader: Reader, i: int) -> list[Chain]:
    """The names that follow a plural, whatever the parse makes of them: "lenders Veldt Bank, Inc. and Orbel"."""
    page, found = reader.page, list[Chain]()
    while i < len(page.words) and page.sentence[i] == page.sentence[i - 1]:
        chain = reader.owners.at(i)
        if chain is None and page.words[i].strip(".") not in JOINTS:
            break
        if chain is not None and chain not in found and chain.name not in LEGAL_FORMS:
            found.append(chain)
        i += 1
    return found
