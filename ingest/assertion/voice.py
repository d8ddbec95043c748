"""Doc → the factual claims in the article's own voice: clauses that no source carries and that can be checked.

Figures, events, comparisons and named actors doing things; clause by clause, since half a sentence may be a judgement
and the other half a number. Left out: headings, questions, opinion, definitions, what stands in quotation marks. A
claim spread over two sentences is not seen, nor is irony that no word gives away.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from spacy.tokens import Span as Sentence
from spacy.tokens import Token

from ingest.assertion.relations import relation_names
from ingest.assertion.scene import DATELINE, Scene, indexes
from ingest.assertion.sources import WITHHELD
from ingest.attribution.cues import noun_stances, takes, verb_stances
from ingest.lexicon import read_list
from ingest.model import Quantity
from ingest.referents.references import References
from ingest.syntax.trees import SUBJECTS, child_of, object_of

MARKUP = re.compile(r"[<>{}|]|https?:|www\.")
DATED = re.compile(
    r"\d|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:jan|febr)uary|march|april|may|june|july|august|october"
    r"|(?:sept|nov|dec)ember|weeks?$|months?$|yesterday|today|tonight|ago|last|earlier|recent"
)
SILENT_PARTS = frozenset({"headline", "caption", "furniture"})
BREAKS = frozenset({":", ";", "–", "—", "--"})
STANDING = frozenset({"ccomp", "parataxis", "relcl", "advcl"})
NAMES_HOLD = frozenset({"ADP", "DET", "CCONJ", "PART"})  # lower-case words in a title
FEWEST_WORDS = 4  # of a claim
LONGEST_TAIL = 8  # tokens between a relative clause and the comma that ends it
FEW = 10  # up to here a number in words is often a manner of speaking: "the two models"
LONGEST_SENTENCE = 400  # tokens; a longer one is a table or a list


def find_writers_claims(scene: Scene) -> Iterator[list[Token]]:
    """The tokens of each checkable clause of the article's own voice, in text order."""
    silent = indexes(scene.doc, (part.span for part in scene.article.parts if part.part in SILENT_PARTS))
    furniture = indexes(scene.doc, (part.span for part in scene.article.parts if part.part == "furniture"))
    figures = indexes(scene.doc, (q.span for q in scene.quantities if is_telling(q.quantity)))
    for sentence in scene.doc.sents:
        if len(sentence) > LONGEST_SENTENCE or sentence.root.i in silent or not is_prose(sentence):
            continue
        for head, tokens in find_clauses(sentence):
            own = close_gaps(trim([token for token in tokens if token.i not in furniture]))
            if not is_carried(head, own, scene) and is_checkable(head, own, figures, scene.references):
                yield own


def is_telling(quantity: Quantity) -> bool:
    """Whether an amount makes a claim of its sentence: "the two models" and "thousands" do not."""
    return re.search(r"\d", quantity.words) is not None or (quantity.bound == "exact" and quantity.value > FEW)


def is_prose(sentence: Sentence) -> bool:
    """Whether it is a whole statement: a heading has no full stop, a question asserts nothing."""
    text = sentence.text.rstrip().rstrip("\"”»’')]")
    if not text.endswith((".", "!", "…")) or MARKUP.search(text) or WITHHELD.search(text):
        return False
    return any(token.pos_ in ("VERB", "AUX") for token in sentence)


def find_clauses(sentence: Sentence) -> Iterator[tuple[Token, list[Token]]]:
    """Each clause that can stand alone with its own words, without the clauses inside that can too."""
    heads = {token.i for token in sentence if token.i == sentence.root.i or stands_alone(token)}
    owned: dict[int, list[Token]] = {}
    owner: dict[int, int] = {}
    dateline = DATELINE.match(sentence.text)
    start = sentence.start_char + (dateline.end() if dateline else 0)
    for token in sentence:
        if token.idx < start:
            continue
        owned.setdefault(find_owner(token, heads, owner), []).append(token)
    for i in sorted(heads):
        head = sentence.doc[i]
        if head.pos_ in ("VERB", "AUX") and i in owned:
            yield head, [t for t in frame_off(head, owned[i]) if not t.is_space]


def find_owner(token: Token, heads: set[int], owner: dict[int, int]) -> int:
    """The nearest word above that heads a clause of its own; `owner` remembers what was climbed."""
    path: list[int] = []
    while token.i not in heads and token.i not in owner and token.head.i != token.i:
        path.append(token.i)
        token = token.head
    top = owner.get(token.i, token.i)
    owner.update((i, top) for i in path)
    return top


