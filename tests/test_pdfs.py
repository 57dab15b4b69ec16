"""Where PDFs are had, and what they are called."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.config import PdfSettings
from readlist.paper import Paper
from readlist.pdfs import file_name, own_file, page, places, read_settings
from readlist.services import Source, SourceSettings

NAME = PdfSettings().name


def paper(**fields: Any) -> Paper:
    return Paper(**{"id": 7, "title": "A Paper", **fields})


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        (
            {"title": "Deep Nets: A View", "authors": ["Ada B. van Dyke"], "published": "2024-05"},
            "2024 van Dyke - Deep Nets - A View.pdf",
        ),
        ({}, "A Paper.pdf"),
        ({"published": "2024"}, "2024 - A Paper.pdf"),
        ({"title": "../../etc/passwd"}, "etc passwd.pdf"),
        ({"title": 'a/b\\c: d?*<>|"e"'}, "a b c - d e.pdf"),
        ({"title": "..."}, "paper 7.pdf"),
        ({"title": "CON"}, "_CON.pdf"),
        ({"title": "aux.notes"}, "_aux.notes.pdf"),
        ({"title": "Concepts"}, "Concepts.pdf"),
        ({"title": ".hidden. "}, "hidden.pdf"),
        ({"title": "~root"}, "~root.pdf"),
        ({"title": "Learning $\\alpha$-Divergences"}, "Learning α-Divergences.pdf"),
        ({"title": "e\u0301tude"}, "étude.pdf"),
        ({"title": "离线强化学习的研究", "authors": ["王伟"]}, "王伟 - 离线强化学习的研究.pdf"),
        ({"authors": ["Sammy Davis Jr."], "title": "x"}, "Davis - x.pdf"),
    ],
)
def test_names(fields: dict[str, Any], name: str) -> None:
    assert file_name(paper(**fields), NAME) == name


def test_other_templates() -> None:
    many = paper(authors=["Ada Okafor", "Jun Ito", "Mo Li"], published="2024", venue="NeurIPS/W")
    assert file_name(many, "{venue}/{year}/{authors}, {title}") == (
        "NeurIPS W/2024/Okafor et al, A Paper.pdf"
    )
    two = many.but(authors=["Ada Okafor", "Jun Ito"], identifiers={"arxiv": "2401.00001"})
    assert file_name(two, "{authors} {arxiv}.pdf") == "Okafor and Ito 2401.00001.pdf"
    assert file_name(paper(), "{venue}/{title}") == "A Paper.pdf"
    assert file_name(paper(), "{venue}") == "paper 7.pdf"


@given(st.text(), st.text(), st.text(max_size=400))
def test_no_paper_can_lead_out_of_the_folder_or_make_a_name_that_no_system_takes(
    title: str, author: str, venue: str
) -> None:
    known = Paper.read({"title": f"x{title}", "authors": [author], "venue": venue})
    name = file_name(known.but(title=title), "{venue}/{author} - {title}")
    for part in name.split("/"):
        assert part not in ("", ".", "..")
        assert not set(part) & set('<>:"\\|?*\0\n\r')
        assert len(part.encode("utf-8", "surrogatepass")) <= 150
        assert part == part.strip(" .")
    assert name.endswith(".pdf")
    assert len(name.split("/")) <= 2


def test_a_long_title_is_cut_behind_a_word() -> None:
    name = file_name(paper(title="word " * 100), NAME)
    assert name.endswith("word.pdf")
    assert 100 < len(name) <= 144
    assert len(file_name(paper(title="学" * 300), NAME).encode()) <= 145


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({"identifiers": {"arxiv": "2401.00001"}}, [("https://A/pdf/2401.00001", "arxiv")]),
        (
            {"urls": {"pdf": "https://arxiv.org/pdf/2401.00001v2.pdf"}},
            [("https://A/pdf/2401.00001v2", "arxiv")],
        ),
        (
            {"urls": {"pdf": "http://www.arxiv.org/pdf/cs/0101001"}},
            [("https://A/pdf/cs/0101001", "arxiv")],
        ),
        (
            {"urls": {"pdf": "https://x.org/a.pdf"}, "identifiers": {"arxiv": "2401.00001"}},
            [("https://x.org/a.pdf", "web"), ("https://A/pdf/2401.00001", "arxiv")],
        ),
        (
            {"identifiers": {"openreview": "ab1-c"}},
            [("https://api2.openreview.net/pdf?id=ab1-c", "openreview")],
        ),
        (
            {"urls": {"pdf": "https://openreview.net/pdf?id=ab1-c"}},
            [("https://api2.openreview.net/pdf?id=ab1-c", "openreview")],
        ),
        (
            {"urls": {"abstract": "https://aclanthology.org/2023.acl-long.1/"}},
            [("https://aclanthology.org/2023.acl-long.1.pdf", "acl")],
        ),
        (
            {"urls": {"abstract": "https://www.aclweb.org/anthology/P19-1001/"}},
            [("https://aclanthology.org/P19-1001.pdf", "acl")],
        ),
        (
            {"identifiers": {"doi": "10.18653/v1/p19-1001"}},
            [("https://aclanthology.org/P19-1001.pdf", "acl")],
        ),
        ({"urls": {"abstract": "https://x.org"}, "identifiers": {"doi": "10.1/x"}}, []),
    ],
)
def test_where_pdfs_are(fields: dict[str, Any], found: list[tuple[str, str]]) -> None:
    settings = SourceSettings("", 9.0, {"arxiv": Source("https://A", 3.0)})
    assert places(paper(**fields), settings) == found


def test_what_a_browser_is_shown() -> None:
    arxiv = {"arxiv": "2401.00001"}
    assert page(paper(identifiers=arxiv)) == "https://arxiv.org/pdf/2401.00001"
    assert page(paper(identifiers=arxiv, urls={"pdf": "https://x.org/a"})) == "https://x.org/a"
    assert page(paper(identifiers={"doi": "10.18653/v1/2023.acl-long.1"})) == (
        "https://aclanthology.org/2023.acl-long.1.pdf"
    )
    assert page(paper()) == ""


def test_the_file_that_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a.pdf", "b.html", "run.desktop", "sub.pdf"):
        (tmp_path / name).write_bytes(b"x")
    here = str(tmp_path)
    assert own_file(paper(files=[f"{here}/b.html", f"{here}/a.pdf"])) == tmp_path / "a.pdf"
    assert own_file(paper(files=[f"{here}/gone.pdf", f"{here}/b.html"])) == tmp_path / "b.html"
    assert own_file(paper(files=[f"{here}/run.desktop"])) is None
    assert own_file(paper(files=["sub.pdf"]), [tmp_path]) == tmp_path / "sub.pdf"
    assert own_file(paper(files=["x" * 5000 + ".pdf", "\0.pdf", "~nobody/x.pdf"])) is None
    monkeypatch.setenv("HOME", here)
    assert own_file(paper(files=["~/a.pdf"])) == tmp_path / "a.pdf"


def test_settings() -> None:
    assert read_settings({}) == PdfSettings()
    assert read_settings({"folder": "/p", "name": "{id}"}) == PdfSettings(Path("/p"), "{id}")


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"folder": 1}, "pdf.folder: a folder is wanted"),
        ({"name": "paper"}, "pdf.name: a text with fields is wanted"),
        ({"name": "{titel}"}, "nothing is known of {titel}, only {year}"),
        ({"name": "{title.__class__}"}, "nothing is known of"),
        ({"name": "../{title}"}, "a name within the folder is wanted"),
        ({"name": "/tmp/{title}"}, "a name within the folder is wanted"),
    ],
)
def test_settings_that_cannot_be(values: dict[str, Any], reason: str) -> None:
    with pytest.raises(ValueError, match="pdf") as caught:
        read_settings(values)
    assert reason in str(caught.value)
