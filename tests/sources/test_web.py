"""What becomes of answers, and of what is none: against a real server on this machine."""

import gzip
import os
import subprocess
import sys
import threading
import time
from email.utils import formatdate
from pathlib import Path

import pytest

from readlist import __version__
from readlist.progress import CancelledError, Progress
from readlist.services import Source, SourceSettings
from readlist.sources import connecting
from readlist.sources.problems import MissingError, OfflineError, SourceError
from readlist.sources.web import Web
from tests.sources.conftest import settings_for
from tests.sources.server import Play, Server

JSON = "application/json"


def test_an_answer(server: Server, web: Web):
    server.on("/a", b'{"x": 1}', type=JSON)
    found = web.get(server.url("/a?q=%C3%A4 ö"), service="arxiv")
    assert (found.body, found.type, found.is_cached) == (b'{"x": 1}', JSON, False)
    asked = server.requests[0]
    assert asked.query == {"q": ["ä ö"]}
    assert asked.headers["user-agent"] == f"readlist/{__version__} (mailto:me@example.org)"
    assert asked.headers["host"] == f"127.0.0.1:{server.port}"


def test_packed_answers_and_those_in_chunks(server: Server, web: Web):
    body = b"words " * 40_000
    server.on("/packed", body, packed=True)
    server.on("/chunks", body, chunks=True)
    server.on("/twice", gzip.compress(body) * 2 + b"\0" * 5, headers={"Content-Encoding": "gzip"})
    assert web.get(server.url("/packed")).body == body
    assert web.get(server.url("/chunks")).body == body
    assert web.get(server.url("/twice")).body == body * 2


def test_what_is_too_large_is_refused_while_it_is_read(server: Server, web: Web):
    server.on("/large", b"x" * 3_000_000)
    server.on("/bomb", b"\0" * 60_000_000, packed=True)
    server.on("/bombs", gzip.compress(b"\0" * 9_000_000) * 9, headers={"Content-Encoding": "gzip"})
    for path, service in (("/large", "acl"), ("/bomb", "acl"), ("/bombs", "openreview")):
        with pytest.raises(SourceError, match=r"answered with more than 1 MB$"):
            web.get(server.url(path), service=service, limit=1_000_000)


def test_packing_that_is_none(server: Server, web: Web):
    server.on("/other", b"x", headers={"Content-Encoding": "br"})
    server.on("/broken", b"no gzip", headers={"Content-Encoding": "gzip"})
    with pytest.raises(SourceError, match="a packing that nobody asked for: br"):
        web.get(server.url("/other"), service="arxiv")
    with pytest.raises(SourceError, match="arXiv sent what cannot be unpacked"):
        web.get(server.url("/broken"), service="arxiv")


def test_what_was_answered_is_kept_and_asked_for_only_if_it_changed(server: Server, web: Web):
    server.on("/a", b"one", headers={"ETag": '"1"', "Last-Modified": "yesterday"})
    server.on("/a", status=304)
    url = server.url("/a")
    assert web.get(url, max_age=60).body == b"one"
    again = web.get(url, max_age=60)
    assert (again.body, again.is_cached, len(server.requests)) == (b"one", True, 1)
    third = web.get(url)
    assert (third.body, third.is_cached, len(server.requests)) == (b"one", True, 2)
    asked = server.requests[1].headers
    assert (asked["if-none-match"], asked["if-modified-since"]) == ('"1"', "yesterday")
    web.forget(url)
    server.forget("/a")
    server.on("/a", b"two")
    assert web.get(url, max_age=60).body == b"two"


def test_a_damaged_cache_is_as_none(server: Server, web: Web, tmp_path: Path):
    server.on("/a", b"whole")
    web.get(server.url("/a"))
    (kept,) = (tmp_path / "cache" / "answers").iterdir()
    for content in (b"", b"{}", b"\xff", kept.read_bytes()[:-2], b"[1]\n"):
        kept.write_bytes(content)
        assert web.get(server.url("/a"), max_age=60).body == b"whole"


def test_without_a_folder_for_it_nothing_is_kept(server: Server, settings: SourceSettings):
    server.on("/a", b"x")
    with Web(settings, folder=Path(os.devnull) / "no") as web:
        assert web.get(server.url("/a"), max_age=60).body == b"x"
        assert web.get(server.url("/a"), max_age=60).body == b"x"


