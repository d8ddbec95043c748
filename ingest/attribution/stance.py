"""Attribution → what the source does with its content: its stance.

It is read off the words. A denial may stand in the cue ("denied that"), in the content ("there is no evidence that")
or in both; negation of the claim itself is polarity. Irony, and a denial spread over several sentences, are not seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from spacy.tokens import Token

from ingest.attribution.certainty import is_conditional
from ingest.attribution.cues import noun_stances, verb_stances, words
from ingest.attribution.frames import Core, has_no, is_negated
from ingest.attribution.negation import is_cue_negated
from ingest.lexicon import read_list
from ingest.model import SUPPORTING, SourceType, Stance
from ingest.syntax.trees import SUBJECTS, child_of, find_head

LEGAL = frozenset({"complaint", "lawsuit", "suit", "filing", "indictment", "petition", "motion", "affidavit"})
NOT = r"(?:not|never|n['’]t|without|yet to|fail\w* to)\b.*\b"
UNANSWERED = re.compile(NOT + r"(?:respon[ds]|repl(?:y|ie)|answer|return|reached|available)|unavailable|unreachable")
NO_COMMENT = re.compile(
    r"(?:declin|refus)\w*\b.*\b(?:comment|discuss|answer|elaborate|say|confirm|respond|provide|identify|speak|interview)"
    rf"|no comment|{NOT}(?:comment|discuss|elaborate)"
)
ANSWERING = frozenset({"respond", "reply", "answer", "return", "reach", "be", "available"})
COMMENTING = frozenset({"decline", "refuse", "have", "comment", "do", "would", "discuss", "elaborate"})
UNDER_NEGATION: dict[Stance, Stance] = {
    "asserts": "declines_to_comment",
    "alleges": "declines_to_comment",
    "confirms": "declines_to_comment",
    "denies": "declines_to_comment",
    "doubts": "asserts",
    "retracts": "asserts",
    "questions": "declines_to_comment",
    "praises": "declines_to_comment",
    "criticises": "declines_to_comment",
}
WHOLE = frozenset({"clause", "quotation", "phrase"})
BELIEF = frozenset(
    {"believe", "think", "accept", "agree", "expect", "see", "find", "buy", "convince", "convinced", "persuade", "sure"}
)
SAID = r"\b(?:sa(?:id|y)|stat|claim|report|wrote|writ)"
DID_NOTHING = re.compile(r"\b(?:did|done|does|do) nothing (?:wrong|illegal|improper|unlawful)\b")


def find_stance(
    source: Sequence[Token], cue: Sequence[Token], content: Sequence[Token], core: Core, source_type: SourceType
) -> Stance:
    """The cue's class, then what negation of the cue and the content's frame make of it."""
    silence = find_silence(cue, content)
    if silence is not None:
        return silence
    stance = (
        stance_of_answer(cue)
        or stance_of_phrase(cue, content)
        or stance_of_topic(cue, content)
        or stance_of_holder(cue)
        or stance_of_cue(cue, content)
    )
    if is_asked(cue):
        return "questions"
    if finds_nothing(cue) and any(token.lemma_ in words("deeds", "withheld") for token in cue):
        return "declines_to_comment"  # "offered no proof that"
    if is_cue_negated(cue):
        stance = turn(stance, cue)
    if stance == "asserts" and demands(core):
        stance = "calls_for"
    if stance in SUPPORTING:
        stance = turn_by_content(stance, cue, content, core)
    filed = source_type == "document" and any(token.lemma_.lower() in LEGAL for token in source)
    if stance == "asserts" and (source_type == "agentless" or filed or is_conditional(cue)):
        return "alleges"
    return stance


def stance_of_answer(cue: Sequence[Token]) -> Stance | None:
    """The stance of a cue that holds an answer: "said no", "said that was true"."""
    head = find_head(cue)
    if head is None or head.lemma_ not in verb_stances():
        return None  # "was wrong to say" is no answer of its own
    told = {t.lower_ for t in cue if t.i > head.i and t.sent.start == head.sent.start}
    if told & words("answers", "no"):
        return "denies"
    return "confirms" if told & words("answers", "yes") else None


def turn(stance: Stance, cue: Sequence[Token]) -> Stance:
    """What a stance is where its cue is negated: "did not say", "is not convinced", "does not doubt"."""
    lemmas = {token.lemma_ for token in cue}
    if lemmas & BELIEF and stance in SUPPORTING:
        return stance if any(is_amazed(token) for token in cue) else "doubts"
    if lemmas & {"respond", "reply"}:
        return "did_not_respond"
    if lemmas & words("negated", "undecided") and stance in SUPPORTING:
        return stance
    if stance == "calls_for":
        return stance if lemmas & words("negated", "raising") else "declines_to_comment"
    return UNDER_NEGATION.get(stance, stance)


def is_asked(cue: Sequence[Token]) -> bool:
    """Whether it is asked if somebody says or thinks so: "Did the minister say that …?"."""
    verb = find_head(cue)
    if verb is None or verb.pos_ not in ("VERB", "AUX") or verb.dep_ not in ("ROOT", "ccomp", "conj"):
        return False
    subject, first = child_of(verb, *SUBJECTS), child_of(verb, "aux")
    inverted = subject is not None and first is not None and first.i < subject.i < verb.i
    return inverted and verb.sent.text.rstrip("\"”’' \n").endswith("?")


def is_amazed(verb: Token) -> bool:
    """ "Could not believe that they had done it": they had."""
    return verb.lemma_ == "believe" and any(
        c.dep_ == "aux" and c.lower_ in ("can", "could", "ca") for c in verb.children
    )


def turn_by_content(stance: Stance, cue: Sequence[Token], content: Sequence[Token], core: Core) -> Stance:
    """What becomes of a supporting stance where the content itself denies, doubts, takes back or does not know."""
    told = " ".join(token.lower_ for token in content)
    if takes_back(told):
        return "retracts"
    if not core.doubted and (core.denied or finds_nothing(cue) or does_nothing(content)):
        return "denies"
    if told.rstrip("”\"’' ").endswith("?"):
        return "questions"
    if core.doubted or any(f" {phrase} " in f" {told} " for phrase in read_list("hedges")["frames"]["doubting"]):
        return "doubts"
    return "questions" if core.left_open else stance


def takes_back(told: str) -> bool:
    """ "I was mistaken when I said that"."""
    mistaken = "|".join(read_list("hedges")["frames"]["mistaken"])
    return re.search(rf"\b(?:i|we) (?:was|were|am|are) (?:{mistaken})\b.*{SAID}", told) is not None


def find_silence(cue: Sequence[Token], content: Sequence[Token]) -> Stance | None:
    """Whether the words only say that nothing was said; their content, "to comment", is no claim."""
    told = " ".join(token.lower_ for token in sorted({*cue, *content[:6]}, key=lambda token: token.i))
    if told.strip("“”\"',. ") == "no comment" or (len(content) <= 5 and "no comment" in told):
        return "declines_to_comment"
    if UNANSWERED.search(told) and any(t.lemma_ in ANSWERING for t in cue):
        return "did_not_respond"
    return "declines_to_comment" if NO_COMMENT.search(told) and any(t.lemma_ in COMMENTING for t in cue) else None


def stance_of_phrase(cue: Sequence[Token], content: Sequence[Token]) -> Stance | None:
    """The stance of a cue of several words: "took back", "paid tribute"."""
    told = " ".join(token.lemma_.lower() for token in (*cue, *content[:2]))
    phrasal: dict[Stance, list[str]] = read_list("cues")["phrasal"]
    return next((stance for stance, phrases in phrasal.items() if any(f" {p} " in f" {told} " for p in phrases)), None)


def stance_of_topic(cue: Sequence[Token], content: Sequence[Token]) -> Stance | None:
    """The stance of what is voiced: "voiced doubts about it", "announced its intention to list"."""
    verb, thing = find_head(cue), find_head(content)
    if verb is None or thing is None or thing.pos_ != "NOUN" or thing.lemma_ not in noun_stances():
        return None
    if any(token.lemma_ in noun_stances() for token in cue):
        return None
    voiced = verb.lemma_ in words("hearsay", "raised") or verb.lemma_ in words("topics", "voiced")
    return noun_stances()[thing.lemma_] if voiced and "clause" not in forms_of(cue, content) else None


def stance_of_holder(cue: Sequence[Token]) -> Stance | None:
    """The stance of the verb that takes a claim back, or denies it: "has taken back his claim that"."""
    noun = find_head(cue)
    if noun is None or noun.pos_ != "NOUN" or noun.dep_ != "dobj" or noun.head in cue:
        return None
    verb = noun.head
    if not any(child.tag_ == "PRP$" for child in noun.children):
        return None  # another's claim, which stays one
    told = " ".join(token.lemma_ for token in (verb, *(c for c in verb.children if c.dep_ in ("prt", "advmod"))))
    phrasal: dict[Stance, list[str]] = read_list("cues")["phrasal"]
    stance = next((stance for stance, phrases in phrasal.items() if told in phrases), None)
    stance = stance or verb_stances().get(verb.lemma_, {}).get("phrase")
    return stance if stance in ("retracts", "denies", "doubts") and not is_negated(verb) else None


def demands(core: Core) -> bool:
    """ "The clubs should be compensated": what ought to be, not what is."""
    auxiliaries = [] if core.head is None else [c.lower_ for c in core.head.children if c.dep_ == "aux"]
    passive = core.head is not None and child_of(core.head, "auxpass") is not None
    must = passive and "must" in auxiliaries and "have" not in auxiliaries  # "must be compensated"
    return must or not {"should", "ought"}.isdisjoint(auxiliaries)


def does_nothing(content: Sequence[Token]) -> bool:
    return DID_NOTHING.search(" ".join(token.lower_ for token in content)) is not None


def stance_of_cue(cue: Sequence[Token], content: Sequence[Token]) -> Stance:
    """The stance of the first telling word, for a content of that form; "asserts" where the lists have none."""
    forms = forms_of(cue, content)
    if asks_whether(cue, content):
        return "questions"
    for word in (token.lemma_.lower() for token in by_weight(cue)):
        stances = verb_stances().get(word, {})
        for form in sorted(forms, key=lambda form: (form in WHOLE, form)):  # a preposition tells more: "called for"
            if form in stances:
                return stances[form]
        if stances:
            return next(iter(stances.values()))
        if word in noun_stances():
            suspects = noun_stances()[word] == "doubts" and "clause" in forms
            return "alleges" if suspects else noun_stances()[word]
    if "infinitive" in forms:
        return "intends"
    return "questions" if content and content[0].lower_ in words("untold", "asking") else "asserts"


def asks_whether(cue: Sequence[Token], content: Sequence[Token]) -> bool:
    """ "Questioned whether it was paid for" asks, where "questioned the figures" doubts."""
    asking = content and content[0].lower_ in words("untold", "asking")
    return bool(asking) and any(token.lemma_ == "question" and token.pos_ == "VERB" for token in cue)


def by_weight(cue: Sequence[Token]) -> list[Token]:
    """The cue's words, the telling one first: "raised suspicions" is suspicions, "has claimed" is claimed."""
    nouns = [token for token in cue if token.pos_ == "NOUN"]
    if any(token.lemma_ in words("hearsay", "raised") for token in cue):
        return nouns
    head = find_head(cue)
    rest = [token for token in cue if token != head and token.pos_ in ("VERB", "NOUN", "AUX", "ADJ")]
    return rest if head is None else [head, *rest]


