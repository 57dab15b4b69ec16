import pytest

from readlist.sources.addresses import is_public, led_to, parse
from readlist.sources.problems import SourceError


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220::1", "64:ff9b::5db8:d822"])
def test_addresses_of_the_open_network(address: str):
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0"),
        *("100.64.0.1", "224.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "240.0.0.1"),
        *("::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:127.0.0.1"),
        *("64:ff9b::7f00:1", "2002:7f00:1::", "::ffff:0:10.0.0.1", "2001:db8::1", "localhost", ""),
    ],
)
def test_addresses_that_are_not(address: str):
    assert not is_public(address)


def test_an_address_taken_apart():
    found = parse("HTTPS://me:pw@EXAMPLE.org:443/ä b?q=1#part")
    assert found.url == "https://example.org/%C3%A4%20b?q=1" and found.login == "Basic bWU6cHc="
    assert parse("http://[::1]:80/").place == "[::1]" and parse("http://x:81").place == "x:81"
    assert parse("http://bücher.example").host == "xn--bcher-kva.example"


def test_where_a_redirect_leads():
    start = parse("https://me:pw@x.org/a/b")
    assert led_to(start, "../c").login == start.login and led_to(start, "../c").target == "/c"
    assert led_to(start, "//y.org/").login == "" and led_to(start, "http://x.org/").login == ""
    with pytest.raises(SourceError, match="is no address of http or https"):
        led_to(start, "file:///etc/passwd")
