import pytest

from readlist.search.renaming import with_tag_renamed


@pytest.mark.parametrize(
    ("query", "renamed"),
    [
        ("tag:rl", "tag:deep"),
        ("#rl is:unread sort:-upvotes", "tag:deep is:unread sort:-upvotes"),
        ("tag:rl/offline OR (x -tag:RL)", "tag:deep/offline OR x -tag:deep"),
        ("tag:rlhf", "tag:rlhf"),
        ("rl  title:rl", "rl  title:rl"),
        ("(tag:rl", "(tag:rl"),
        ("", ""),
    ],
)
def test_a_query_follows_a_tag_that_is_renamed(query, renamed):
    assert with_tag_renamed(query, "rl", "deep") == renamed
