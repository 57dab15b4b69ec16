import pytest

from readlist.tui.widgets.note_text import note_content


def styled(note):
    """The parts of a note that have a style, each with it."""
    content = note_content(note)
    return [(content.plain[span.start : span.end], span.style) for span in content.spans]


def links(note):
    """The addresses in a note, by what is shown of each."""
    return {text: style.link for text, style in styled(note) if getattr(style, "link", None)}


def test_each_line_is_shown_without_its_signs():
    note = """# What matters
some *text*, **bold** and `code_here`
- one
  * [ ] two
  + [x] three
1. four
> said
***
```
- as *typed*
```
end"""
    assert note_content(note).plain.split("\n") == [
        "What matters",
        "some text, bold and code_here",
        "• one",
        "  ☐ two",
        "  ☑ three",
        "1. four",
        "│ said",
        "────────",
        "```",
        "- as *typed*",
        "```",
        "end",
    ]


def test_headings_and_emphasis_are_styled():
    assert styled("## All of *it*")[-1] == ("All of it", "bold")
    assert styled("a _b_ **c** *d*") == [("b", "italic"), ("c", "bold"), ("d", "italic")]


@pytest.mark.parametrize(
    "note",
    ["", "snake_case_name", "2 * 3 * 4", "#no-heading", "-1", "[/] [red]x[/red] [b](javascript:1)",
     "a ** b", "`", "[x](http://", "https://", "[a](http://[::1)"],
)  # fmt: skip
def test_what_is_no_markdown_stays_as_it_is(note):
    assert note_content(note).plain == note
    assert not links(note)


def test_links_lead_to_their_addresses():
    note = "[here](https://a.b/c_(d)), https://e.f/g_h_i. <http://j.k>"
    assert note_content(note).plain == "here, https://e.f/g_h_i. <http://j.k>"
    assert links(note) == {
        "here": "https://a.b/c_(d)",
        "https://e.f/g_h_i": "https://e.f/g_h_i",
        "http://j.k": "http://j.k",
    }


async def test_a_note_is_shown_below_the_abstract(readlist):
    from tests.tui.invented import one

    async with readlist([one(note="# Mine\n- [there](https://a.b)\n[red]plain[/red]")]) as ui:
        await ui.shows("─ Note ──", "Mine", "• there", "[red]plain[/red]")
        assert ui.style_of("Mine").bold
        assert ui.style_of("there").link == "https://a.b"
