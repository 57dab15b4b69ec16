"""What services can be asked for: arXiv's categories and queries.

Source: https://info.arxiv.org/help/api/user-manual.html, https://arxiv.org/category_taxonomy.
"""

import re

_ARCHIVES = (
    "astro-ph|cond-mat|cs|econ|eess|gr-qc|hep-ex|hep-lat|hep-ph|hep-th|math|math-ph|nlin|nucl-ex"
    "|nucl-th|physics|q-bio|q-fin|quant-ph|stat"
)
_CATEGORY = re.compile(rf"(?:{_ARCHIVES})(?:\.(?:[A-Za-z][A-Za-z-]+|\*))?")
_FIELD = re.compile(r"\b(?:ti|au|abs|co|jr|cat|rn|id|all):")


def arxiv_query(text: str) -> str:
    """Return what arXiv's API understands: categories, words, or what is a query of it already."""
    if _FIELD.search(text):
        return text
    words = re.split(r"[\s,+]+", text.strip())
    if all(map(is_category, words)):
        return " OR ".join(f"cat:{word}" for word in words)
    return f"all:{text}" if '"' in text else " AND ".join(f"all:{word}" for word in words)


def is_category(text: str) -> bool:
    """Say whether a text is an archive of arXiv, or a category there: `cs.CL`, `math`, `cs.*`."""
    return _CATEGORY.fullmatch(text) is not None


def is_arxiv_query(text: str) -> bool:
    """Say whether a text names fields of arXiv's own query language, as `au:sutton`."""
    return _FIELD.search(text) is not None
