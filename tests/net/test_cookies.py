from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from minibrowser.limits import MAX_COOKIE_AGE, MAX_COOKIES_PER_DOMAIN, MAX_PARTITION_COOKIE_BYTES
from minibrowser.net.cookies import CookieContext, CookieJar, default_path, parse_cookie_date, path_matches
from minibrowser.net.leg import cookie_context
from minibrowser.net.public_suffix import is_public_suffix, is_same_site, registrable_domain
from minibrowser.net.request import Request
from minibrowser.url import URL

NOW = 1_300_000_000.0  # 13 March 2011: the suite's own time

SHOP = URL("https://www.shop.example/a/b")
CROSS_SITE = CookieContext(same_site=False, top_level_safe=False)
LINK_FROM_ELSEWHERE = CookieContext(same_site=False, top_level_safe=True)


def jar_with(*headers: str, url: URL = SHOP) -> CookieJar:
    jar = CookieJar(is_public_suffix)
    for header in headers:
        jar.store(header, url, NOW)
    return jar


def sent(jar: CookieJar, url: str, now: float = NOW, context: CookieContext | None = None) -> str:
    return jar.header_for(URL(url), now, context)[0]


def test_a_cookie_goes_back_to_its_host_and_path_only() -> None:
    jar = jar_with("a=1", "b=2; Path=/", "c=3; Path=/a/b/c")
    assert sent(jar, "https://www.shop.example/a/x") == "a=1; b=2"
    assert sent(jar, "https://www.shop.example/a/b/c/d") == "c=3; a=1; b=2"
    assert sent(jar, "https://www.shop.example/ab") == "b=2"
    assert sent(jar, "https://shop.example/a/x") == ""


def test_a_domain_cookie_reaches_the_hosts_below() -> None:
    jar = jar_with("a=1; Domain=.Shop.Example; Path=/")
    assert sent(jar, "https://cdn.shop.example/") == "a=1"
    assert sent(jar, "https://shop.example/") == "a=1"
    assert sent(jar, "https://myshop.example/") == ""


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        ("a=1; Domain=other.example", "Domain=other.example does not cover www.shop.example"),
        ("a=1; Domain=example", "Domain=example is a public suffix"),
        ("a=\x01", "a control character"),
        ("=", "neither name nor value"),
        ("a=" + "x" * 5000, "longer than 4096 bytes"),
        ("a=1; SameSite=None", "SameSite=None without Secure"),
        ("__Secure-a=1", "__Secure- without Secure"),
        ("__Host-a=1; Secure", "__Host- needs Secure, Path=/ and no Domain"),
        ("__Host-a=1; Secure; Path=/; Domain=shop.example", "__Host- needs Secure, Path=/ and no Domain"),
        ("=__Host-a=1; Secure; Path=/", "a nameless cookie with a reserved prefix"),
        ("__Http-a=1; Secure", "__Http- and __Host-Http- need Secure and HttpOnly"),
        ("__Host-Http-a=1; Secure; Path=/", "__Http- and __Host-Http- need Secure and HttpOnly"),
        ("__Host-Http-a=1; Secure; HttpOnly", "__Host- needs Secure, Path=/ and no Domain"),
    ],
)
def test_a_rejected_cookie_comes_with_a_reason(header: str, reason: str) -> None:
    jar = CookieJar(is_public_suffix)
    assert jar.store(header, SHOP, NOW) == reason
    assert len(jar) == 0


def test_prefixed_cookies_that_keep_their_promise_are_stored() -> None:
    jar = jar_with("__Host-a=1; Secure; Path=/", "__Secure-b=2; Secure; Domain=shop.example; Path=/")
    assert sent(jar, "https://www.shop.example/") == "__Host-a=1; __Secure-b=2"


def test_secure_cookies_stay_off_plain_http() -> None:
    jar = jar_with("a=1; Secure; Path=/")
    header, held = jar.header_for(URL("http://www.shop.example/"), NOW)
    assert (header, held) == ("", ["cookie a not sent: Secure"])
    plain = URL("http://www.shop.example/")
    assert jar.store("b=1; Secure", plain, NOW) == "Secure from an insecure origin"
    assert jar.store("a=2", plain, NOW) == "a secure cookie of the same name exists"
    assert CookieJar(is_public_suffix).store("a=1; Secure", URL("http://localhost/"), NOW) == ""


