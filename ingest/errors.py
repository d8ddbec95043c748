"""What can be wrong with an article or a reading.

IngestError
├── ArticleUnreadable      the file or bytes give no article
│   ├── FormatUnknown      neither text, HTML, PDF nor JSON Lines
│   ├── TextUndecodable    bytes that are no text in any encoding that was tried
│   ├── ArticleEmpty       no words in it
│   └── ArticleTooLarge    more bytes than an article has
├── FetchFailed            an address that does not answer with a page
│   └── FetchRefused       one that is not to be asked: no web page's, or of this machine's network
├── ReadingMalformed       a JSON object that is not a reading or an article
├── LexiconMalformed       a word list that cannot be used
└── ModelMissing           a language model is not installed
    └── WeightsDamaged     a model's files are not those that were pinned
"""

from __future__ import annotations


class IngestError(Exception):
    """Anything that ends the reading of one article; the message says what to do."""


class ArticleUnreadable(IngestError):
    """The file or bytes give no article."""


class FormatUnknown(ArticleUnreadable):
    """Neither text, HTML, PDF nor JSON Lines."""


class TextUndecodable(ArticleUnreadable):
    """The bytes are no text in any encoding that was tried."""


class ArticleEmpty(ArticleUnreadable):
    """There are no words in it."""


class ArticleTooLarge(ArticleUnreadable):
    """It has more bytes than an article has."""


class FetchFailed(IngestError):
    """An address does not answer with a page."""


class FetchRefused(FetchFailed):
    """An address is not to be asked: it is no web page's, or one of this machine's network."""


class ReadingMalformed(IngestError):
    """A JSON object that is neither a reading nor an article."""


class LexiconMalformed(IngestError):
    """A word list of the lexicon cannot be used."""


class ModelMissing(IngestError):
    """A language model is not installed."""


class WeightsDamaged(ModelMissing):
    """A model's files are not those that were pinned."""
