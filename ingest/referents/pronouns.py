"""Whom "he", "she", "it" and "they" mean: by gender and number, by who speaks, by what stands out, by place.

The subject that goes on speaking is meant before the man who is named beside it; nobody is *him* in what he himself
says; somebody without a name ("his lawyer", "two officials") may be meant as well as somebody with one.
"""

from __future__ import annotations

from collections.abc import Iterator

from ingest.referents.chains import Chain
from ingest.referents.descriptions import COMMON_WORD, is_common_word, only_says_where
from ingest.referents.kinds import ARTEFACTS, BODIES
from ingest.referents.offices import role_nouns
from ingest.referents.page import Page
from ingest.referents.reader import Reader
from ingest.referents.salience import NOBODY, Choice, Described, Standing, choose
from ingest.referents.sayings import SUBJECTS

HE = frozenset({"he", "him", "his", "himself"})
SHE = frozenset({"she", "her", "hers", "herself"})
IT = frozenset({"it", "its", "itself"})
THEY = frozenset({"they", "them", "their", "theirs", "themselves"})
EMPTY_IT = frozenset({"seem", "appear", "take", "rain", "snow", "turn", "happen", "follow", "matter"})
NEAR = 3  # sentences back that a pronoun may reach
GOES_ON = 0.8  # for one who spoke, where the pronoun speaks
KNOWN_GENDER = 0.2
NO_PERSON = 0.3  # taken away from one who is only described, or whose name may be no person's
ANSWERS = 2.5  # for one who was asked in the sentence before
ASKING = frozenset({"ask", "question", "press", "quiz"})
COMING = 2.5
LEAST_GROUP = 1.0  # how much names joined by "and" must stand out to be "they"


def settle_pronoun(reader: Reader, i: int, word: str) -> Choice:
    if word in HE or word in SHE:
        return settle_person(reader, i, "m" if word in HE else "f")
    if word in IT:
        return settle_it(reader, i)
    return settle_they(reader, i) if word in THEY else NOBODY


def settle_person(reader: Reader, i: int, gender: str) -> Choice:
    scored = []
    for one in reader.spoken_of(i, NEAR):
        if isinstance(one, Described) and (one.plural or not one.human):
            continue
        if isinstance(one, Chain) and not may_be_person(one):
            continue
        if one.gender not in ("", gender) or is_barred(reader, i, one):
            continue
        known = (KNOWN_GENDER if one.gender == gender else 0.0) - (0.0 if is_named_person(one) else NO_PERSON)
        scored.append((reader.weight(i, one, NEAR) + known + going_on(reader, i, one), one))
    coming = subject_to_come(reader, i)
    if coming is not None and coming.gender in ("", gender):
        scored = [(COMING, coming), *((score, one) for score, one in scored if one is not coming)]
    return choose(scored)


def may_be_person(chain: Chain) -> bool:
    """Whether it is a person's name, or one of a single word that the parse took for one somewhere."""
    if chain.kind != "company" or chain.entry is not None:
        return chain.kind == "person"
    return len(chain.words) == 1 and any(name.label == "PERSON" for name in chain.names)


def is_named_person(one: Standing) -> bool:
    return isinstance(one, Chain) and one.kind == "person"


def subject_to_come(reader: Reader, i: int) -> Chain | None:
    """As in "In his ruling, Judge Tom Quill said": the subject that the words before it wait for."""
    page = reader.page
    root = page.doc[i].sent.root.i
    subject = next((c for c in page.children[root] if page.deps[c] == "nsubj"), None)
    if subject is None or subject < i or page.deps[i] != "poss" or reader.sayings.quoted[i] >= 0:
        return None
    chain = reader.owners.at(subject)
    fronted = "," in page.words[i : page.doc[subject].left_edge.i]
    return chain if fronted and chain is not None and chain.kind == "person" else None


def going_on(reader: Reader, i: int, one: Standing) -> float:
    """What it adds that one spoke before, where the pronoun is the subject of a verb of saying."""
    if i not in reader.sayings.of:
        return 0.0
    return ANSWERS if was_asked(reader, i, one) else GOES_ON if reader.spoke(one, i) else 0.0


