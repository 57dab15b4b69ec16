"""Names are told apart and put together."""

import pytest

from readlist.formats.names import FAMILIES, Name, from_commas, parts, told, with_commas

pytestmark = pytest.mark.filterwarnings("error")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Lovelace, Ada", Name("Ada", "Lovelace")),
        ("van Beethoven, Ludwig", Name("Ludwig", "van Beethoven")),
        ("King, Jr., Martin Luther", Name("Martin Luther", "King", "Jr.")),
        ("Smith, John, III", Name("John", "Smith", "III")),
        ("Ada Lovelace", Name("Ada", "Lovelace")),
        ("Ludwig van Beethoven", Name("Ludwig", "van Beethoven")),
        ("Sammy Davis Jr.", Name("Sammy", "Davis", "Jr.")),
        ("Plato", Name("", "Plato")),
        ("Smith,", Name("", "Smith")),
    ],
)
def test_a_name_has_parts(text, name):
    assert from_commas(text) == name


@pytest.mark.parametrize(
    ("name", "whole", "remembered"),
    [
        (Name("Ada", "Lovelace"), "Ada Lovelace", False),
        (Name("Ludwig", "van Beethoven"), "Ludwig van Beethoven", False),
        (Name("Gabriel", "García Márquez"), "Gabriel García Márquez", True),
        (Name("Sofie", "Van Landeghem"), "Sofie Van Landeghem", True),
        (
            Name("", "American Psychological Association"),
            "American Psychological Association",
            True,
        ),
        (Name("Martin Luther", "King", "Jr."), "Martin Luther King Jr.", False),
        (Name("Juan", "García Márquez", "III"), "Juan García Márquez III", True),
    ],
)
def test_a_name_survives_as_one_text(name, whole, remembered):
    authors, families = told([name])
    assert authors == [whole]
    assert bool(families) is remembered
    assert parts(whole, families) == name
    assert from_commas(with_commas(name)) == name or not name.given
    assert FAMILIES == "family_names"
