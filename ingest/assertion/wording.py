"""Content → its neutral wording: a subject and a verb that agree, the hedges kept.

Its words are the sentence's, its antecedents' names, or one of a few of ours ("is", "should"): "I am doing it" is
"Dario Lent is doing it", "plans to sell it" is "Halden is to sell it".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Token

from ingest.assertion.agreement import Edit, before, in_singular, is_plural, put, third_person, verbs_of
from ingest.assertion.relations import find_subject
from ingest.assertion.subjects import OWN, FirstPerson, Subject
from ingest.attribution.cues import words
from ingest.attribution.frames import Core
from ingest.attribution.negation import is_cue_negated
from ingest.attribution.predications import find_predication, is_act
from ingest.model import Referent, Span, Stance
from ingest.syntax.trees import SUBJECTS, child_of, find_head

MARKS = re.compile(r"[\"“”„«»\[\]]|(?<!\w)[‘']|(?<=[\s,.?!])['’](?!\w)")
LEAD = re.compile(r"^(?:(?:and|but)\s+)?(?:that|whether|to the effect that)\s+|^(?:and|but|so)\s+", re.IGNORECASE)
POSSESSIVES = frozenset({"my", "our"})
NOMINATIVES = {"him": "he", "her": "she", "them": "they"}
DEFINITE = frozenset({"the", "this", "that", "these", "those"})
INDEFINITE = frozenset({"a", "an", "some", "any", "no", "more"})
WANTED: frozenset[Stance] = frozenset({"calls_for", "intends"})
TAKES_PLACE: dict[Stance, str] = {"calls_for": "should take place", "intends": "is to take place"}
THERE_IS: dict[Stance, tuple[str, str]] = {
    "calls_for": ("there should be", "there should be"),
    "intends": ("there is to be", "there are to be"),
}
FINITE_AUX = frozenset({"MD", "VBD", "VBZ", "VBP"})


def to_wording(text: str, spans: Sequence[Span], edits: Iterable[Edit] = (), lead: str = "") -> str:
    """The words with what stands in the place of some, without "that", marks and brackets."""
    changed = sorted(edits)
    told = MARKS.sub("", " ".join([lead, *(rewrite(text, span, changed) for span in spans)])).replace("’", "'")
    told = LEAD.sub("", re.sub(r"\s+", " ", told).strip()).strip(" ,;:–—-")
    return re.sub(r"\s+([,.;:!?])", r"\1", told).rstrip(".")


def rewrite(text: str, span: Span, edits: Sequence[Edit]) -> str:
    pieces, at = [], span.start
    for edit in edits:
        if at <= edit.start and edit.end <= span.end:
            pieces += [text[at : edit.start], edit.words]
            at = edit.end
    return "".join([*pieces, text[at : span.end]])


# ── who ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def name_subject(subject: Subject | None) -> Iterator[Edit]:
    """The name in the pronoun's place, and its verbs with it."""
    if subject is None or subject.pronoun is None or subject.pronoun.lower_ in OWN:
        return
    yield put(subject.pronoun, subject.name)
    if not subject.plural and is_plural(subject.pronoun):
        for verb in verbs_of(subject.pronoun):
            yield from in_singular(verb)


def name_speaker(tokens: Sequence[Token], person: FirstPerson) -> Iterator[Edit]:
    """Who speaks in the place of each "I", "we", "my" and "our", with the verbs that go with it."""
    told: set[str] = set()
    for token in tokens:
        who = person.whom(token.lower_) if is_own(token) else None
        if who is None:
            continue
        yield put(token, called(who, token, again=who.id in told))
        told.add(who.id)
        for verb in verbs_of(token):
            yield from in_singular(verb)


def is_own(token: Token) -> bool:
    """Whether it is the first person: "us" is, and "US" is a country."""
    return token.lower_ in OWN and (token.text == "I" or not token.text.isupper())


def called(who: Referent, token: Token, *, again: bool) -> str:
    """A name the first time; then "it" for a body, and a person's last name."""
    if token.lower_ in ("mine", "ours") or token.lower_ in POSSESSIVES:
        own = "its" if who.kind != "person" else f"{who.name.split()[-1]}'s"
        return own if again else f"{who.name}'s"
    if not again:
        return who.name
    return "it" if who.kind != "person" else who.name.split()[-1]


# ── what form the verb has ───────────────────────────────────────────────────────────────────────────────────────


