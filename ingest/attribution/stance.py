"""Attribution → what the source does with its content: stance, certainty, polarity, tense.

Each is read off the words. A denial may stand in the cue ("denied that"), in the content ("there is no evidence that")
or in both; negation of the claim itself is polarity. Irony, and a denial spread over several sentences, are not seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from spacy.tokens import Token

from ingest.attribution.cues import noun_stances, verb_stances, words
from ingest.attribution.frames import Core, has_no, is_negated
from ingest.lexicon import read_list
from ingest.model import NO_CLAIM, SUPPORTING, Certainty, Polarity, SourceType, Stance, Tense
from ingest.syntax.trees import SUBJECTS, child_of, find_head

LEGAL = frozenset({"complaint", "lawsuit", "suit", "filing", "indictment", "petition", "motion", "affidavit"})
NOT = r"(?:not|never|n['’]t|without|yet to|fail\w* to)\b.*\b"
UNANSWERED = re.compile(NOT + r"(?:respon[ds]|repl(?:y|ie)|answer|return|reached|available)|unavailable|unreachable")
NO_COMMENT = re.compile(
    r"(?:declin|refus)\w*\b.*\b(?:comment|discuss|answer|elaborate|say|confirm|respond|provide|identify|speak|interview)"
    rf"|no comment|{NOT}(?:comment|discuss|elaborate)"
)
NAMELESS = re.compile(r"\banonymity\b|\bnot (?:to )?be (?:named|identified|quoted)\b|\bnames? (?:to )?be withheld\b")
ANSWERING = frozenset({"respond", "reply", "answer", "return", "reach", "be", "available"})
COMMENTING = frozenset({"decline", "refuse", "have", "comment", "do", "would", "discuss", "elaborate"})
UNDER_NEGATION: dict[Stance, Stance] = {
    "asserts": "declines_to_comment",
    "alleges": "declines_to_comment",
    "confirms": "declines_to_comment",
    "denies": "declines_to_comment",
    "doubts": "asserts",
    "retracts": "asserts",
}
WHOLE = frozenset({"clause", "quotation", "phrase"})
BELIEF = frozenset(
    {"believe", "think", "accept", "agree", "expect", "see", "find", "buy", "convince", "convinced", "persuade", "sure"}
)
DID_NOTHING = re.compile(r"\b(?:did|done|does|do) nothing (?:wrong|illegal|improper|unlawful)\b")


def find_stance(
    source: Sequence[Token], cue: Sequence[Token], content: Sequence[Token], core: Core, source_type: SourceType
) -> Stance:
    """The cue's class, then what negation of the cue and the content's frame make of it."""
    silence = find_silence(cue, content)
    if silence is not None:
        return silence
    stance = stance_of_phrase(cue, content) or stance_of_cue(cue, content)
    if is_cue_negated(cue):
        believes = any(token.lemma_ in BELIEF for token in cue)
        stance = "doubts" if believes else UNDER_NEGATION.get(stance, stance)
    if stance == "asserts" and demands(core):
        stance = "calls_for"
    if (core.denied or finds_nothing(cue) or does_nothing(content)) and stance in ("asserts", "alleges", "confirms"):
        stance = "denies"
    filed = source_type == "document" and any(token.lemma_.lower() in LEGAL for token in source)
    if stance == "asserts" and (source_type == "agentless" or filed or is_conditional(cue)):
        return "alleges"
    return stance


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
    told = " ".join(token.lemma_.lower() for token in (*cue, *content[:1]))
    phrasal: dict[Stance, list[str]] = read_list("cues")["phrasal"]
    return next((stance for stance, phrases in phrasal.items() if any(f" {p} " in f" {told} " for p in phrases)), None)


def demands(core: Core) -> bool:
    """ "The clubs should be compensated": what ought to be, not what is."""
    return core.head is not None and any(
        child.dep_ == "aux" and child.lower_ in ("should", "ought") for child in core.head.children
    )


def does_nothing(content: Sequence[Token]) -> bool:
    return DID_NOTHING.search(" ".join(token.lower_ for token in content)) is not None


def stance_of_cue(cue: Sequence[Token], content: Sequence[Token]) -> Stance:
    """The stance of the first telling word, for a content of that form; "asserts" where the lists have none."""
    forms = forms_of(cue, content)
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


def claims_nothing(source: Sequence[Token], cue: Sequence[Token], content: Sequence[Token]) -> bool:
    """What a tagger takes for an attribution and a reader for none: a deed or an attitude that no list knows, without
    a clause or a quotation ("examined the vote"); an impression ("seemed to agree"); an address ("you know that");
    what is cited ("citing records"); "which" alone.
    """
    if source and all(token.lower_ in words("untold", "own") for token in source):
        return True
    if any(token.lemma_ in words("untold", "impressions") for token in cue):
        return True
    forms = forms_of(cue, content)
    if "clause" not in forms and any(token.lemma_ in words("untold", "citing") for token in cue):
        return True
    if all(token.pos_ in ("PRON", "DET", "PUNCT") for token in content):
        return True
    known = any(token.lemma_.lower() in verb_stances() or token.lemma_.lower() in noun_stances() for token in cue)
    return not known and forms.isdisjoint({"clause", "infinitive", "quotation"})


def asks_for_no_name(cue: Sequence[Token], content: Sequence[Token]) -> bool:
    """ "Agreed to talk only on condition of anonymity", "asked not to be named": why somebody has no name."""
    told = " ".join(token.lower_ for token in (*cue, *content))
    return NAMELESS.search(told) is not None and "clause" not in forms_of(cue, content)


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


def is_cue_negated(cue: Sequence[Token]) -> bool:
    return any(is_negated(token) for token in cue if token.pos_ in ("VERB", "AUX"))


def finds_nothing(cue: Iterable[Token]) -> bool:
    """ "Has found no evidence that": what the evidence would show is spoken against."""
    return any(token.lemma_ in words("evidence", "nouns") and has_no(token) for token in cue)


def is_conditional(cue: Iterable[Token]) -> bool:
    """The hearsay conditional: "would thus have the proof"."""
    return any(token.lower_ == "would" for token in cue)


def find_certainty(stance: Stance, source_type: SourceType, cue: Sequence[Token], core: Core) -> Certainty:
    """How sure the words are; the least sure one decides, and a flat statement or doubt is unstated."""
    if stance in NO_CLAIM:
        return "unstated"
    hedges = read_list("hedges")["certainty"]
    near = [token for word in (core.head, *core.frames) if word is not None for token in (word, *word.children)]
    guesses = is_inferred(core.head) or is_conditional(cue) or is_hearsay(core.head)
    levels: tuple[Certainty, ...] = ("possible", "probable", "certain")
    for level in levels:
        hedge = hedges[level]
        hedged = any(token.lemma_.lower() in hedge["words"] for token in near if token.dep_ not in ("dobj", "pobj"))
        modals = [token for token in near if token.dep_ == "aux" and token.lower_ in hedge["auxiliaries"]]
        modal = modals and source_type != "document"  # "customers may not": what a document rules, not what it guesses
        cued = stance in SUPPORTING and any(token.lemma_.lower() in hedge["cues"] for token in cue)
        if hedged or modal or cued or (level == "probable" and guesses):
            return level
    return "unstated"


def is_inferred(head: Token | None) -> bool:
    """ "Must have cost": an inference, where "must pay" is a duty."""
    auxiliaries = [] if head is None else [child.lower_ for child in head.children if child.dep_ == "aux"]
    return "must" in auxiliaries and "have" in auxiliaries


def is_hearsay(head: Token | None) -> bool:
    """The hearsay conditional of a content, "the site would already have been chosen", under no condition."""
    auxiliaries = [] if head is None else [child.lower_ for child in head.children if child.dep_ in ("aux", "auxpass")]
    if head is None or not {"would", "have"} <= set(auxiliaries):
        return False
    return not any(token.lower_ in ("if", "unless", "had", "without", "but", "otherwise") for token in head.sent)


def find_polarity(cue: Sequence[Token], core: Core) -> Polarity:
    """Whether the claim itself is negated: "cannot copy", "no model copied", "had reached no finding"."""
    head = core.head
    if head is None:
        return "positive"
    arguments = [child for child in head.children if child.dep_ in ("nsubj", "nsubjpass", "dobj", "attr")]
    negations = [
        is_negated(head),
        any(has_no(argument) for argument in arguments),
        head.pos_ == "NOUN" and has_no(head),
    ]
    refused = any(token.lemma_ == "refuse" for token in cue)
    return "negative" if sum([*negations, refused]) % 2 else "positive"


def find_tense(stance: Stance, core: Core) -> Tense:
    """Future for what is still to come as the source speaks: "will cut", "would cut", a plan, a demand."""
    head = core.head
    if stance in ("intends", "calls_for"):
        return "future"
    auxiliaries = [] if head is None else [child.lower_ for child in head.children if child.dep_ == "aux"]
    comes = {"will", "’ll", "'ll", "wo", "shall", "would"} & set(auxiliaries) and "have" not in auxiliaries
    going = head is not None and head.lower_ == "going" and child_of(head, "xcomp") is not None
    return "future" if comes or going else "non_future"
