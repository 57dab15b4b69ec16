"""A library that is opened in a thread, while what shows it is imported."""

from contextlib import suppress
from pathlib import Path
from threading import Thread

from readlist.library.backup import Settings
from readlist.library.disk import LibraryError
from readlist.library.library import Library


class Opening:
    """The library of an interface: what its first frame asks for is read by the time it is there.

    Most of that is the system's work, for which Python's imports need not wait: of a million papers
    the side file has 43 MB.
    """

    def __init__(self, path: Path, settings: Settings) -> None:
        """Begin to open the library at `path`; `settings` are those of its backups."""
        self._path = path
        self._settings = settings
        self._found: list[Library] = []
        self._error: BaseException | None = None
        self._thread = Thread(target=self._open, daemon=True)
        self._thread.start()

    def _open(self) -> None:
        try:
            library = Library(self._path, interface=True, settings=self._settings)
            with suppress(LibraryError):  # told to who shows them
                library.overview.order()
            self._found.append(library)
        except BaseException as error:
            self._error = error

    def library(self) -> Library:
        """Return the library, once it is open. Raises `LibraryError` when it cannot be."""
        self._thread.join()
        if self._error is not None:
            raise self._error
        return self._found[0]