def stands_alone(token: Token) -> bool:
    """A joined clause with a subject, one set off by a colon, a relative or participial clause after a comma."""
    dep, is_verb = token.dep_, token.pos_ in ("VERB", "AUX")
    if dep == "conj":
        return token.head.pos_ in ("VERB", "AUX") and (not is_verb or child_of(token, *SUBJECTS) is not None)
    if not is_verb or dep not in STANDING:
        return False
    first = token.left_edge.i
    before = token.doc[first - 1].text if first > token.sent.start else ""
    if dep == "relcl":
        return before in {",", "("}
    if dep == "advcl":
        return token.tag_ == "VBG" and before == "," and token.i > token.head.i
    between = token.doc[token.right_edge.i + 1 : token.head.i]  # empty where the clause comes second
    return before in BREAKS or any(mark.text in BREAKS for mark in between)


def frame_off(head: Token, tokens: list[Token]) -> list[Token]:
    """ "We are talking about less than 6 million" says "less than 6 million"; a relative clause runs to its comma."""
    subject = child_of(head, "nsubj")
    if subject is not None and subject.lower_ == "we" and head.lemma_ in ("talk", "speak"):
        topic = object_of(head, "about") or object_of(head, "of")
        return [] if topic is None else list(topic.subtree)
    if head.dep_ == "relcl":
        tail = head.doc[tokens[-1].i + 1 : min(tokens[-1].i + 1 + LONGEST_TAIL, head.sent.end)]
        ending = next((t.i for t in tail if t.text in {",", ";", "."}), None)
        if ending is not None and all(t.pos_ not in ("VERB", "AUX") for t in head.doc[tokens[-1].i + 1 : ending]):
            return [*tokens, *head.doc[tokens[-1].i + 1 : ending]]
    return tokens


def trim(tokens: list[Token]) -> list[Token]:
    """Without a joining word before, a name's gloss behind, and the marks at either end."""
    first, last = 0, len(tokens)
    while first < last and is_lead(tokens, first):
        first += 1
    gloss = next((t for t in tokens[first:] if t.dep_ == "appos" and t.right_edge.i >= tokens[-1].i - 1), None)
    if gloss is not None and gloss.left_edge.i > 0 and gloss.doc[gloss.left_edge.i - 1].text == ",":
        last = next(n for n, t in enumerate(tokens) if t.i >= gloss.left_edge.i - 1)
    while last > first and (
        (tokens[last - 1].is_punct and tokens[last - 1].text not in {")", "]"}) or tokens[last - 1].dep_ == "cc"
    ):
        last -= 1
    return tokens[first:last]


def close_gaps(tokens: list[Token]) -> list[Token]:
    """Without the commas that a clause taken out leaves on either side."""
    edges = {t.i for left, right in pairwise(tokens) if right.i > left.i + 1 for t in (left, right)}
    return [t for t in tokens if not (t.i in edges and t.text in {",", "–", "—", "("})]


def is_lead(tokens: list[Token], at: int) -> bool:
    token = tokens[at]
    followed = at + 1 < len(tokens) and tokens[at + 1].text == ","
    return token.is_punct or token.dep_ == "cc" or (token.dep_ == "advmod" and followed)


def is_carried(head: Token, tokens: Sequence[Token], scene: Scene) -> bool:
    """Whether a source or a quotation answers for the clause."""
    hanging = head.head.i != head.i and is_others(head.head, scene) and head.dep_ != "advcl"
    if quotes(tokens, scene):
        return True
    if head.i in scene.cues or is_others(head, scene) or is_saying(head, scene) or hanging:
        return True
    return 2 * sum(is_others(token, scene) for token in tokens) > len(tokens)


def is_others(token: Token, scene: Scene) -> bool:
    return token.i in scene.contents or token.i in scene.quoted


def is_saying(head: Token, scene: Scene) -> bool:
    """Whether somebody speaks here in a way that no construction knew: what is around it is not the writer's."""
    for verb in (head, head.head):
        if verb.lemma_ in ("say", "tell") and verb.i not in scene.cues and not is_others(verb, scene):
            return True
    spoken = child_of(head, "dobj") if head.lemma_ != "file" else None  # "issued a warning", "faced criticism"
    if spoken is not None and head.dep_ != "advcl" and spoken.lemma_ in noun_stances():
        return True
    if any(child.dep_ == "advcl" and child.tag_ == "VBG" and is_speech(child.lemma_) for child in head.children):
        return True  # "…, tweeting that", "…, criticizing his rivals"
    told = any(child.dep_ == "ccomp" and not stands_alone(child) for child in head.children)
    meant = any(child.dep_ in ("xcomp", "advcl") and takes(child.lemma_, "of") for child in head.children)
    return told or meant or takes(head.lemma_, "clause") or takes(head.lemma_, "quotation")


