"""The tags that the attribution tagger gives to words: BIOES of three roles, and which may follow which."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

ROLES = ("source", "cue", "content")
TAGS = ("O", *(f"{place}-{role}" for role in ROLES for place in "BIES"))

Scores = npt.NDArray[np.float32]


def role_tags(role: str | None, length: int) -> list[int]:
    """Tags of as many words of one span of this role, S for one word, else B I … E; O where there is no role."""
    if role is None:
        return [0] * length
    if length == 1:
        return [TAGS.index(f"S-{role}")]
    places = ["B", *["I"] * (length - 2), "E"]
    return [TAGS.index(f"{place}-{role}") for place in places]


def allowed_steps() -> list[list[float]]:
    """1 where a tag may follow another, else 0; the last row is the start of a window."""
    table = [[float(may_follow(before, after)) for after in TAGS] for before in TAGS]
    return [*table, [float(after[0] in "OBS") for after in TAGS]]


def allowed_ends() -> list[float]:
    """1 for a tag that may end a window, else 0."""
    return [float(tag[0] in "OES") for tag in TAGS]


def may_follow(before: str, after: str) -> bool:
    """A span that was begun goes on in its role to its end; anything else may begin anew."""
    if before[0] in "BI":
        return after[0] in "IE" and after[1:] == before[1:]
    return after[0] in "OBS"