def test_a_young_cookie_without_same_site_goes_along_with_a_posted_form() -> None:
    """RFC 6265bis section 5.6.7.2, "Lax-allowing-unsafe": sign-in services come back with a POST."""
    posted = CookieContext(same_site=False, top_level_safe=False, top_level_unsafe=True)
    jar = jar_with("s=1; SameSite=Strict; Path=/", "l=1; SameSite=Lax; Path=/", "d=1; Path=/")
    assert sent(jar, "https://www.shop.example/", NOW + 120, posted) == "d=1"
    assert sent(jar, "https://www.shop.example/", NOW + 121, posted) == ""
    assert jar.store("x=1; SameSite=Strict", SHOP, NOW, posted) == ""


def test_same_site_decides_what_crosses_sites() -> None:
    jar = jar_with("s=1; SameSite=Strict; Path=/", "l=1; SameSite=Lax; Path=/", "d=1; Path=/",
                   "n=1; SameSite=None; Secure; Path=/")  # fmt: skip
    url = URL("https://www.shop.example/")
    assert jar.header_for(url, NOW)[0] == "s=1; l=1; d=1; n=1"
    assert jar.header_for(url, NOW, LINK_FROM_ELSEWHERE) == (
        "l=1; d=1; n=1",
        ["cookie s not sent: SameSite=Strict"],
    )
    header, held = jar.header_for(url, NOW, CROSS_SITE)
    assert header == "n=1"
    assert held[1:] == ["cookie l not sent: SameSite=Lax", "cookie d not sent: SameSite=Lax by default"]
    assert jar.store("x=1; SameSite=Lax", url, NOW, CROSS_SITE) == "SameSite=Lax from a cross-site answer"


def test_cookies_expire_and_live_for_400_days_at_most() -> None:
    jar = jar_with("a=1; Max-Age=10; Path=/", "b=1; Expires=Sun, 13 Mar 2011 07:07:00 GMT; Path=/",
                   "c=1; Max-Age=99999999999; Path=/", "d=1; Path=/")  # fmt: skip
    url = "https://www.shop.example/"
    assert sent(jar, url) == "a=1; b=1; c=1; d=1"
    assert sent(jar, url, NOW + 10) == "b=1; c=1; d=1"
    assert sent(jar, url, NOW + 1000) == "c=1; d=1"
    assert sent(jar, url, NOW + MAX_COOKIE_AGE) == "d=1"
    jar.store("d=; Max-Age=0; Path=/", SHOP, NOW)
    jar.store("c=; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Path=/", SHOP, NOW)
    assert sent(jar, url) == "a=1; b=1"


def test_a_new_value_keeps_the_age_of_the_old() -> None:
    jar = CookieJar(is_public_suffix)
    jar.store("a=1", SHOP, NOW)
    jar.store("b=1", SHOP, NOW + 1)
    jar.store("a=2", SHOP, NOW + 2)
    assert sent(jar, SHOP.href, NOW + 3) == "a=2; b=1"


def test_a_flood_pushes_out_the_least_used() -> None:
    jar = CookieJar(is_public_suffix)
    jar.store("old=1", SHOP, NOW)
    jar.store("safe=1; Secure", SHOP, NOW)
    for index in range(MAX_COOKIES_PER_DOMAIN):
        jar.store(f"c{index}=1", SHOP, NOW + 1 + index)
    assert len(jar) == MAX_COOKIES_PER_DOMAIN
    names = {cookie.name for cookie in jar.cookies()}
    assert "safe" in names
    assert "old" not in names


def test_what_others_embed_pushes_out_nothing_of_a_sites_own() -> None:
    jar = jar_with("own=1; Path=/; Secure")
    embedded = CookieContext(same_site=False, top_level_safe=False, top_level=URL("https://portal.example/"))
    for index in range(MAX_COOKIES_PER_DOMAIN + 5):
        jar.store(f"c{index}=1; Secure; SameSite=None; Partitioned", SHOP, NOW + 1 + index, embedded)
    assert len(jar) == MAX_COOKIES_PER_DOMAIN + 1
    assert sent(jar, "https://www.shop.example/", NOW + 1000) == "own=1"


def test_a_partition_holds_ten_kilobytes_of_a_domain() -> None:
    jar = CookieJar(is_public_suffix)
    for index in range(5):
        header = f"c{index}={'x' * 4000}; Secure; SameSite=None; Partitioned"
        assert jar.store(header, SHOP, NOW + index) == ""
    assert [cookie.name for cookie in jar.cookies()] == ["c3", "c4"]
    assert sum(len(cookie.value) for cookie in jar.cookies()) <= MAX_PARTITION_COOKIE_BYTES