def test_a_busy_service_is_asked_again_when_it_says(server: Server, web: Web):
    server.on("/a", status=429, headers={"Retry-After": "1"})
    server.on("/a", status=503, headers={"Retry-After": formatdate(time.time() + 1, usegmt=True)})
    server.on("/a", b"now")
    assert web.get(server.url("/a"), service="arxiv").body == b"now"
    first, second = server.gaps()
    assert first >= 1.0 and second >= 0.0


def test_one_that_wants_more_patience_than_there_is(server: Server, web: Web, seconds):
    server.on("/a", status=429, headers={"Retry-After": "600"})
    begun = seconds()
    with pytest.raises(SourceError, match=r"^arXiv asks to wait until \d\d:\d\d \(HTTP 429\)$"):
        web.get(server.url("/a"), service="arxiv")
    refused = pytest.raises(SourceError, match=r"^arXiv asks to wait until \d\d:\d\d$")
    with Web(web.settings, folder=web._folder) as other, refused:  # also for the next program
        other.get(server.url("/b"), service="arxiv")
    assert len(server.requests) == 1 and seconds() - begun < 8


@pytest.mark.parametrize("how", [{"status": 503}, {"drop": True}, {"body": b"xxxx", "cut": 2}])
def test_what_went_wrong_once_is_tried_again(server: Server, web: Web, how: dict[str, object]):
    server.on("/a", **how)
    server.on("/a", b"fine")
    assert web.get(server.url("/a")).body == b"fine"
    assert len(server.requests) == 2


@pytest.mark.parametrize(
    ("how", "message"),
    [
        ({"status": 503}, "arXiv is out of order (HTTP 503); try again later"),
        ({"status": 429}, "arXiv is asked too often (HTTP 429); try again later"),
        ({"drop": True}, "arXiv broke the connection off; try again later"),
        ({"body": b"x" * 99, "cut": 9}, "arXiv broke the connection off; try again later"),
        ({"body": b"x" * 9999, "packed": True, "cut": 30}, "arXiv broke the connection off"),
    ],
)
def test_three_times_and_then_it_is_told(server: Server, web: Web, how, message: str):
    server.on("/a", **how)
    with pytest.raises(SourceError) as caught:
        web.get(server.url("/a"), service="arxiv")
    assert str(caught.value).startswith(message)
    gaps = server.gaps()
    assert len(gaps) == 2 and gaps[1] > gaps[0] * 1.3  # the waits grow


def test_what_is_no_trouble_is_not_tried_again(server: Server, web: Web):
    server.on("/forbidden", status=403)
    with pytest.raises(MissingError, match="arXiv has no such thing"):
        web.get(server.url("/none"), service="arxiv")
    with pytest.raises(SourceError, match=r"arXiv refuses \(HTTP 403\)"):
        web.get(server.url("/forbidden"), service="arxiv")
    assert len(server.requests) == 2


def test_a_page_where_data_are_wanted_is_none_and_is_not_kept(server: Server, web: Web):
    page = b"\n<!DOCTYPE html><title>Log in to this hotel's network</title>"
    server.on("/a", page, type="application/json")
    for accept in ("application/json", "application/atom+xml"):
        with pytest.raises(SourceError, match="answered with a web page, not with data"):
            web.get(server.url("/a"), accept=accept, max_age=60)
    assert web.get(server.url("/a"), accept="text/html").body == page
    assert len(server.requests) == 3


def test_a_server_that_never_answers_is_left(server: Server, tmp_path: Path, seconds):
    server.on("/a", delay=30)
    with Web(settings_for(server.base, patience=4), folder=tmp_path) as web:
        begun = seconds()
        for _ in range(5):
            with pytest.raises(SourceError, match="arXiv did not answer in time; try again later"):
                web.get(server.url("/a"), service="arxiv")
        with pytest.raises(SourceError):
            web.get(server.url("/a"), service="crossref")
        with pytest.raises(SourceError, match="OpenAlex was not asked: nothing else has answered"):
            web.get(server.url("/a"), service="openalex")
        assert seconds() - begun < 6


def test_several_that_never_answer_do_not_stop_one_that_does(server: Server, tmp_path: Path):
    server.on("/dead*", delay=30)
    server.on("/alive*", b"x")
    with Web(settings_for(server.base, patience=2), folder=tmp_path) as web:
        problems: list[SourceError] = []

        def ask(service: str) -> None:
            try:
                web.get(server.url(f"/dead/{service}"), service=service)
            except SourceError as error:
                problems.append(error)

        names = ("crossref", "openalex", "acl", "doi", "openreview")
        threads = [threading.Thread(target=ask, args=(name,)) for name in names]
        for thread in threads:
            thread.start()
        for number in range(8):
            assert web.get(server.url(f"/alive/{number}"), service="arxiv").body == b"x"
            time.sleep(0.2)
        for thread in threads:
            thread.join()
        assert len(problems) == 5
        assert web.get(server.url("/alive"), service="arxiv").body == b"x"


