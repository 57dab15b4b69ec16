"""How often what the palette finds was chosen: a small file in the data folder."""

import json
from collections.abc import Iterable
from pathlib import Path

from readlist import config
from readlist.library import disk

_KEPT = 300


def _file() -> Path:
    return config.data_folder() / "palette.json"


def counts() -> dict[str, int]:
    """Return how often each name was chosen, the latest first; {} where nothing can be read."""
    try:
        found = json.loads(_file().read_bytes())
    except (OSError, ValueError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {name: n for name, n in found.items() if isinstance(n, int) and n > 0}


def count(name: str) -> None:
    """Note that a name was chosen. What cannot be written is forgotten: it is only an order."""
    found = counts()
    latest = {name: found.pop(name, 0) + 1} | found
    path = _file()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        disk.write_file(path, json.dumps(dict(_first(latest.items())), indent=0).encode())
    except OSError:
        pass


def _first(items: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    """Return as many as are kept: the latest."""
    return list(items)[:_KEPT]
