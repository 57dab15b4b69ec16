"""Keys by which services know the user, printed by the user's commands when they are needed."""

from threading import Lock
from urllib.parse import quote

from readlist.secret_commands import SecretError, printed
from readlist.services import SERVICES, SourceSettings
from readlist.sources.addresses import Address
from readlist.sources.problems import SourceError
from readlist.text import clean_line

_PATIENCE = 10.0  # seconds


class Keys:
    """The keys of one piece of work: each command is run once, before the first request."""

    def __init__(self, settings: SourceSettings) -> None:
        self._settings = settings
        self._known: dict[str, str | SourceError] = {}
        self._lock = Lock()

    def add(self, service: str, address: Address, fields: dict[str, str]) -> Address:
        """Put the key for a service into the fields of a request, or into its address, which is
        returned. Raises `SourceError` when the command has printed none."""
        name = SERVICES[service].key
        command = self._settings.of(service).key_command
        if not (name and command):
            return address
        key = self._of(service, command)
        if name.startswith("?"):
            sign = "&" if "?" in address.target else "?"
            return address._replace(target=f"{address.target}{sign}{name[1:]}={quote(key)}")
        fields[name] = key
        return address

    def _of(self, service: str, command: tuple[str, ...]) -> str:
        with self._lock:
            if service not in self._known:
                self._known[service] = _key(f"sources.{service}.key_command", command)
            found = self._known[service]
        if isinstance(found, SourceError):
            raise found
        return found


def _key(setting: str, command: tuple[str, ...]) -> str | SourceError:
    try:
        key = printed(command, setting, _PATIENCE)
    except SecretError as error:
        return SourceError(str(error))
    if key.isascii() and key.isprintable():
        return key
    return SourceError(f"{setting}: what {clean_line(command[0])} printed is no key")