def test_one_that_drips_is_left_too(server: Server, tmp_path: Path, seconds):
    server.on("/a", b"x" * 1000, drip=0.05)
    with Web(settings_for(server.base, patience=1), folder=tmp_path) as web:
        begun = seconds()
        with pytest.raises(SourceError, match="did not answer in time"):
            web.get(server.url("/a"), service="arxiv")
        assert seconds() - begun < 8


def test_a_slow_one_is_waited_for(server: Server, web: Web):
    server.on("/a", b"at last", delay=0.8)
    assert web.get(server.url("/a")).body == b"at last"


def test_offline_is_told_at_once(tmp_path: Path, seconds):
    with Web(SourceSettings(), folder=tmp_path) as web:
        begun = seconds()
        for _ in range(3):
            with pytest.raises(OfflineError, match=r"arXiv cannot be reached: .*refused|not found"):
                web.get("https://export.arxiv.org/api/query", service="arxiv")
        assert seconds() - begun < 12


def test_a_name_that_nobody_knows(tmp_path: Path, monkeypatch):
    monkeypatch.setenv("NO_PROXY", "*")
    monkeypatch.setenv("no_proxy", "*")
    with Web(SourceSettings(), folder=tmp_path) as web, pytest.raises(OfflineError) as caught:
        web.get("https://feeds.example.org/new", accept="application/rss+xml")
    message = "feeds.example.org cannot be reached: feeds.example.org is not found; are you online?"
    assert str(caught.value) == message


def test_names_that_are_looked_up_forever(tmp_path: Path, monkeypatch, seconds):
    monkeypatch.setenv("NO_PROXY", "*")
    monkeypatch.setenv("no_proxy", "*")
    over = threading.Event()
    monkeypatch.setattr(connecting.socket, "getaddrinfo", lambda *_, **__: [][: over.wait(20)])
    with Web(SourceSettings(patience=0.5), folder=tmp_path) as web:
        begun = seconds()
        with pytest.raises(OfflineError, match="does not answer"):
            web.get("https://export.arxiv.org/", service="arxiv")
        assert seconds() - begun < 12
    over.set()


def test_nobody_listens(web: Web):
    with pytest.raises(OfflineError, match="arXiv cannot be reached: connection refused"):
        web.get("http://127.0.0.1:9/", service="arxiv")


# Redirects, and where they may not lead


def test_redirects_are_followed(server: Server, web: Web):
    server.on("/a", status=301, headers={"Location": "/b?x=1"})
    server.on("/b", status=307, headers={"Location": server.url("/c")})
    server.on("/c", b"here")
    found = web.get(server.url("/a"))
    assert (found.body, found.url) == (b"here", server.url("/c"))


def test_circles_are_noticed(server: Server, web: Web):
    server.on("/a", status=302, headers={"Location": "/b"})
    server.on("/b", status=302, headers={"Location": "/a"})
    server.on("/deeper*", answer=lambda r: Play(status=302, headers={"Location": r.path + "r"}))
    with pytest.raises(SourceError, match="arXiv redirects in circles"):
        web.get(server.url("/a"), service="arxiv")
    assert len(server.requests) == 2
    with pytest.raises(SourceError, match="arXiv redirects in circles"):
        web.get(server.url("/deeper"), service="arxiv")
    assert len(server.requests) < 10


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "ftp://x.org/", "javascript:1", "data:,x"]
)
def test_redirects_lead_to_http_alone(server: Server, web: Web, target: str):
    server.on("/a", status=302, headers={"Location": target})
    with pytest.raises(SourceError, match="is no address of http or https"):
        web.get(server.url("/a"))


def test_no_private_address_is_asked(server: Server, tmp_path: Path):
    with Web(SourceSettings(), folder=tmp_path) as web:
        with pytest.raises(SourceError) as caught:
            web.get(server.url("/a"))
        for host in ("localhost", "[::1]", "[::ffff:127.0.0.1]", "0x7f.1", "2130706433"):
            with pytest.raises(SourceError):
                web.get(f"http://{host}:{server.port}/a")
    assert str(caught.value) == (
        "127.0.0.1 is not asked: 127.0.0.1 is a private address "
        "(allow_private = true in [sources.web] allows it)"
    )
    assert not server.requests


