"""The key that archives what has been new for too long, and the line that offers it."""

from collections.abc import Iterable, Sequence
from datetime import date

from textual.content import Content

from readlist import backlog, change
from readlist.backlog import Backlog
from readlist.paper import Paper, Status
from readlist.tui.filling_in import FillingIn

_MANY = 50  # papers that came in at once: an update after a while


class Clearing(FillingIn):
    """Offers, after a holiday, to archive the old ones among the new; a line, never a question that
    waits for its answer."""

    _offer: Content | None = None
    _is_offer_due = True

    async def action_archive_old(self) -> None:
        """Say how many new papers are old; when that is said already, archive them."""
        await self.when_days_are_known(self._archive_old)

    def _archive_old(self) -> None:
        found = self._finding.backlog()
        if not found.old:
            self.say(f"No new paper is older than {backlog.DAYS} days")
        elif self.said is self._offer:
            self.change(_archived, on=found.old, otherwise="Already archived")
        else:
            self._make_offer(found)

    def _make_offer(self, found: Backlog) -> None:
        self.say(str(found), then=f"{self.key('archive_old')} archives those {len(found.old):,}")
        self._offer = self.said

    # Unasked

    def take_in(self, numbers: Iterable[int]) -> None:
        """Let the search know of papers that changed."""
        numbers = list(numbers)
        super().take_in(numbers)
        self._is_offer_due = self._is_offer_due or len(numbers) >= _MANY

    def _watch(self) -> None:
        super()._watch()
        is_free = self.is_current and self.focused is self.papers and not self.said
        if self._is_offer_due and is_free and not (self._finding.progress or self.is_changing):
            self._is_offer_due = False
            if self._may_ask():
                found = self._finding.backlog()
                if found.is_worth_asking:
                    backlog.was_asked(self.library.path, date.today())
                    self._make_offer(found)

    def _may_ask(self) -> bool:
        is_kept = not (self.is_demo or self.library.is_read_only)
        return is_kept and backlog.is_due(self.library.path, date.today())


def _archived(papers: Sequence[Paper], now: str) -> change.Change:
    return change.set_status(papers, Status.ARCHIVED, now)
