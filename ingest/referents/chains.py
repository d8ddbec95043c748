"""Names → chains: the occurrences that name one thing in one article, under its fullest name and one kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from ingest.model import ISSUED, Article, Kind, Span, credited_name, fold
from ingest.referents.kinds import BODIES, FAIR, STRONG, Votes, decide, is_about_ai, is_only_words, weigh
from ingest.referents.known import Entry, signs_in_names, titles
from ingest.referents.names import entry_of
from ingest.referents.offices import given_names
from ingest.referents.page import Name, Page

LEGAL_FORMS = frozenset(
    {"Inc", "Inc.", "Ltd", "Ltd.", "LLC", "LLP", "Corp", "Corp.", "Co.", "plc", "PLC", "GmbH", "AG", "SA", "NV", "SE"}
)


NEAR = 2  # sentences back to where one of two that share a name was named in full


@dataclass(frozen=True, slots=True)
class Ref:
    """One place where a chain is spoken of: tokens `start` to `end`."""

    start: int
    end: int
    span: Span
    method: str
    confidence: float


@dataclass(slots=True, eq=False)
class Chain:
    """One thing in the article, while it is being put together."""

    name: str
    kind: Kind
    names: list[Name]
    entry: Entry | None = None
    sure: float = 0.9  # of the kind
    gender: str = ""
    countries: set[str] = field(default_factory=set)
    aliases: set[str] = field(default_factory=set)
    roles: set[str] = field(default_factory=set)
    role_nouns: set[str] = field(default_factory=set)
    employers: list[Chain] = field(default_factory=list)
    refs: list[Ref] = field(default_factory=list)

    @property
    def words(self) -> list[str]:
        return self.name.split()

    def work_for(self, employer: Chain) -> None:
        if employer is not self and employer not in self.employers:
            self.employers.append(employer)


def find_chains(article: Article, page: Page, names: list[Name]) -> list[Chain]:
    """The chains of an article's names, in the order in which they are first named; its outlets are among them."""
    votes: dict[str, Votes] = {}
    groups: dict[str, list[Name]] = defaultdict(list)
    for name in names:
        groups[name.entry.key if name.entry else fold(name.text)].append(name)
    told = told_kinds(article)
    for key, group in list(groups.items()):
        if is_only_words(page, group, sum(told.get(fold(group[0].text), {}).values())):
            del groups[key]
            continue
        votes[key] = weigh(page, group)
        for kind, weight in told.get(fold(group[0].text), {}).items():
            votes[key][kind] += weight
    about_ai = is_about_ai(page.text) or any(weights["ai_model"] >= FAIR for weights in votes.values())
    chains = {key: make_chain(group, votes[key], about_ai) for key, group in groups.items()}
    merge_names(page, chains, votes)
    found = [chain for chain in chains.values() if chain.names]
    for chain in found:
        settle(chain)
    add_outlets(article, found)
    return sorted(found, key=lambda chain: chain.refs[0].span if chain.refs else Span(len(page.text), len(page.text)))


def told_kinds(article: Article) -> dict[str, dict[Kind, float]]:
    """Folded name → what the article's own data say of its kind: its outlet, credits, issuer, authors."""
    told: dict[str, dict[Kind, float]] = {}
    for outlet in (article.outlet, *article.credits):
        if outlet:
            issued = outlet == article.outlet and article.genre in ISSUED
            told.setdefault(fold(bare(outlet)), {}).update({"company": FAIR} if issued else {"outlet": 2 * STRONG})
    for author in article.authors:
        told.setdefault(fold(author), {})["person"] = 2 * STRONG
    if article.issued_by:
        told.setdefault(fold(bare(article.issued_by)), {})["company"] = FAIR
    return told


def bare(name: str) -> str:
    """Without "The"."""
    return name[4:] if name.startswith("The ") else name


def make_chain(group: list[Name], votes: Votes, about_ai: bool) -> Chain:
    first = group[0]
    kind, sure = decide(votes, len(first.text.split()), about_ai)
    return Chain(first.entry.name if first.entry else first.text, kind, group, first.entry, sure)