def forms_of(cue: Sequence[Token], content: Sequence[Token]) -> set[str]:
    """How the content hangs on its cue, in the words of the cues list."""
    head = find_head(content)
    if head is None:
        return {"quotation"}
    before = content[0].nbor(-1) if content[0].i > 0 else content[0]
    forms = {token.lower_ for token in (before, content[0]) if token.pos_ == "ADP"}
    if before.is_quote or content[0].is_quote:
        forms.add("quotation")
    if head.pos_ not in ("VERB", "AUX"):
        return forms | {"phrase"}
    if any(token in content for token in cue):  # "suspicions have been raised about…" is cue and content at once
        return forms | {"phrase"}
    if child_of(head, *SUBJECTS) is None:
        if any(child.dep_ == "aux" and child.lower_ == "to" for child in head.children):
            governor = find_head(cue)
            urged = governor is not None and child_of(governor, "dobj") is not None
            return forms | {"object_infinitive" if urged else "infinitive"}
        if head.tag_ == "VBG":
            return forms | {"gerund"}
    return forms | {"clause"}


def finds_nothing(cue: Iterable[Token]) -> bool:
    """ "Has found no evidence that": what the evidence would show is spoken against."""
    return any(token.lemma_ in words("evidence", "nouns") and has_no(token) for token in cue)
