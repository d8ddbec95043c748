"""Attribution → who speaks: type of source, speakers and their capacity, affiliations, count, anonymity.

A person whose name is withheld is anonymous whatever the title. Nothing is guessed: where the words name nobody, there
is no speaker. Who an unnamed source may be is never asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Sentence

from ingest.assertion.documents import find_issuers, is_document
from ingest.assertion.quantities import COUNTING
from ingest.lexicon import read_list
from ingest.model import Candidate, Capacity, Hop, Kind, Referent, SourceType, Span, Speaker
from ingest.referents.references import References
from ingest.syntax.trees import child_of, conjuncts_of, find_head, tokens_in

BODIES: frozenset[Kind] = frozenset({"company", "organization", "government", "outlet"})
LONGEST_COUNT = 4  # digits
OFFICERS = frozenset(
    {"director", "executive", "officer", "manager", "head", "chairman", "chairwoman", "counsel", "lawyer"}
)
PLEADING = frozenset({"prosecutor", "lawyer", "attorney"})  # who speak for a side as an office does
NAMING = frozenset({"lexicon", "pattern", "ner", "parse", "seen", "dateline", "alias"})
AGE_TOKENS = 5  # before the last of "the 45-year-old", which the tokenizer cuts at its hyphens
AGED = re.compile(r"\bthe \d{1,3}-year-old$")
SPOKESPEOPLE = frozenset({"spokesman", "spokeswoman", "spokesperson", "spokespeople"})
DESCRIBED: frozenset[Kind] = frozenset({"person", "organization", "company", "government", "document"})
OF = frozenset({"at", "of", "from", "inside", "within", "in", "for", "with"})  # "with knowledge of" is no body
WITHHELD = re.compile(
    r"(?:on |under )?(?:the )?condition (?:of|that)[^.;]{0,40}?(?:anonym\w+|not be (?:named|identified))"
    r"|(?:ask|request|declin|refus|prefer)\w* (?:to be |not to be |to remain |for )?(?:named|identified|anonym\w+)"
    r"|anonymously|(?:who|they|he|she) (?:was|were|is|are) not (?:being )?(?:named|identified)"
    r"|not (?:be|being) (?:named|identified)|not authori[sz]ed to (?:speak|talk|comment|discuss)[^.;,]*",
    re.IGNORECASE,
)
REASON = re.compile(
    r"\b(?:because|citing|for fear of|fearing|as (?:they|he|she) (?:was|were|is|are)|given|due to|in order to|"
    r"to (?:discuss|describe|speak|talk)|since)\b[^.;“”\"]{3,200}"
    r"|not authori[sz]ed to (?:speak|talk|comment|discuss)[^.;,“”\"]{0,100}",
    re.IGNORECASE,
)


REPORTED = re.compile(r",\s+(?:said|says|told|added|adding|according)\b")


@dataclass(frozen=True, slots=True)
class SourceReading:
    source_type: SourceType
    sources: tuple[Speaker, ...] = ()
    affiliations: tuple[str, ...] = ()
    source_count: int | None = None
    anonymity_reason: str | None = None
    candidates: tuple[Candidate, ...] = ()  # who may be meant, where that is open


def read_source(doc: Doc, references: References, spans: Sequence[Span]) -> SourceReading:
    """Who the words of a source stand for; no words, nobody."""
    tokens = tokens_in(doc, spans)
    head = find_head(tokens)
    if head is None:
        return SourceReading("agentless")
    if head.tag_ in ("WP", "WDT") and head.head.dep_ == "relcl":  # "an aide, who said": who it stands for stands before
        head = head.head.head
        return read_one(references, head, [head, *head.children])
    inside = {token.i for token in tokens}
    readings = [read_one(references, token, tokens) for token in conjuncts_of(head) if token.i in inside]
    return join_sources(readings)


def join_sources(readings: Sequence[SourceReading]) -> SourceReading:
    """Several sources of one assertion: named ones decide its type, else the first."""
    lead = next((r for r in readings if r.source_type == "named"), readings[0])
    speakers = {(s.referent, s.capacity): s for r in reversed(readings) for s in reversed(r.sources)}
    affiliations = tuple(sorted({a for r in readings for a in r.affiliations}))
    return replace(lead, sources=tuple(reversed(speakers.values())), affiliations=affiliations)


def read_one(references: References, head: Token, tokens: Sequence[Token]) -> SourceReading:
    """The reading of one noun phrase, by the referents at its head, else by the class of its noun."""
    named = [r for r in references.of(head) if not is_unnamed(r)]
    referents = named or named_in_apposition(references, head, tokens)
    if not referents and head.i in references.described:  # "they" after "three officials": the officials
        noun = head.doc[references.described[head.i]]
        return read_one(references, noun, [noun, *noun.children])
    if not referents:
        return with_candidates(read_noun(references, head), references.open.get(head.i, ()))
    if any(referent.kind == "document" for referent in referents):
        issued_by = issuers(references, head, referents)
        return SourceReading("document", tuple(Speaker(issuer, "document_of", 0.8, "issuer") for issuer in issued_by))
    is_outlet = all(referent.kind == "outlet" for referent in referents)
    speakers = tuple(to_speaker(references, head, r.id, "itself") for r in referents)
    return SourceReading("outlet" if is_outlet else "named", speakers)


def with_candidates(reading: SourceReading, candidates: tuple[Candidate, ...]) -> SourceReading:
    """Who may be meant, where the words show somebody whose name is not withheld."""
    shown = reading.source_type in ("named", "role", "outlet", "document") and not reading.sources
    return replace(reading, candidates=candidates) if shown else reading


def to_speaker(references: References, token: Token, referent: str, capacity: Capacity) -> Speaker:
    """With how surely, and by what, the word means this one; of a name only its bearer's kind may be unsure."""
    mention = next((m for m in references.over.get(token.i, ()) if m.referent == referent), None)
    if mention is None or mention.method in NAMING:
        return Speaker(
            referent, capacity, 0.95, "alias" if mention is not None and mention.method == "alias" else "name"
        )
    return Speaker(referent, capacity, mention.confidence, mention.method)


