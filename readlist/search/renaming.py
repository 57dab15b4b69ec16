"""Queries that follow a tag which gets another name."""

from readlist.change import is_in
from readlist.search.query import Query, QueryError, parse
from readlist.search.tree import And, Field, Not, Or, Term


def with_tag_renamed(text: str, old: str, new: str) -> str:
    """Return a query in which the tag `old`, and those nested in it, are called `new`; one that
    does not ask for them, and a text that is none, as it is."""
    try:
        query = parse(text)
    except QueryError:
        return text
    where = query.where and _renamed(query.where, old, new)
    return text if where == query.where else str(Query(where, query.sort))


def _renamed(term: Term, old: str, new: str) -> Term:
    match term:
        case Field("tag", tag) if is_in(tag.lower(), old):
            return Field("tag", new + tag[len(old) :], term.quoted)
        case Not(inner):
            return Not(_renamed(inner, old, new))
        case And(terms):
            return And(tuple(_renamed(inner, old, new) for inner in terms))
        case Or(terms):
            return Or(tuple(_renamed(inner, old, new) for inner in terms))
    return term