def was_asked(reader: Reader, i: int, one: Standing) -> bool:
    """Whether the sentence before asks them something: "The judge asked him why. He said …"."""
    page = reader.page
    for j, other in reversed(reader.history):
        if page.sentence[i] - page.sentence[j] > 1:
            return False
        if other is one and j < i and page.deps[j] in ("dobj", "dative") and page.lemma(page.heads[j]) in ASKING:
            return page.sentence[i] - page.sentence[j] == 1
    return False


def is_barred(reader: Reader, i: int, one: Standing) -> bool:
    """Whether it cannot be meant: named in what the pronoun says, or who speaks where the pronoun is only quoted."""
    page, saying = reader.page, reader.sayings.of.get(i)
    if saying is not None:
        said = (*saying.after, *saying.quoted, *(saying.before if one_is_person(one) else ()))
        if any(reader.is_named(k, one) for k in said):
            return True
    quotation = reader.sayings.quoted[i]
    speaker = reader.sayings.speakers.get(quotation) if quotation >= 0 else None
    if speaker is not None and (reader.stands_at(speaker) is one or is_described_by(page, one, speaker)):
        return True
    return any(one is reader.stands_at(j) for j in clause_mates(page, i))


def is_described_by(page: Page, one: Standing, i: int) -> bool:
    """Whether a noun is the one by which somebody without a name was described."""
    return isinstance(one, Described) and page.lemma(i) == one.noun


def one_is_person(one: Standing) -> bool:
    return one.human if isinstance(one, Described) else one.kind == "person"


def clause_mates(page: Page, i: int) -> Iterator[int]:
    """Subject and objects of the pronoun's own verb: "he praised him" is two men."""
    if page.words[i].lower().endswith(("self", "selves")) or page.deps[i] not in (*SUBJECTS, "dobj", "dative", "pobj"):
        return
    verb = page.heads[i]
    if page.deps[i] == "pobj":
        verb = page.heads[verb]
    for child in page.children[verb]:
        if child != i and page.deps[child] in (*SUBJECTS, "dobj", "dative"):
            yield child


# ------------------------------------------------------------------------------------------------------------ it


def settle_it(reader: Reader, i: int) -> Choice:
    page, head = reader.page, reader.page.heads[i]
    if page.deps[i] == "expl" or (page.deps[i] in SUBJECTS and is_empty(page, head)):
        return NOBODY
    speaking = i in reader.sayings.of
    teller = governing_body(reader, i) if reader.sayings.quoted[i] < 0 else None
    if teller is not None and (speaking or not thing_between(reader, i, teller)):
        return Choice((teller,), 0.8)
    wanted = BODIES if speaking else BODIES | ARTEFACTS
    scored: list[tuple[float, Standing]] = []
    for one in reader.spoken_of(i, 2 if speaking else 1):
        if isinstance(one, Described) and (one.plural or one.human or not speaking):
            continue
        if isinstance(one, Chain) and (one.kind not in wanted or only_says_where(page, one)):
            continue
        if is_barred_body(reader, i, one):
            continue
        outlet = -0.8 if isinstance(one, Chain) and one.kind == "outlet" else 0.0
        word = COMMON_WORD if isinstance(one, Chain) and is_common_word(page, one) else 0.0
        scored.append((reader.weight(i, one, 2) + outlet + word + going_on(reader, i, one), one))
    choice = choose(scored)
    if choice.chains and not speaking and thing_between(reader, i, choice.chains[0]):
        return NOBODY
    if choice.chains and page.deps[i] in ("dobj", "pobj") and noun_between(reader, i, choice.chains[0]):
        return NOBODY
    return choice


def is_barred_body(reader: Reader, i: int, one: Standing) -> bool:
    """As for people, but that a body's own name may stand in its quoted statement."""
    saying = reader.sayings.of.get(i)
    if saying is not None and any(reader.is_named(k, one) for k in saying.after):
        return True
    speaker = reader.sayings.speakers.get(reader.sayings.quoted[i])
    if speaker is not None and reader.stands_at(speaker) is one:
        return True  # a body that speaks says "we"
    return any(one is reader.stands_at(j) for j in clause_mates(reader.page, i))