def is_unnamed(referent: Referent) -> bool:
    """Whether the text only describes it, by a common noun: "a Drayhurst source", "the terms of use"."""
    last = (referent.name.split() or [""])[-1]
    if referent.kind == "government" and referent.name[:1].isupper():
        return False  # "Norwegian central bank"
    return referent.kind in DESCRIBED and not any(letter.isupper() or letter.isdigit() for letter in last)


def named_in_apposition(references: References, head: Token, tokens: Sequence[Token]) -> list[Referent]:
    """ "A spokeswoman, Ana Ruiz": the person's name beside the noun, however the parse joins them."""
    beside = [t for t in tokens if t.i > head.i and t.pos_ == "PROPN" and t.dep_ not in ("poss", "pobj", "compound")]
    found = [r for token in beside for r in references.of(token) if r.kind == "person" and not is_unnamed(r)]
    return found[:1]


def read_noun(references: References, head: Token) -> SourceReading:
    """A common noun or a pronoun that stands for nobody by name."""
    lemma, classes = head.lemma_.lower(), read_list("sources")
    bodies = bodies_of(references, head)
    if head.pos_ == "PROPN" and head.lower_ in classes["titles"]:
        return SourceReading("outlet")  # "the Courier", short for a title that is not given in full
    if head.pos_ == "PROPN" or head.lower_ in ("he", "she", "they", "it") or is_of_an_age(head):
        return SourceReading("named")  # a name that no mention covers, or a pronoun that goes back to nobody known
    if is_document(head):
        issuers = find_issuers(references, head)[:1]
        return SourceReading("document", tuple(Speaker(i, "document_of", 0.9, "possessor") for i in issuers))
    if lemma in classes["outlet"] and lemma not in classes["role"]:
        return SourceReading("outlet")
    if lemma in classes["inquiries"] and (own := [b for b in bodies if references.referents[b].kind == "outlet"]):
        return SourceReading("outlet", (Speaker(own[0], "itself", 0.9, "possessor"),))  # "a Courier investigation"
    is_body = lemma in (*classes["role"], *classes["bodies"]) and lemma not in SPOKESPEOPLE
    if lemma in SPOKESPEOPLE or is_office(head, is_body, bool(bodies)):
        speaks = is_body or lemma in SPOKESPEOPLE or lemma in OFFICERS
        speakers = tuple(Speaker(body, "speaks_for", 0.9, "possessor") for body in bodies[:1])
        return SourceReading("role", speakers if speaks else ())
    is_person = lemma in PLEADING and head.tag_ == "NN"  # "a prosecutor said in court"
    kind: SourceType = "group" if not is_person and (is_body or is_group(head, lemma)) else "anonymous"
    return SourceReading(kind, (), tuple(sorted(bodies)), find_count(head))


def is_of_an_age(head: Token) -> bool:
    """ "The 45-year-old": one person whom the text has named, whoever that is."""
    before = head.doc[max(0, head.i - AGE_TOKENS) : head.i + 1].text.casefold()
    return AGED.search(before) is not None


def is_office(head: Token, is_body: bool, is_of_body: bool) -> bool:
    """An office that answers for its words: "the ministry", "police", "the company's chief executive", "the mayor"."""
    lemma = head.lemma_.lower()
    plural = head.tag_ in ("NNS", "NNPS") and lemma != "police"
    if lemma in PLEADING and plural and find_count(head) is None:
        return lemma == "prosecutor" or any(
            child.lower_ in ("for", "defence", "defense") or child.dep_ == "poss" for child in head.children
        )
    if head.pos_ != "NOUN" or plural:
        return False
    if is_body:
        return not any(child.lower_ in ("a", "an", "another") or child.dep_ == "nummod" for child in head.children)
    if lemma in OFFICERS:
        return is_definite(head) and (is_of_body or any(c.lower_ in ("chief", "managing") for c in head.children))
    return is_definite(head) and lemma not in read_list("sources")["anonymous"]


