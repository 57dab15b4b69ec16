"""The key that fetches what is new: beside the keys, feed by feed."""

from typing import TYPE_CHECKING

from readlist.library.disk import LibraryError
from readlist.progress import Progress
from readlist.tui.exchange import Exchange
from readlist.tui.job import Job

if TYPE_CHECKING:
    from readlist.updating.update import Updated


class Updating(Exchange):
    """What comes in by itself. The library that is shown learns of it as of other programs'."""

    _fetching: "Job[Updated] | None" = None

    def action_update(self) -> None:
        """Fetch what is new from all feeds, in threads."""
        if self.is_demo:
            self.say("In the demo nothing is fetched")
        elif self.library.is_read_only:
            self.say("This library is read-only: nothing can come in", problem=True)
        elif self.is_changing:
            self.say("Papers are being taken in: a moment, please")
        elif self._fetching is not None:
            self.say("The feeds are being fetched already")
        else:
            self.say("")
            self._fetching = Job(self._update, "")
            self.go_on_beside(self._fetching, self._was_updated)

    def _update(self, progress: Progress) -> "Updated":
        """Fetch and take in what is new, in a thread: the first use imports the network."""
        from readlist import config
        from readlist.updating.update import update

        progress.begin("fetching")
        settings = config.load()
        twin = self.library.twin()
        try:
            return update(twin, settings.feeds, settings.rules, settings.sources, progress=progress)
        finally:
            twin.close()

    def _was_updated(self, job: "Job[Updated]") -> None:
        self._fetching = None
        try:
            updated = job.result
            if not self.is_changing:  # else who changes the library catches up when that is done
                self.catch_up()
                self.reload()
        except LibraryError as error:
            self.say(error.short, problem=True)
            return
        except Exception as problem:  # no feeds, settings that cannot be read
            words = str(problem)
            self.say(words[:1].upper() + words[1:], problem=True)
            return
        if updated is None:
            self.say("Given up: nothing was fetched")
            return
        changed = sum(o.has_changed for o in updated.outcomes)
        back = "takes it back" if changed == 1 else "takes it back, feed by feed"
        is_problem = bool(updated.failed or updated.problems)
        self.say(
            updated.summary(),
            then=f"{self.key('undo')} {back}" * bool(changed),
            problem=is_problem,
            kept=True,
        )
