"""Text → the language that it is in."""

from __future__ import annotations

FEWEST_LETTERS = 20  # below it a language is a guess


def detect_language(text: str) -> str | None:
    """The ISO 639-1 code of the language that a text is in; None where it is too short to tell."""
    if sum(map(str.isalpha, text)) < FEWEST_LETTERS:
        return None
    import py3langid  # numpy comes with it, which most commands do without

    code, _ = py3langid.classify(text)
    return str(code)