def test_a_site_in_a_frame_of_another_in_its_own_page_has_a_partition_of_its_own() -> None:
    jar = jar_with("p=1; Secure; SameSite=None; Partitioned; Path=/")
    nested = CookieContext(same_site=False, top_level_safe=False, top_level=SHOP)
    assert sent(jar, "https://www.shop.example/", NOW, CookieContext(top_level=SHOP)) == "p=1"
    assert sent(jar, "https://www.shop.example/", NOW, nested) == ""
    link = CookieContext(same_site=False, top_level_safe=True, top_level=SHOP)
    assert sent(jar, "https://www.shop.example/", NOW, link) == "p=1"


ODD = [
    "s=1; SameSite=Strict; Path=/", "n=1; SameSite=None; Secure; Path=/", "d=1; Path=/",
    "__Host-h=1; Secure; Path=/", "dom=1; Domain=shop.example; Path=/", "domp=1; Domain=.shop.example; Path=/a",
    "bad=1; Domain=example", "n2=1; SameSite=None; Path=/", "u=1; SameSite=Weird; Path=/", "__Secure-x=1; Path=/",
    "__Host-y=1; Secure; Path=/; Domain=shop.example", "__Http-z=1; Secure; Path=/",
    "__Http-zz=1; Secure; HttpOnly; Path=/", "noval; Path=/", "=val; Path=/", "empty=; Path=/", 'q="a b"; Path=/',
    "e=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Path=/", "m=1; Max-Age=0; Path=/",
    "m2=1; Max-Age=100; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Path=/", "dup=1; Path=/", "dup=2; Path=/",
    "lp=1; Path=/final", "sp=1; Path=/fin", "ctl=a\x01b; Path=/", "utf=\xc3\xa4; Path=/", "a=b=c; Path=/",
    " sp ace = v a l ; Path=/", "comma=a,b; Path=/", "semi=a;b; Path=/", "PATH=1; pAtH=/; SECURE", "pd=1; Path=final",
    "pe=1; Path=", "dd=1; Domain=; Path=/", "d3=1; Domain=www.shop.example; Path=/",
    "d4=1; Domain=SHOP.example; Path=/", "big2=" + "x" * 4095 + "; Path=/",
]  # fmt: skip


def test_odd_cookies_come_back_as_from_chromium() -> None:
    """What Chromium 156 sent to https://shop.example/final, and to a host below it, after these."""
    jar = jar_with(*ODD, url=URL("https://shop.example/set"))
    assert sent(jar, "https://shop.example/final") == (
        'lp=1; s=1; n=1; d=1; __Host-h=1; dom=1; u=1; __Http-zz=1; val; empty=; q="a b"; m2=1; dup=2; utf=\xc3\xa4;'
        " a=b=c; sp ace=v a l; comma=a,b; semi=a; PATH=1; pd=1; pe=1; dd=1; d4=1"
    )
    assert sent(jar, "https://sub.shop.example/a/10.png") == "domp=1; dom=1; d4=1"


def test_registrable_domains_follow_the_public_suffix_list() -> None:
    assert registrable_domain("a.b.example.co.uk") == "example.co.uk"
    assert registrable_domain("me.github.io") == "me.github.io"
    assert is_public_suffix("co.uk")
    assert is_public_suffix("com")
    assert not is_public_suffix("example.com")


def test_paths() -> None:
    assert [default_path(path) for path in ("/", "/a", "/a/", "/a/b", "")] == ["/", "/", "/a", "/a", "/"]
    assert path_matches("/a/b", "/a")
    assert path_matches("/a/b", "/a/")
    assert not path_matches("/ab", "/a")


@given(st.text(max_size=80))
def test_any_header_is_stored_or_rejected(header: str) -> None:
    jar = CookieJar(lambda domain: "." not in domain)
    reason = jar.store(header, SHOP, NOW)
    assert (len(jar) == 0) or reason == ""
    parse_cookie_date(header)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("www.shop.example", "cdn.shop.example", True),
        ("a.github.io", "b.github.io", False),
        ("shop.example", "other.example", False),
        ("192.0.2.1", "198.51.2.1", False),
        ("192.0.2.1", "192.0.2.1", True),
        ("[2001:db8::1]", "[2001:db8::2]", False),
        ("a.localhost", "b.localhost", False),
        ("com", "com", True),
    ],
)
def test_hosts_of_one_site(one: str, other: str, same: bool) -> None:
    assert is_same_site(one, other) is same


def test_a_strict_cookie_does_not_go_along_from_an_address_that_ends_alike() -> None:
    request = Request(url="http://192.0.2.1/", initiator="http://198.51.2.1/", destination="image")
    assert not cookie_context(request, URL(request.url)).same_site