def test_a_redirect_to_a_private_address_is_not_followed(server, web, tmp_path, monkeypatch):
    monkeypatch.setattr(connecting, "is_public", lambda address: address == "127.0.0.1")
    server.on("/a", status=302, headers={"Location": f"http://localhost.evil:{server.port}/b"})
    server.on("/b", b"secret")
    looked_up = connecting.socket.getaddrinfo
    monkeypatch.setattr(
        connecting.socket,
        "getaddrinfo",
        lambda host, *args, **more: (
            [(2, 1, 6, "", ("127.0.0.2", server.port))]
            if host == "localhost.evil"
            else looked_up(host, *args, **more)
        ),
    )
    monkeypatch.setenv("NO_PROXY", "*")
    monkeypatch.setenv("no_proxy", "*")
    settings = SourceSettings(sources={"arxiv": Source(server.base, 0.0)})
    refused = pytest.raises(SourceError, match=r"localhost\.evil is at 127\.0\.0\.2, a private")
    with Web(settings, folder=tmp_path) as distrustful, refused:
        distrustful.get(server.url("/a"), service="arxiv")
    assert server.paths() == ["/a"]


def test_a_connection_to_a_private_address_is_not_used_by_others(server: Server, tmp_path: Path):
    server.on("/a", b"mine")
    settings = SourceSettings(sources={"crossref": Source(server.base, 0.0, allow_private=True)})
    with Web(settings, folder=tmp_path) as web:
        assert web.get(server.url("/a"), service="crossref").body == b"mine"
        with pytest.raises(SourceError, match="private address"):
            web.get(server.url("/a"))
    assert len(server.requests) == 1


def test_what_is_told_to_one_server_is_not_told_to_another(server: Server, web: Web):
    with Server() as other:
        server.on("/a", status=302, headers={"Location": other.url("/b")})
        other.on("/b", b"x")
        login = server.base.replace("//", "//me:p%40ss@")
        web.get(f"{login}/a")
        assert server.requests[0].headers["authorization"] == "Basic bWU6cEBzcw=="
        assert "authorization" not in other.requests[0].headers


@pytest.mark.parametrize("url", ["", "ftp://x", "http://", "http://a b/", "x", "http://[1", "/a"])
def test_what_is_no_address(web: Web, url: str):
    with pytest.raises(SourceError, match="is no address of http or https"):
        web.get(url)


def test_a_proxy_is_used_and_private_addresses_are_not_asked_of_it(server, tmp_path, monkeypatch):
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.setenv(name, "")
    for name in ("http_proxy", "HTTP_PROXY"):
        monkeypatch.setenv(name, server.base)
    server.on("http://feeds.example.org/new", b"by proxy")
    with Web(SourceSettings(), folder=tmp_path) as web:
        assert web.get("http://feeds.example.org/new").body == b"by proxy"
        for host in ("127.0.0.1", "10.0.0.1", "localhost", "169.254.169.254"):
            with pytest.raises(SourceError, match="private address"):
                web.get(f"http://{host}/latest/meta-data")
    assert len(server.requests) == 1


# Pace


