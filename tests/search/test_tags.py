import pytest

from readlist.search.tags import ranked

TAGS = ["llm", "rl", "rl/offline", "rl/reward", "robots", "vision", "world-models"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", TAGS),
        ("rl", ["rl", "rl/offline", "rl/reward", "world-models"]),
        ("r", ["rl", "rl/offline", "rl/reward", "robots", "world-models"]),
        ("rew", ["rl/reward"]),
        ("ro", ["robots", "rl/offline"]),
        ("r/of", ["rl/offline"]),
        ("wm", ["world-models"]),
        ("visoin", ["vision"]),
        ("zz", []),
    ],
)
def test_what_is_typed_finds_tags_the_likeliest_first(typed, found):
    assert ranked(typed, TAGS) == found