def is_definite(head: Token) -> bool:
    return any(
        child.lower_ in ("the", "this", "that", "its", "his", "her", "their") or child.dep_ == "poss"
        for child in head.children
    )


def is_group(head: Token, lemma: str) -> bool:
    """People of whom none is said to have spoken to the outlet: "experts", "many people", never "two analysts"."""
    classes = read_list("sources")
    if find_count(head) is not None or head.lower_ == "one":
        return False
    if lemma in ("people", "person"):
        described = ("amod", "acl", "relcl", "prep", "compound")
        told_of = any(c.dep_ in described and c.lower_ not in ("many", "most") for c in head.children)
        return head.lower_ == "people" and not told_of
    plural = head.tag_ in ("NNS", "NNPS") or head.pos_ in ("PRON", "ADJ", "DET")
    return plural and (lemma in classes["group"] or lemma not in classes["anonymous"])


def bodies_of(references: References, head: Token) -> list[str]:
    """Referents that the noun is of: "a Drayhurst source", "the company's spokesman", "engineers at Murrowell"."""
    near = [child for child in head.children if child.dep_ in ("compound", "poss", "nmod", "amod")]
    if not near and head.i > head.sent.start:
        near.append(head.nbor(-1))
    for child in head.children:
        if child.dep_ == "prep" and child.lower_ in OF:
            near.extend(grandchild for grandchild in child.children if grandchild.dep_ == "pobj")
    found = (r for token in near for r in references.of(token) if r.kind in BODIES)
    return list(dict.fromkeys(r.id for r in found))


def issuers(references: References, head: Token, documents: Sequence[Referent]) -> list[str]:
    """Whose document it is: the body named beside it, else the one that the text ties it to, else itself."""
    tied = [i for document in documents for i in document.employers if i in references.referents]
    return find_issuers(references, head)[:1] or tied[:1] or [documents[0].id]


def find_count(head: Token) -> int | None:
    """How many people the words count, as printed: "two people" is 2, "a source" is not counted."""
    number = child_of(head, "nummod")
    if number is None:
        return None
    words = [token.lower_ for token in number.subtree if not token.is_punct]
    if all(word in COUNTING for word in words):
        return int(sum(COUNTING[word] for word in words))  # "twenty", "seven"
    return int(words[-1]) if words[-1].isdecimal() and len(words[-1]) <= LONGEST_COUNT else None


def read_hop(doc: Doc, references: References, span: Span) -> Hop:
    """One station of a relay, by the same rules as a source."""
    reading = read_source(doc, references, [span])
    kind = reading.source_type
    if not reading.sources and kind in ("named", "agentless"):
        kind = "outlet" if kind == "named" else "anonymous"  # what was told to an unknown name was told to the press
    return Hop(span, kind, reading.sources[0].referent if reading.sources else None)


def find_anonymity(doc: Doc, spans: Sequence[Span], source: Sequence[Token]) -> tuple[bool, str | None]:
    """Whether the source's name is said to be withheld, here or in the sentence beside, and the reason as printed."""
    head, here = find_head(source), tokens_in(doc, spans)[0].sent
    classes = read_list("sources")
    if (
        head is None
        or head.lemma_.lower() in {*classes["role"], *classes["document"], *classes["outlet"]} - SPOKESPEOPLE
    ):
        return False, None
    for sentence in (here, *neighbours(doc, here)):
        match = WITHHELD.search(sentence.text)
        if match and (sentence.start == here.start or is_about_same(sentence, head)):
            reason = REASON.search(sentence.text, match.start())
            return True, REPORTED.split(reason.group())[0].strip(" ,") if reason else None
    return False, None


def neighbours(doc: Doc, sentence: Sentence) -> Iterator[Sentence]:
    """The sentences before and after, where they stand in the same paragraph."""
    if sentence.end < len(doc) and "\n" not in sentence[-1].text:
        yield doc[sentence.end].sent
    if sentence.start > 0 and "\n" not in doc[sentence.start - 1].text:
        yield doc[sentence.start - 1].sent


def is_about_same(sentence: Sentence, head: Token) -> bool:
    """Whether the sentence goes on about the source: "The official asked not to be named", "He spoke anonymously"."""
    subjects = [token for token in sentence if token.dep_ in ("nsubj", "nsubjpass")]
    return bool(subjects) and (subjects[0].pos_ == "PRON" or subjects[0].lemma_.lower() == head.lemma_.lower())