def test_the_pace_holds_between_threads(server: Server, tmp_path: Path):
    server.on("/*", b"x", delay=0.02)
    with Web(settings_for(server.base, pause=0.15), folder=tmp_path) as web:
        urls = [server.url(f"/{number}") for number in range(5)]
        threads = [
            threading.Thread(target=web.get, args=(url,), kwargs={"service": "arxiv"})
            for url in urls
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(server.requests) == 5 and server.most_at_once == 1
    assert min(server.gaps()) >= 0.1  # likewise


_ASKS = """
import sys
from pathlib import Path
from readlist.services import Source, SourceSettings
from readlist.sources.web import Web
base, folder, name = sys.argv[1:]
sources = {"arxiv": Source(base, 0.2, allow_private=True)}
with Web(SourceSettings(sources=sources), folder=Path(folder)) as web:
    for number in range(4):
        web.get(f"{base}/{name}/{number}", service="arxiv")
"""


def test_the_pace_holds_between_programs(server: Server, tmp_path: Path):
    server.on("/*", b"x", delay=0.05)
    command = [sys.executable, "-c", _ASKS, server.base, str(tmp_path)]
    programs = [subprocess.Popen([*command, name]) for name in ("one", "two", "three")]
    assert [program.wait(60) for program in programs] == [0, 0, 0]
    assert len(server.requests) == 12 and server.most_at_once == 1
    assert min(server.gaps()) >= 0.15  # the clock of a busy machine looks late at times


def test_services_are_asked_beside_each_other(server: Server, tmp_path: Path):
    server.on("/*", b"x", delay=0.3)
    with Web(settings_for(server.base, pause=5), folder=tmp_path) as web:
        names = ("arxiv", "crossref", "openalex", "huggingface")
        threads = [
            threading.Thread(target=web.get, args=(server.url("/a"),), kwargs={"service": name})
            for name in names
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert server.most_at_once == 4


def test_work_that_is_given_up_ends_at_once(server: Server, tmp_path: Path, seconds):
    server.on("/a", delay=30)
    progress = Progress()
    with Web(settings_for(server.base, patience=40), progress=progress, folder=tmp_path) as web:
        threading.Timer(0.2, progress.cancel).start()
        begun = seconds()
        with pytest.raises(CancelledError):
            web.get(server.url("/a"))
        assert seconds() - begun < 10


# Downloads


def test_a_download_goes_on_where_it_ended(server: Server, web: Web, tmp_path: Path):
    body = bytes(range(256)) * 40
    server.on("/a.pdf", body, headers={"ETag": '"1"'}, cut=4000)
    server.on(
        "/a.pdf",
        body[4000:],
        status=206,
        headers={"ETag": '"1"', "Content-Range": f"bytes 4000-{len(body) - 1}/{len(body)}"},
    )
    found = web.download(server.url("/a.pdf"), tmp_path / "a.pdf")
    assert (tmp_path / "a.pdf").read_bytes() == body and found.url == server.url("/a.pdf")
    asked = server.requests[1].headers
    assert (asked["range"], asked["if-range"]) == ("bytes=4000-", '"1"')
    assert [path.name for path in tmp_path.glob("a.pdf*")] == ["a.pdf"]


def test_a_download_begins_anew_when_the_file_is_another(server: Server, web: Web, tmp_path: Path):
    server.on("/a.pdf", b"old" * 999, headers={"ETag": '"1"'}, cut=1000)
    server.on("/a.pdf", b"new" * 999, headers={"ETag": '"2"'})
    web.download(server.url("/a.pdf"), tmp_path / "a.pdf")
    assert (tmp_path / "a.pdf").read_bytes() == b"new" * 999


def test_a_download_goes_on_elsewhere_only_if_the_file_is_the_same(server, web, tmp_path: Path):
    with Server() as other:
        server.on("/a.pdf", status=302, headers={"Location": other.url("/a.pdf")})
        other.on("/a.pdf", b"old" * 999, headers={"ETag": '"1"'}, cut=1000)
        other.on("/a.pdf", b"new" * 999, headers={"ETag": '"2"'})
        web.download(server.url("/a.pdf"), tmp_path / "a.pdf")
        asked = other.requests[1].headers
        assert (asked["range"], asked["if-range"]) == ("bytes=1000-", '"1"')


def test_a_download_whose_part_does_not_fit(server: Server, web: Web, tmp_path: Path):
    server.on("/a.pdf", b"x" * 100, headers={"ETag": '"1"'}, cut=50)
    server.on("/a.pdf", b"y" * 10, status=206, headers={"Content-Range": "bytes 90-99/100"})
    server.on("/a.pdf", b"z" * 100)
    web.download(server.url("/a.pdf"), tmp_path / "a.pdf")
    assert (tmp_path / "a.pdf").read_bytes() == b"z" * 100


def test_a_download_of_nothing_more(server: Server, web: Web, tmp_path: Path):
    server.on("/a.pdf", b"x" * 100, headers={"ETag": '"1"'}, cut=50)
    server.on("/a.pdf", status=416)
    server.on("/a.pdf", b"z" * 20)
    web.download(server.url("/a.pdf"), tmp_path / "a.pdf")
    assert (tmp_path / "a.pdf").read_bytes() == b"z" * 20


def test_a_download_that_is_too_large(server: Server, web: Web, tmp_path: Path):
    server.on("/a.pdf", b"x" * 3_000_000)
    server.on("/b.pdf", b"x" * 3_000_000, chunks=True)
    for name in ("a.pdf", "b.pdf"):
        with pytest.raises(SourceError, match="the file has more than 1 MB"):
            web.download(server.url(f"/{name}"), tmp_path / name, limit=1_000_000)
        assert not (tmp_path / name).exists()