def merge_names(page: Page, chains: dict[str, Chain], votes: dict[str, Votes]) -> None:
    """Shorter forms join the chain of the longer: surnames, acronyms, "Halden" for "Halden Robotics"."""
    by_length = sorted(chains, key=lambda key: (-len(chains[key].words), chains[key].names[0].span))
    for key in by_length:
        short = chains[key]
        others = [c for k, c in chains.items() if k != key and c.names]
        if short.names:
            join_person(page, short, others, votes[key]) or join_body(page, short, others, votes[key]) or join_model(
                short, others
            )


def join_person(page: Page, short: Chain, others: list[Chain], votes: Votes) -> bool:
    """A surname, a given name or the same name with another middle; two who share it are kept apart."""
    words = short.words
    if short.entry is not None:
        return False
    if len(words) > 1:
        twins = [c for c in others if is_same_person(words, c)] if short.kind == "person" else []
        return bool(twins) and move(short, twins[0], short.names)
    against = max((weight for kind, weight in votes.items() if kind != "person"), default=0.0)
    known = any(c.kind == "person" and is_introduced(short, c) for c in others)
    if against >= (2 if known else 1) * STRONG and against > votes["person"] and not seen_as_person(short):
        return False
    people = [c for c in others if c.kind == "person" and len(c.words) > 1]
    namesakes = [c for c in people if c.name.endswith(" " + short.name)]
    if not namesakes and short.name in given_names():
        namesakes = [c for c in people if c.words[0] == short.name]
    if not namesakes:
        return False
    firms = [c for c in others if c.kind in BODIES and c.name.startswith(short.name + " ")]
    for name in list(short.names):
        bearer = choose_bearer(page, name, namesakes, firms) if firms else choose_namesake(name, namesakes)
        # One that cannot be told from its namesake stays without a referent.
        short.names.remove(name)
        if bearer is not None:
            bearer.names.append(name)
            bearer.aliases.add(name.text)
    return True


def is_introduced(short: Chain, person: Chain) -> bool:
    """Whether the whole name of one with that surname stands before it."""
    return len(person.words) > 1 and person.words[-1] == short.name and person.names[0].span < short.names[0].span


def seen_as_person(chain: Chain) -> bool:
    """Whether the parse takes most of its occurrences for a person's name."""
    labels = [name.label for name in chain.names if name.label]
    return 2 * labels.count("PERSON") > len(labels)


def choose_bearer(page: Page, name: Name, people: list[Chain], firms: list[Chain]) -> Chain | None:
    """Whether a bare name is a person's or that of the firm which bears it: "Halden" beside Tom Halden, its founder.

    A title makes it the person's; one whom the text has not introduced yet is not meant; of two whom it has, the one
    that was named in full since the other was; where that does not tell, nobody.
    """
    if name.title:
        return choose_namesake(name, people)
    person = choose_namesake(name, people)
    last = {c: full for c in (person, *firms) if c is not None and (full := last_in_full(name, c)) is not None}
    if len(last) < 2:
        return next(iter(last), None)
    nearest = max(last, key=lambda c: last[c])
    near = page.sentence[name.start] - page.sentence[last[nearest]] <= NEAR
    far = all(page.sentence[name.start] - page.sentence[at] > NEAR for c, at in last.items() if c is not nearest)
    return nearest if near and far else None


def last_in_full(name: Name, chain: Chain) -> int | None:
    """The first token of the chain's last full name before this one."""
    return max((n.start for n in chain.names if n.start < name.start and len(n.text.split()) > 1), default=None)


def is_same_person(words: list[str], other: Chain) -> bool:
    theirs = other.words
    if other.kind != "person" or len(theirs) < 2 or (words[0], words[-1]) != (theirs[0], theirs[-1]):
        return False
    return len(theirs) > len(words) or (len(theirs) == len(words) and theirs < words)


def choose_namesake(name: Name, namesakes: list[Chain]) -> Chain | None:
    """Whom of several a bare surname names: by title, else the only one who was introduced before it."""
    if len(namesakes) == 1:
        return namesakes[0]
    gender = titles().get(name.title, "")
    if gender:
        fitting = [c for c in namesakes if gender_of(c) == gender]
        return fitting[0] if len(fitting) == 1 else None
    before = [c for c in namesakes if c.names[0].span < name.span]
    return before[0] if len(before) == 1 else None