def is_empty(page: Page, head: int) -> bool:
    """ "It is likely that", "it took five days": the word stands for nothing."""
    if page.lemma(head) in EMPTY_IT:
        return True
    clauses = ("ccomp", "xcomp", "advcl", "csubj", "relcl", "acl")
    told = (*clauses, "acomp", "attr")
    return page.lemma(head) == "be" and any(page.deps[c] in told for c in page.children[head])


def governing_body(reader: Reader, i: int) -> Chain | None:
    """The body that says or thinks the clause of an "it": "Veldt told the paper it had found it"."""
    page, verb = reader.page, reader.page.heads[i]
    if page.deps[i] not in SUBJECTS:
        return None
    for _ in range(8):
        if page.deps[verb] == "ROOT":
            return None
        verb = page.heads[verb]
        owner = next((c for c in page.children[verb] if page.deps[c] == "poss"), None)
        holder = reader.owners.at(owner) if owner is not None and page.tags[verb] == "NN" else None
        if holder is not None and holder.kind in BODIES:  # "Tilmark's claim that it had paid"
            return holder
        for child in page.children[verb]:
            if child != i and page.deps[child] == "nsubj" and child in reader.sayings.of:
                chain = reader.owners.at(child)
                return chain if chain is not None and chain.kind in BODIES else None
    return None


def thing_between(reader: Reader, i: int, chain: Chain) -> bool:
    """Whether a subject that is not settled, and is a thing, stands nearer than the chain does."""
    last = reader.last(chain, i) or -1
    unsettled = (j for j, settled in reader.subjects.items() if last < j < i and settled is None)
    return any(reader.page.tags[j] == "NN" and reader.page.lemma(j) not in role_nouns() for j in unsettled)


def noun_between(reader: Reader, i: int, chain: Chain) -> bool:
    """Whether any thing is named nearer: "it" as an object may well be that."""
    last = reader.last(chain, i) or -1
    return any(reader.page.tags[j] == "NN" and reader.owners.at(j) is None for j in range(last + 1, i))


# ---------------------------------------------------------------------------------------------------------- they


def settle_they(reader: Reader, i: int) -> Choice:
    """People without a name, or the names that "and" joins, whichever stands out more; a body where there are none."""
    scored: list[tuple[float, tuple[Standing, ...]]] = []
    for one in reader.spoken_of(i, 2):
        if isinstance(one, Described) and one.plural and one.head not in own_head(reader.page, i):
            scored.append((reader.weight(i, one, 2) + going_on(reader, i, one), (one,)))
    for j, group in groups(reader, i, 2):
        scored.append((reader.weight_of(i, j), tuple(group)))
    if not scored:
        return NOBODY
    best = max(scored, key=lambda pair: pair[0])
    rest = [score for score, group in scored if group != best[1]]
    if rest and best[0] - max(rest) < 0.3:
        return NOBODY
    return Choice(best[1], 0.7)


def own_head(page: Page, i: int) -> set[int]:
    """Nouns whose relative clause the pronoun stands in: "people they believe to be spies"."""
    found, k = set(), i
    while page.heads[k] != k:
        if page.deps[k] == "relcl":
            found.add(page.heads[k])
        k = page.heads[k]
    return found


def groups(reader: Reader, i: int, window: int) -> Iterator[tuple[int, list[Chain]]]:
    """Names joined by "and" near before, with the token of the last that was read."""
    seen: list[list[Chain]] = []
    for j, one in reversed(reader.history):
        if reader.page.sentence[i] - reader.page.sentence[j] > window:
            return
        group = reader.joined(j) if isinstance(one, Chain) and reader.standing_at(j) >= LEAST_GROUP else []
        if len(group) > 1 and one in group and group not in seen and j < i:
            seen.append(group)
            yield j, group
