from readlist.search.recent import Recent


def test_a_value_is_made_once_while_it_is_kept():
    made = []
    recent = Recent[str](2)

    def get(key):
        return recent.get(key, lambda: made.append(key) or key.upper())

    assert [get(key) for key in "abab"] == ["A", "B", "A", "B"]
    assert made == ["a", "b"]
    get("c")  # a was asked for before b
    assert [get(key) for key in "bca"] == ["B", "C", "A"]
    assert made == ["a", "b", "c", "a"]


def test_what_is_too_much_together_is_forgotten_and_what_is_too_much_alone_is_kept():
    made = []
    recent = Recent[str](10, len)

    def get(text):
        return recent.get(text, lambda: made.append(text) or text)

    for text in ("12345", "1234", "12345678901234", "12345678901234", "1234"):
        get(text)
    assert made == ["12345", "1234", "12345678901234", "1234"]
    recent.clear()
    get("1234")
    assert made[4:] == ["1234"]