def gender_of(chain: Chain) -> str:
    if chain.entry is not None and chain.entry.gender:
        return chain.entry.gender
    told = [g for name in chain.names if (g := titles().get(name.title, ""))]
    return told[0] if told else given_names().get(chain.words[0], "")


def join_body(page: Page, short: Chain, others: list[Chain], votes: Votes) -> bool:
    """ "Halden" to "Halden Robotics", "MSO" to "Model Standards Office", "the Courier" to "Dunsketh Courier"."""
    if short.entry is not None or (short.kind == "person" and votes["person"] >= STRONG):
        return False
    bodies = [c for c in others if c.kind in BODIES and len(c.words) > len(short.words)]
    place_like = votes["place"] >= 1.0
    for body in sorted(bodies, key=lambda c: c.names[0].span):
        beginning = body.name.startswith(short.name + " ") and not place_like
        telling = body.words[len(short.words)] in signs_in_names() if beginning else False
        if telling and (body.kind != "outlet" or short.kind == "outlet"):
            return move(short, body, short.names)
        if is_acronym(short.name, body) or is_last_word(page, short, body):
            return move(short, body, short.names)
    shouted = [c for c in bodies if c.words[0] == short.name and short.name.isupper() and len(short.name) > 1]
    return len(shouted) == 1 and move(short, shouted[0], short.names)


def is_acronym(text: str, body: Chain) -> bool:
    initials = "".join(w[0] for w in body.words if w[0].isupper())
    return 2 <= len(text) <= 7 and text.isupper() and text == initials


def is_last_word(page: Page, short: Chain, body: Chain) -> bool:
    """ "the Ledger", "the Commission": the telling word of a body named before, with an article."""
    name = short.names[0]
    if name.start == 0 or page.words[name.start - 1].lower() != "the" or short.name not in signs_in_names():
        return False
    return short.name in (body.words[-1], body.words[0]) and body.names[0].span < name.span


def join_model(short: Chain, others: list[Chain]) -> bool:
    """ "V3" to "DeepSeek V3"."""
    if short.kind not in ("ai_model", "product") or short.entry is not None:
        return False
    longer = [c for c in others if c.kind in ("ai_model", "product") and c.name.endswith(" " + short.name)]
    return len(longer) == 1 and move(short, longer[0], short.names)


def move(source: Chain, target: Chain, names: Iterable[Name]) -> bool:
    target.names.extend(names)
    source.names = []
    return True


def settle(chain: Chain) -> None:
    """The fullest name without legal form, what else it is called, and where."""
    chain.names.sort(key=lambda name: name.span)
    chain.aliases |= {name.text for name in chain.names}
    if chain.entry is None:
        words = max(chain.aliases, key=lambda text: (len(text.split()), len(text), text)).split()
        while len(words) > 1 and words[-1] in LEGAL_FORMS:
            words.pop()
        chain.name = " ".join(words).rstrip(",") if chain.kind not in ("person",) or len(words) > 1 else words[0]
    if chain.entry is not None and chain.entry.country:
        chain.countries.add(chain.entry.country)
    if chain.kind == "person":
        chain.gender = gender_of(chain)
    full = len(chain.words)
    for name in chain.names:
        known = name.entry is not None or name.kind is not None
        method = "alias" if len(name.text.split()) < full and name.entry is None else name.method
        chain.refs.append(Ref(name.start, name.end, name.span, method, 0.99 if known else round(chain.sure, 2)))


def add_outlets(article: Article, chains: list[Chain]) -> None:
    """The outlet that printed it and those that it credits, each one chain whether or not the text names it."""
    for outlet in filter(None, (article.outlet, *map(credited_name, article.credits))):
        entry = entry_of(outlet)
        known = entry if entry is not None and entry.kind == "outlet" else None
        own = next((chain for chain in chains if is_outlet(chain, outlet, known)), None)
        if own is None:
            issued = outlet == article.outlet and article.genre in ISSUED and known is None
            own = Chain(known.name if known else bare(outlet), "company" if issued else "outlet", [], known)
            chains.append(own)
        own.aliases.add(outlet)


def is_outlet(chain: Chain, outlet: str, known: Entry | None) -> bool:
    if known is not None and chain.entry is not None and chain.entry.key == known.key:
        return True
    return any(fold(bare(alias)) == fold(bare(outlet)) for alias in (chain.name, *chain.aliases))
