"""Extract: what a format gives of one article. `to_article` joins it with what the text and a person say."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from ingest.errors import ArticleEmpty
from ingest.formats.language import detect_language
from ingest.formats.metadata import Metadata, find_metadata
from ingest.formats.parts import find_parts, find_signs
from ingest.model import Article, Genre, PartSpan, article_id, text_sha256, version_id

LANGUAGE_SAMPLE = 20_000  # characters that tell a language
READ = "en"


@dataclass(frozen=True, slots=True)
class Given:
    """What a person says of the articles: it overrides what the file says."""

    genre: Genre | None = None
    issued_by: str | None = None
    outlet: str | None = None
    title: str | None = None
    published_at: str | None = None
    url: str | None = None
    as_version_of: str | None = None  # an article's id
    confidential: bool = False

    def over(self, stated: Metadata) -> Metadata:
        """What the file states, put right by the person."""
        said = Metadata(
            url=self.url, title=self.title, outlet=self.outlet, published_at=self.published_at,
            genre=self.genre, issued_by=self.issued_by,
        )  # fmt: skip
        return said.over(stated)


NOTHING_GIVEN = Given()


@dataclass(frozen=True, slots=True)
class Extract:
    """The text of one article with what its file states, before anything is looked for in the text."""

    text: str
    extractor: str  # name and version of what made the text
    stated: Metadata = field(default_factory=Metadata)
    original_sha256: str | None = None  # of the bytes that it came in
    pages: tuple[int, ...] = ()
    pages_not_read: tuple[int, ...] = ()
    captions: frozenset[str] = frozenset()  # paragraphs that the format marks as captions
    parts: tuple[PartSpan, ...] | None = None  # None: to be found in the text
    article: str | None = None  # its id, where the file gives one
    confidential: bool = False


def to_article(extract: Extract, given: Given = NOTHING_GIVEN) -> Article:
    """The article that an extract holds. Raises ArticleEmpty where there are no words in it.

    What a person says comes before what the file states, and that before what the text shows.
    """
    text = extract.text
    if not any(map(str.isalnum, text)):
        raise ArticleEmpty("there are no words in it")
    stated = given.over(extract.stated)
    signs = find_signs(text, stated.title, extract.captions)
    known = stated.over(find_metadata(text, signs, stated))
    sha256 = text_sha256(text)
    own_id = article_id(known.url, known.outlet, known.title, known.published_at, text)
    article = given.as_version_of or extract.article or own_id
    language = known.language or detect_language(text[:LANGUAGE_SAMPLE])
    return Article(
        id=article,
        version=version_id(article, sha256),
        url=known.url,
        title=known.title,
        outlet=known.outlet,
        authors=known.authors,
        published_at=known.published_at,
        language=language,
        genre=known.genre or "unknown",
        issued_by=known.issued_by,
        credits=known.credits,
        text=text,
        sha256=sha256,
        original_sha256=extract.original_sha256,
        extractor=extract.extractor,
        pages=extract.pages,
        pages_not_read=extract.pages_not_read,
        parts=find_parts(signs) if extract.parts is None else extract.parts,
        retrieved_at=known.retrieved_at,
        confidential=given.confidential or extract.confidential,
        notice=known.notice,
        not_read=None if language is None or language.split("-")[0].lower() == READ else f"language is {language}",
    )


def correct(article: Article, given: Given) -> Article:
    """An article that was read before, with what a person says of it now; it stays the same article."""
    return replace(
        article,
        genre=given.genre or article.genre,
        issued_by=given.issued_by or article.issued_by,
        outlet=given.outlet or article.outlet,
        title=given.title or article.title,
        published_at=given.published_at or article.published_at,
        url=given.url or article.url,
        confidential=given.confidential or article.confidential,
    )
