"""One change that is being made: what is written in between, with the lock, as one line of the
journal, or, if it is too much for one, in a new snapshot."""

from collections.abc import Callable

from readlist.library.files import Files


class Writing:
    """A change, as a context; one within another is part of it.

    No generator: with `contextmanager` a durable toggle took two percent longer.
    """

    __slots__ = ("_begin", "_files", "_is_part")

    def __init__(self, files: Files, begin: Callable[[], None]) -> None:
        """`begin` begins a change on the current state; the lock is held then."""
        self._files = files
        self._begin = begin
        self._is_part = False

    def __enter__(self) -> None:
        """Take the lock. Raises `LibraryError`."""
        files = self._files
        files.hold()
        self._is_part = files.documents.pending is not None
        if not self._is_part:
            try:
                self._begin()
            except BaseException:
                files.lock.let_go()
                raise

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Write the change, and wait until it is on the disk; or forget it.

        Raises `LibraryError`, `UncertainError`.
        """
        files = self._files
        try:
            if kind is None and not self._is_part:
                changes = files.documents.end()
                if changes:
                    files.make_ready()
                    if any(layer.is_spooled for layer in changes.values()):
                        files.bring(changes)
                    else:
                        files.append(changes)
        finally:
            if not self._is_part:
                files.documents.abandon()
            files.lock.let_go()
