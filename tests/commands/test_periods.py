"""`readlist list --day`, `--week`, `--month`."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

TODAY = date.today()
YESTERDAY = (TODAY - timedelta(days=1)).isoformat()


def listed(day: str, **fields: Any) -> dict[str, Any]:
    return {
        "sources": [{"name": "huggingface", "at": "2025-08-23T07:00:00Z", "day": day}],
        **fields,
    }


PAPERS = [
    listed("2025-08-22", title="Little Liked", upvotes=2, published="2025-08-20"),
    listed("2025-08-22", title="Much Liked", upvotes=1142, status="read"),
    listed("2025-08-22", title="Not for Me", upvotes=40, status="archived"),
    listed("2025-08-21", title="The Day Before"),
    {"title": "Known to the Month", "published": "2025-08"},
    listed(YESTERDAY, title="Of Yesterday"),
]


@pytest.fixture
def days(readlist, tmp_path: Path):
    file = tmp_path / "papers.json"
    file.write_text(json.dumps({"papers": PAPERS}), "utf-8")
    assert readlist("import", str(file)).code == 0
    return readlist


def test_a_day_is_as_on_its_page(days):
    found = days("list", "--day", "2025-08-22")
    assert found.out.splitlines() == [
        "2 ·   1,142  Much Liked",
        "3 ×      40  Not for Me",
        "1 ●       2  Little Liked  2025",
    ]
    assert found.err == "readlist: Fri 22 Aug 2025 · 3 papers · 1 new · 1 read · 1 archived\n"
    assert found.code == 0


@pytest.mark.parametrize(
    ("options", "ids"),
    [
        (["--day", "yesterday"], [6]),
        (["--day=2025-08-21"], [4]),
        (["--week", "2025-W34"], [2, 3, 1, 4]),
        (["--week", "2025-08-20"], [2, 3, 1, 4]),
        (["--month", "2025-08"], [2, 3, 1, 4, 5]),
        (["--month", "2025-08-20", "--limit", "2"], [2, 3]),
        (["--day", "2025-08-22", "is:new"], [1]),
        (["--day", "2025-08-22", "--sort", "title"], [1, 2, 3]),
    ],
)
def test_what_belongs_to_it(days, options: list[str], ids: list[int]):
    found = days("list", "--json", *options)
    assert [paper["id"] for paper in found.json] == ids
    assert found.err == ""


def test_the_count_is_of_all_that_is_found(days):
    assert "4 papers · 2 new" in days("list", "--week", "2025-W34", "--limit", "1").err


def test_a_day_without_papers(days):
    found = days("list", "--day", "2025-08-24", "--json")
    assert (found.code, found.json) == (1, [])
    assert "no papers of Sun 24 Aug 2025; the last day before" in found.err
    assert "some is 2025-08-22" in found.err
    assert "no papers of Tue 1 Aug 2000\n" in days("list", "--day", "2000-08-01").err
    assert "no paper of Fri 22 Aug 2025 matches is:reading" in (
        days("list", "--day", "2025-08-22", "is:reading").err
    )


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--day", "2025-02-30"], "a day is wanted, as 2026-08-21"),
        (["--day", "20260821"], "a day is wanted"),
        (["--week", "2025-W60"], "a week is wanted, as 2026-W34"),
        (["--week", "2025-W4"], "a week is wanted"),
        (["--month", "2026-13"], "a month is wanted, as 2026-08"),
        (["--day", "today", "--month", "2025-08"], "--day or --month is wanted, not both"),
        (["--day", "today", "--view", "inbox"], "--day or --view is wanted, not both"),
    ],
)
def test_wrong_usage(days, options: list[str], message: str):
    found = days("list", *options)
    assert found.code == 2
    assert message in found.err


def test_explain(days):
    found = days("list", "--week", "2025-W34", "--explain", "liked")
    assert "query: day:2025-W34 is:any liked sort:-upvotes" in found.out
    assert "  day from 2025-08-18 to 2025-08-24" in found.out
    assert "finds 2 papers" in found.out


def test_the_day_of_a_page_is_kept(readlist, tmp_path: Path):
    entry = {"paper": {"id": "2608.19880", "title": "Worlds", "summary": "We do."}}
    page = tmp_path / "page.json"
    page.write_text(json.dumps([entry]), "utf-8")
    readlist("import", str(page))
    assert readlist("list", "--day", "2025-08-22").code == 1
    assert "1 merged" in readlist("import", str(page), "--page-date", "2025-08-22").out
    assert readlist("list", "--day", "2025-08-22").code == 0
    assert "1 unchanged" in readlist("import", str(page), "--page-date", "2025-08-23").out
    entry["paper"] |= {"id": "2608.19881", "submittedOnDailyAt": "2025-08-19T03:00:00.000Z"}
    page.write_text(json.dumps([entry | {"paper": entry["paper"] | {"title": "Other"}}]), "utf-8")
    readlist("import", str(page), "--page-date", "2025-08-22")
    [paper] = readlist("list", "--json", "--day", "2025-08-19").json
    assert paper["title"] == "Other"
    assert paper["sources"][0]["day"] == "2025-08-19"


def test_a_page_without_its_day_is_one_page_and_stays_it(readlist, tmp_path: Path):
    text = "We propose a method that our models learn from a study of bread. " * 6
    titles = [f"On the {name} of Large Models" for name in ("Scaling", "Reasoning", "Memory")]
    days = ("Aug 15, 2024", "Sep 3, 2025", "Oct 1, 2025")
    parts = [f"{t}\n\n{text}\n\n  • 2 authors\n·\n{d}" for t, d in zip(titles, days, strict=True)]
    page = tmp_path / "page.txt"
    page.write_text("Get trending papers in your email inbox!\n\n" + "\n\n".join(parts) + "\n")
    bib = tmp_path / "refs.bib"
    bib.write_text("@article{a, title={On the Memory of Large Models}, year={2026}, journal={J}}")
    today = TODAY.isoformat()
    found = readlist("import", str(page))
    assert found.out == f"{page}: 3 added\n"
    assert "a page without its day: taken as that of " in found.err
    assert readlist("import", "--json", "--dry-run", str(page)).json[0]["page"] == today
    assert "1 merged" in readlist("import", str(bib)).out
    assert len(readlist("list", "--json", "--day", today).json) == 3
    assert "3 merged" in readlist("import", str(page), "--page-date", "2025-10-02").out
    assert len(readlist("list", "--json", "--day", "2025-10-02").json) == 3
    assert readlist("list", "--day", today).code == 1
    assert "3 unchanged" in readlist("import", str(page)).out


def test_in_a_large_library_the_index_that_is_kept_answers(readlist, tmp_path: Path, monkeypatch):
    papers = [listed(f"2025-08-{n % 28 + 1:02}", title=f"Paper {n}") for n in range(2100)]
    file = tmp_path / "papers.json"
    file.write_text(json.dumps({"papers": papers}), "utf-8")
    readlist("import", str(file))
    before = readlist("list", "--day", "2025-08-22")
    assert len(before.out.splitlines()) == 75
    readlist("list", "paper")  # which makes the index
    assert (tmp_path / "library.json.words").exists()
    readlist("mark", "archived", "22")
    monkeypatch.setattr("readlist.library.library.Library.papers", _only_named)
    after = readlist("list", "--day", "2025-08-22")
    assert sorted(after.out.splitlines()[1:]) == sorted(before.out.splitlines()[1:])
    assert after.err.endswith("75 papers · 74 new · 1 archived\n")


def _only_named(library, numbers=None):
    assert numbers is not None, "every paper is read"
    return (library.paper(number) for number in numbers)
