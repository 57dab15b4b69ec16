"""A query in parts that can be taken away one by one."""

from readlist.search.query import parse
from readlist.search.tree import And, Or


def parts(text: str) -> list[str]:
    """Return the parts of a query that a paper must fulfil, each a query, and then its order.

    Joined by spaces they are the query. What is half-typed is none. Raises `QueryError`.
    """
    query = parse(text, typing=True)
    terms = query.where.terms if isinstance(query.where, And) else (query.where,)
    found = [f"({t})" if isinstance(t, And | Or) else str(t) for t in terms if t is not None]
    if len(found) == 1:
        found = [str(terms[0])]
    return [*found, "sort:" + ",".join(map(str, query.sort))] if query.sort else found
