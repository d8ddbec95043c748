"""What papers rule: "OpenAI's terms of use forbid users from …", "the contract requires that …"."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.attribution.cues import words
from ingest.attribution.page import Finding, Page, spans_of
from ingest.attribution.phrases import children, finding, subject


def paper_rules(page: Page) -> Iterator[Finding]:
    """As in "The firm's terms forbid users from copying it", "The licence requires buyers to name the maker"."""
    for verb in page.verbs:
        noun = subject(verb) if verb.lemma_ in words("papers", "rules") else None
        if noun is None or noun.lemma_ not in words("papers", "ruling") or children(verb, "auxpass"):
            continue
        ruled = [c for c in verb.rights if c.dep_ in {"dobj", "ccomp", "xcomp", "prep", "dative"}]
        if ruled:
            tokens = range(ruled[0].left_edge.i, max(c.right_edge.i for c in ruled) + 1)
            yield finding(page, "paper_rules", verb, noun, tokens, 0.7)


def terms_state(page: Page) -> Iterator[Finding]:
    """As in "Its terms of service state users cannot …", where the parse makes one noun of it all."""
    for token in page.doc[1:-2]:
        if token.lower_ != "state" or token.tag_ != "NN" or token.dep_ != "compound" or page.closed[token.i]:
            continue
        terms = next((t for t in token.head.ancestors if t.lemma_ in words("papers", "ruling")), None)
        if terms is None or terms.sent != token.sent or terms.i > token.i or page.quoted[token.i] >= 0:
            continue
        source = spans_of(page, range(terms.left_edge.i, token.i))
        end = next((i for i in range(token.i + 1, token.sent.end) if page.doc[i].text in {";", "\n"}), token.sent.end)
        content = spans_of(page, range(token.i + 1, end))
        yield Finding("terms_state", token.i, source, spans_of(page, [token.i]), content, 0.7)
