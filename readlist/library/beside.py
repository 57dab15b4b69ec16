"""Where the other files of a library lie: beside it, each called after it.

`journal` is what was changed since the snapshot, `lock` what writers wait for, `offsets`, `words`
what can be made anew; `backups` is a folder; `notices`, `feeds`, `digests`, `asked`, `offered` and
`note-7` are what is remembered besides papers. Those set aside have a time in their name.
"""

from pathlib import Path


def beside(library: Path, kind: str) -> Path:
    """Return the path of one of them; of a library that is named by a link, beside the file."""
    whole = library.resolve()
    return whole.with_name(f"{whole.name}.{kind}")