def make_finite(
    tokens: Sequence[Token], core: Core, stance: Stance, cue: Sequence[Token], subject: Subject | None
) -> Iterator[Edit]:
    """What gives the main verb a tense, where it has none and there is somebody whose verb it is."""
    head, inside = core.head, {token.i for token in tokens}
    if head is None:
        return
    if head.pos_ not in ("VERB", "AUX"):
        yield from list(predicate(tokens)) or tell_of(head, tokens, stance)
        return
    if tokens[0].lower_ == "if" and tokens[0].head == head and head.dep_ != "advcl":  # "asked if it was sold"
        yield Edit(tokens[0].idx, tokens[0].idx + len(tokens[0]) + 1, "")
    own = find_subject(head)
    if subject is None and (own is None or own.i not in inside):
        return
    if head.head.i != head.i and head.head.i in inside and head.dep_ != "pcomp":
        return  # a verb above it has the tense: "appears to have entered"
    if own is not None and own.i in inside and own.dep_ == "dobj" and own.lower_ in NOMINATIVES:
        yield put(own, NOMINATIVES[own.lower_])  # "told her to leave": she should leave
    plural = subject.plural if subject is not None else own is not None and is_plural(own)
    to = next((child for child in head.children if child.tag_ == "TO"), None)
    if to is not None:
        yield from from_infinitive(head, to, stance, cue, plural=plural) if to.i in inside else ()
    elif subject is not None or head.dep_ == "pcomp":
        yield from from_participle(head, inside, plural=plural)


def from_infinitive(head: Token, to: Token, stance: Stance, cue: Sequence[Token], *, plural: bool) -> Iterator[Edit]:
    """ "To sell it" as what is to be, what should be, or what is."""
    if any(child.tag_ in ("WRB", "WP", "WDT") and child.i < to.i for child in head.children):
        return  # "how to vote"
    first = next((c for c in head.children if c.dep_ == "neg" and c.i < to.i), to)
    verb = find_head(cue)
    unwanted = is_cue_negated(cue) or (verb is not None and verb.lemma_ == "refuse")
    negation = "not " if stance in ("intends", "calls_for") and unwanted else ""
    due = verb is not None and verb.lemma_ in words("wording", "due")
    if stance == "calls_for":
        yield before(first, f"should {negation}")
        yield Edit(to.idx, to.idx + len(to) + 1, "")
        return
    if stance == "intends" or due:
        yield before(first, f"{'are' if plural else 'is'} {negation}")
        return
    yield Edit(to.idx, to.idx + len(to) + 1, "")
    if first != to:
        yield before(first, "do " if plural else "does ")
        return
    auxiliaries = [c for c in head.children if c.dep_ in ("aux", "auxpass") and c.i > to.i]
    carrier = auxiliaries[0] if auxiliaries else head
    if carrier.lower_ == "be":
        yield put(carrier, "are" if plural else "is")
    elif not plural:
        yield put(carrier, third_person(carrier.text))


def from_participle(head: Token, inside: set[int], *, plural: bool) -> Iterator[Edit]:
    """ "Selling it" was done; "used by him" was used; "of forging it" drops its "of"."""
    auxiliaries = [child for child in head.children if child.dep_ in ("aux", "auxpass")]
    if any(aux.tag_ in FINITE_AUX or aux.tag_ == "TO" for aux in auxiliaries) or head.tag_ not in ("VBG", "VBN"):
        return
    if head.dep_ == "pcomp" and head.head.i in inside:
        yield Edit(head.head.idx, head.head.idx + len(head.head) + 1, "")
    having = next((word for word in (*auxiliaries, head) if word.lower_ == "having"), None)
    if having is not None:
        yield put(having, "had")
    elif head.lower_ == "being":
        yield put(head, "were" if plural else "was")
    elif child_of(head, *SUBJECTS) is None or head.tag_ == "VBG":
        yield before(auxiliaries[0] if auxiliaries else head, "were " if plural else "was ")


def predicate(tokens: Sequence[Token]) -> Iterator[Edit]:
    """ "[Called] the report false", "[described] them as liars": the report is false, they are liars."""
    found = find_predication(tokens)
    if found is None:
        return
    if found.thing.lower_ in NOMINATIVES:
        yield put(found.thing, NOMINATIVES[found.thing.lower_])
    verb = "are" if is_plural(found.thing) else "is"
    if found.link is not None:
        yield put(found.link, verb)
    else:
        yield Edit(found.start, found.start, f"{verb} ")


def tell_of(noun: Token, tokens: Sequence[Token], stance: Stance) -> Iterator[Edit]:
    """ "[Denied] any links with Halden": there were links with Halden; "[urged] an inquiry": there should be one."""
    phrase = [token for token in noun.subtree if not token.is_punct]
    last = max(token.i for token in tokens if not token.is_punct)
    if not (is_act(noun) or stance in WANTED) or phrase[-1].i < last:
        return
    determiner = next((child for child in noun.children if child.dep_ in ("det", "poss")), None)
    if not is_act(noun, bare=True) and (determiner is None or determiner.lower_ not in INDEFINITE):
        return
    if determiner is not None and (determiner.dep_ == "poss" or determiner.lower_ in DEFINITE):
        end = phrase[-1].idx + len(phrase[-1])
        yield Edit(end, end, f" {TAKES_PLACE.get(stance, 'took place')}")
        return
    if determiner is not None and determiner == phrase[0] and determiner.lower_ == "any":
        yield Edit(determiner.idx, determiner.idx + len(determiner) + 1, "")
        phrase = phrase[1:]
    there = THERE_IS.get(stance, ("there was", "there were"))
    named = phrase[0].pos_ == "PROPN" or phrase[0].text[1:2].isupper()
    yield put(phrase[0], f"{there[is_plural(noun)]} {phrase[0].text if named else phrase[0].lower_}")
