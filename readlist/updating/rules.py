"""The rules of feeds: what happens with papers before they come in."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from readlist.feeds import DROP, KEEP, STAR, TAG, WANT, Rule
from readlist.paper import Paper, Status

if TYPE_CHECKING:
    from readlist.search.query import Query


class Rules:
    """Rules that can be asked; what is wrong with others is in `problems`, a line each.

    A rule that cannot be read does nothing: rather too many papers come in than too few.
    """

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.problems: list[str] = []
        self._rules: list[tuple[Query, tuple[str, ...]]] = []
        for rule in rules:
            if rule.problem:
                self.problems.append(f"{rule.place} is left out: {rule.problem}")
            else:
                self._take(rule)

    def _take(self, rule: Rule) -> None:
        from readlist.search.query import QueryError, parse

        try:
            query = parse(rule.when)
        except QueryError as error:
            self.problems.append(f"{rule.place} is left out: in the query, {error}")
            return
        if query.where is None:
            self.problems.append(f"{rule.place} is left out: it asks for nothing")
        else:
            self._rules.append((query, rule.actions))

    def judge(self, papers: Sequence[Paper], now: str) -> list[Paper]:
        """Return those that may come in now, in order, and as they are to. Each rule sees what
        those before it did.

        Queries mean what is written: nothing is forgiven.
        """
        if not self._rules or not papers:
            return list(papers)
        from readlist.search.evaluate import Searcher

        numbered = {n: p.but(id=n, added=p.added or now) for n, p in enumerate(papers, start=1)}
        searcher = Searcher(numbered.values())
        for query, actions in self._rules:
            found = searcher.find(query, now=datetime.fromisoformat(now))
            matching = {*found.ids, *found.archived}
            for number in sorted(numbered):
                if (DROP in actions) if number in matching else (KEEP in actions):
                    del numbered[number]
                    searcher.remove(number)
                elif number in matching:
                    marked = _marked(numbered[number], actions, now)
                    if marked is not numbered[number]:
                        numbered[number] = marked
                        searcher.update(marked)
        whole = ((papers[number - 1], paper) for number, paper in numbered.items())
        return [paper.but(id=before.id, added=before.added) for before, paper in whole]


def _marked(paper: Paper, actions: Iterable[str], now: str) -> Paper:
    for action in actions:
        if action == STAR:
            paper = paper.but(starred=True)
        elif action == WANT and paper.status is Status.NEW:
            paper = paper.but(status=Status.TO_READ, decided=now)
        elif action.startswith(TAG):
            paper = paper.but(tags=sorted({*paper.tags, action.removeprefix(TAG)}))
    return paper