def is_speech(lemma: str) -> bool:
    stances = verb_stances().get(lemma, {})
    return "clause" in stances or "quotation" in stances or stances.get("phrase") in ("praises", "criticises", "denies")


def quotes(tokens: Sequence[Token], scene: Scene) -> bool:
    """Whether it holds another's words in quotation marks; a title's capitals are nobody's words."""
    return any(t.i in scene.quoted and t.is_alpha and t.is_lower and t.pos_ not in NAMES_HOLD for t in tokens)


def is_checkable(head: Token, tokens: Sequence[Token], figures: frozenset[int], references: References) -> bool:
    """Whether the clause states a figure, an event, a comparison or a deed, and judges nothing."""
    if sum(not token.is_punct for token in tokens) < FEWEST_WORDS or is_judgement(head, tokens):
        return False
    if head.dep_ == "advcl":
        return head.lemma_ in read_list("opinion")["consequences"]
    if child_of(head, *SUBJECTS) is None:  # a piece of a sentence that the parse broke
        return False
    if any(token.i in figures for token in tokens):
        return True
    if head.dep_ == "relcl":
        return False
    if is_past(head) and is_dated(tokens):
        return True
    actors, others = who_is_in(head, tokens, references)
    if not actors:
        return is_done(head)
    return is_relation(head) or is_done(head) or (bool(others - actors) and (is_past(head) or is_comparison(tokens)))


def who_is_in(head: Token, tokens: Sequence[Token], references: References) -> tuple[set[str], set[str]]:
    """Ids of the known people and things in the subject, or in what it is said to be; and in the whole clause."""
    inside = {token.i for token in tokens}
    subject = [token for child in head.children if child.dep_ in SUBJECTS for token in child.subtree]
    identified = [child for child in head.children if child.dep_ == "attr"]
    acting, all_of_it = (
        {r.id for token in some if token.i in inside for r in references.of(token) if r.kind != "place"}
        for some in ((*subject, *identified), tokens)
    )
    return acting, all_of_it


def is_dated(tokens: Sequence[Token]) -> bool:
    """Whether a day, week, month or year is told; "for years" is none."""
    return any(token.ent_type_ == "DATE" and DATED.match(token.lower_) for token in tokens)


def is_judgement(head: Token, tokens: Sequence[Token]) -> bool:
    """Opinion, advice, address to the reader, a condition, or what only may be."""
    lists = read_list("opinion")
    if any(token.pos_ == "PRON" and token.lower_ in lists["personal"] for token in tokens):
        return True
    if any(token.lemma_.lower() in lists["judgement"] or token.lower_ in ("if", "let") for token in tokens):
        return True
    text = " ".join(t.lower_ for t in tokens)
    if any(manner in text for manner in lists["manners"]):
        return True
    felt = head.lemma_ in lists["attitudes"]
    return felt or any(child.dep_ == "aux" and child.lower_ in lists["modals"] for child in head.children)


def is_done(head: Token) -> bool:
    """Something was done to a thing, with a circumstance: "Access was blocked due to suspicions"."""
    subject = child_of(head, "nsubjpass")
    was = any(child.dep_ == "auxpass" and child.lower_ in ("was", "were", "been") for child in head.children)
    placed = any(child.dep_ in ("prep", "agent", "advcl", "npadvmod", "xcomp") for child in head.children)
    return was and placed and subject is not None and subject.pos_ != "PRON"


def is_past(head: Token) -> bool:
    """A finished event: "launched", "has launched"; to be or to have something is none."""
    if head.lemma_ in ("be", "have", "do"):
        return False
    perfect = any(child.dep_ == "aux" and child.lemma_ == "have" for child in head.children)
    return head.tag_ == "VBD" or (head.tag_ == "VBN" and perfect)


def is_comparison(tokens: Sequence[Token]) -> bool:
    return any(token.lemma_.lower() in read_list("opinion")["comparisons"] for token in tokens)


def is_relation(head: Token) -> bool:
    """A named relation ("supplies both companies"), or who somebody was: "The man who left was Tobias Renn"."""
    if head.lemma_ == "be":
        attribute = child_of(head, "attr")
        return head.tag_ == "VBD" and attribute is not None and attribute.pos_ == "PROPN"
    return head.lemma_ in relation_names() and child_of(head, "dobj", "prep", "nsubjpass") is not None
