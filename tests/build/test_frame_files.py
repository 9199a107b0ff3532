"""The frame of every page and of the whole site: what a page may do, what it says of itself, and where its twins are.

Files for web servers are read here as the servers read them (checked by hand against nginx 1.22, Apache 2.4 and the
parsers of Netlify and Cloudflare), so that a rule counts by what a browser gets and not by how it is written.
"""

from __future__ import annotations

import json
import re
import shlex
from base64 import b64encode
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree

import pytest
from cases.folders import make_folder
from openplans.load import Dataset
from openplans.security_policy import POLICY

from .conftest import Run
from .pages import HtmlPage, html_pages, read_html, resolve

BASE_URL = "https://plans.example/sub/"
LANGUAGES = ("lt", "lv", "en")
DATA = ("application/json", "application/ld+json")
Directives = dict[str, frozenset[str]]


def directives(policy: str) -> Directives:
    """Return a policy's directives with their sources."""
    parts = [part.split() for part in policy.split(";") if part.strip()]
    found = {name: frozenset(sources) for name, *sources in parts}
    assert len(found) == len(parts), f"a directive stands twice, and browsers read the first only: {policy}"
    return found


def hashes(page: HtmlPage) -> frozenset[str]:
    """Return the source expressions that would allow the page's own style elements."""
    return frozenset(f"'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'" for style in page.styles)


def address_of(path: str) -> str:
    """Return the full address of a page by its file's path."""
    return BASE_URL + path.removesuffix("index.html")


def is_in_layout(path: str, page: HtmlPage) -> bool:
    """Tell whether a page has the site's header and is to be found: no sheet, list for other sites, or signpost."""
    return path != "404.html" and any("md-header" in e.attributes.get("class", "").split() for e in page.elements)


@pytest.fixture(scope="module")
def in_layout(pages: dict[str, HtmlPage]) -> dict[str, HtmlPage]:
    """Return the pages that people find, by path."""
    found = {path: page for path, page in pages.items() if is_in_layout(path, page)}
    assert len(found) > 400
    return found


def said(page: HtmlPage, name: str) -> list[str]:
    """Return what the page's head says under a name or a property."""
    return [
        e.attributes["content"]
        for e in page.of("meta")
        if name in (e.attributes.get("name"), e.attributes.get("property"))
    ]


# -- what a page may do ---------------------------------------------------------------------------------------------


def faults(page: HtmlPage, *, stands_alone: bool) -> Iterator[str]:
    """Yield what is wrong with a page's policy, and what the policy would forbid.

    Only a document that stands alone may have a style element; its policy is then narrower than that of the site, but
    for the one style.
    """
    places = [
        place
        for place, e in enumerate(page.elements)
        if e.name == "meta" and e.attributes.get("http-equiv", "").lower() == "content-security-policy"
    ]
    if len(places) != 1:
        yield f"{len(places)} policies"
        return
    before = page.elements[: places[0]]
    if [e for e in before if e.name not in ("html", "head") and (e.name, *e.attributes) != ("meta", "charset")]:
        yield "something stands before the policy"
    policy = page.elements[places[0]].attributes.get("content", "")
    own = hashes(page)
    if not own and policy != POLICY:
        yield f"another policy: {policy!r}"
    if own:
        rules, allowed = directives(policy), directives(POLICY)
        if not stands_alone:
            yield "a style element in the layout"
        if rules.get("default-src") != {"'none'"} or not own <= rules.get("style-src", frozenset()):
            yield f"not the policy of its style: {policy!r}"
        for name, sources in rules.items():
            if not sources <= allowed.get(name, frozenset()) | {"'none'"} | (
                own if name == "style-src" else frozenset()
            ):
                yield f"wider than the site's policy: {name}"
    for element in page.elements:
        if element.name == "script" and "src" not in element.attributes and element.attributes.get("type") not in DATA:
            yield "a script element"
        for name in element.attributes:
            if name == "style" or name.startswith("on"):
                yield f"{name}= on {element.name}"


HEAD = '<!doctype html><html lang="lt"><head><meta charset="utf-8">'
GOOD = f'{HEAD}<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
STYLED = GOOD.replace("style-src 'self'", "style-src 'sha256-PRSwyh+MFvEwyWs5fj5epaDrTizWMPz9vFjYAgTa90o='")
#: Pages with a fault, to see that it would be found.
FAULTY = {
    "none": GOOD.partition("<meta http-equiv")[0],
    "empty": GOOD.replace(POLICY, ""),
    "wider": GOOD.replace("script-src 'self'", "script-src 'self' 'unsafe-inline'"),
    "two": GOOD + GOOD.partition('"utf-8">')[2],
    "late": GOOD.replace("<meta http-equiv", '<link rel="icon" href="a.svg"><meta http-equiv'),
    "moved first": GOOD.replace(
        "<meta http-equiv", '<meta http-equiv="refresh" content="0; url=a"><meta http-equiv', 1
    ),
    "script": GOOD + "<script>1</script>",
    "module": GOOD + '<script type="module">1</script>',
    "style": GOOD + "<style>p{}</style>",
    "other style": STYLED + "<style>q{}</style>",
    "attribute": GOOD + '<p style="color:red">',
    "handler": GOOD + '<p onclick="go()">',
}


@pytest.mark.parametrize("name", FAULTY)
def test_a_fault_of_the_policy_would_be_found(name: str) -> None:
    assert list(faults(read_html(FAULTY[name]), stands_alone=True))


def test_a_style_that_its_own_document_allows_is_no_fault_unless_it_stands_in_the_layout() -> None:
    page = read_html(
        STYLED.replace("PRSwyh+MFvEwyWs5fj5epaDrTizWMPz9vFjYAgTa90o=", _digest("p{}")) + "<style>p{}</style>"
    )
    assert list(faults(page, stands_alone=True)) == []
    assert list(faults(page, stands_alone=False)) == ["a style element in the layout"]
    assert list(faults(read_html(GOOD), stands_alone=False)) == []


def _digest(style: str) -> str:
    return b64encode(sha256(style.encode()).digest()).decode()


def test_the_policy_allows_the_sites_own_files_and_nothing_else() -> None:
    rules = directives(POLICY)
    assert rules["default-src"] == rules["base-uri"] == {"'none'"}
    assert rules["script-src"] == {"'self'", "'wasm-unsafe-eval'"}
    for name, sources in rules.items():
        assert sources <= {"'none'", "'self'", "'wasm-unsafe-eval'"} | ({"data:"} if name == "img-src" else set()), name


def test_every_page_carries_the_policy_and_nothing_that_it_forbids(pages: dict[str, HtmlPage]) -> None:
    kinds = ["404.html", "index.html", "lt/search/index.html", "lt/embed/all/index.html", "lt/about/index.html"]
    assert set(kinds) <= set(pages) and [path for path in pages if path.endswith("/poster/index.html")]
    wrong = {path: list(faults(page, stands_alone=not is_in_layout(path, page))) for path, page in pages.items()}
    assert {path: found for path, found in wrong.items() if found} == {}


#: The beginning of a statement in the language of our templates and of MkDocs'.
TEMPLATE = re.compile(rb"{%-? *(?:if|for|set|block|include|import|extends|macro)\b")


def test_no_template_is_published_in_place_of_what_it_makes(built_site: Path, small_site: Path) -> None:
    for site in (built_site, small_site):
        files = [path for path in site.rglob("*") if path.is_file()]
        assert [path.relative_to(site) for path in files if TEMPLATE.search(path.read_bytes())] == []


# -- what web servers are told --------------------------------------------------------------------------------------


@dataclass
class Rules:
    """What a file for a web server says: in order, which headers a path gets."""

    steps: list[tuple[Callable[[str], bool], str, str | None]] = field(default_factory=list)
    #: File endings and types, and where types apply.
    types: list[tuple[Callable[[str], bool], str, str]] = field(default_factory=list)
    not_found: str = ""
    #: Whether a header that was set already gets a second value, as on Cloudflare, or another one, as elsewhere.
    adds: bool = False

    def headers(self, path: str) -> dict[str, str]:
        """Return the headers of an address, without those that are empty."""
        found: dict[str, str] = {}
        for applies, name, value in self.steps:
            if not applies(path):
                continue
            if value is None:
                found.pop(name.lower(), None)
            elif self.adds and name.lower() in found:
                found[name.lower()] += f", {value}"
            else:
                found[name.lower()] = value
        return {name: value for name, value in found.items() if value}

    def type_of(self, path: str) -> str:
        """Return the type that the file names for an address, if it names one."""
        found = [kind for applies, ending, kind in self.types if applies(path) and path.endswith(ending)]
        return found[-1] if found else ""


def always(path: str) -> bool:
    """Apply everywhere."""
    return True


def matching(pattern: str) -> Callable[[str], bool]:
    """Apply where a regular expression is found in the path."""
    return lambda path: re.search(pattern, path) is not None


def read_headers(text: str, *, adds: bool) -> Rules:
    """Read ``_headers``: a path, and indented below it ``Name: value``, or ``! Name`` to take a header back."""
    rules = Rules(adds=adds)
    applies: Callable[[str], bool] | None = None
    for line in text.splitlines():
        assert len(line) <= 2000, "longer than Cloudflare reads"
        if not line.strip():
            continue
        if not line[0].isspace():
            assert line.startswith("/") and line.count("*") <= 1, line
            applies = matching("^" + re.escape(line).replace(r"\*", ".*") + "$")
            continue
        assert applies is not None, f"a header without a path: {line}"
        name, colon, value = line.strip().partition(":")
        if name.startswith("! ") and not colon:
            rules.steps.append((applies, name[2:], None))
        else:
            assert re.fullmatch(r"[A-Za-z-]+", name) and colon and value.strip(), line
            rules.steps.append((applies, name, value.strip()))
    return rules


def read_htaccess(text: str) -> Rules:
    """Read ``.htaccess``: directives by line, and the sections IfModule and If."""
    rules = Rules()
    inside: list[tuple[str, Callable[[str], bool]]] = []
    for line in text.splitlines():
        words = shlex.split(line, comments=True)
        if not words:
            continue
        if opened := re.fullmatch(r"\s*<(\w+) (.+)>", line):
            kind, argument = opened[1], opened[2].strip('"')
            assert kind in ("IfModule", "If"), line
            inside.append((kind, always if kind == "IfModule" else _apache_condition(argument)))
            continue
        if line.strip().startswith("</"):
            kind, _ = inside.pop()
            assert line.strip() == f"</{kind}>", line
            continue
        here = [applies for _, applies in inside]
        applies: Callable[[str], bool] = lambda path, here=here: all(one(path) for one in here)  # type: ignore[misc] # noqa: E731
        match words:
            case ["Header", "set", name, value]:
                rules.steps.append((applies, name, value))
            case ["Header", "set", name, value, condition] if condition.startswith("expr="):
                rules.steps.append((_apache_condition(condition.removeprefix("expr=")), name, value))
            case ["AddType", kind, *endings] if endings:
                rules.types += [(applies, ending, kind) for ending in endings]
            case ["ForceType", kind]:
                rules.types.append((applies, "", kind))
            case ["ErrorDocument", "404", path]:
                rules.not_found = path
            case _:
                raise AssertionError(f"not known to this test: {line}")
    assert inside == [], "a section is not closed"
    return rules


def _apache_condition(text: str) -> Callable[[str], bool]:
    found = re.fullmatch(r"%\{REQUEST_URI\} =~ m#([^#]+)#", text)
    assert found is not None, text
    return matching(found[1])


def read_nginx(text: str) -> Rules:
    """Read a file to be included in nginx's server block: set, if, add_header; a header without a value is not sent."""
    rules = Rules()
    values: list[tuple[Callable[[str], bool], str, str]] = []
    statements = _nginx_statements(text)

    def filled(value: str) -> list[tuple[Callable[[str], bool], str]]:
        """Return the value for each value of the variable in it; later ones hold where they apply."""
        names = re.findall(r"\$(\w+)", value)
        if not names:
            return [(always, value)]
        assert len(names) == 1 and names[0] in {name for _, name, _ in values}, f"a variable without a value: {value}"
        return [(applies, value.replace(f"${names[0]}", own)) for applies, name, own in values if name == names[0]]

    headers: list[tuple[str, str]] = []
    for words, block in statements:
        match words:
            case ["set", name, value] if block is None:
                values.append((always, name.removeprefix("$"), value))
            case ["if", *condition] if block is not None:
                found = re.fullmatch(r"\(\$uri ~ (\S+)\)", " ".join(condition))
                assert found is not None, words
                for inner, none in block:
                    assert inner[0] == "set" and len(inner) == 3 and none is None, inner
                    values.append((matching(found[1]), inner[1].removeprefix("$"), inner[2]))
            case ["add_header", name, value, "always"] if block is None:
                headers.append((name, value))
            case _:
                raise AssertionError(f"not known to this test: {words}")
    # Rewriting comes before headers are added, wherever it stands.
    for name, value in headers:
        rules.steps += [(applies, name, own) for applies, own in filled(value)]
    return rules


Statement = tuple[list[str], "list[Statement] | None"]
_NGINX = re.compile(
    r"""\s+|\#[^\n]*|(?P<end>[{};])|"(?P<double>[^"\\]*)"|'(?P<single>[^'\\]*)'|(?P<word>[^\s{};"']+)"""
)


def _nginx_statements(text: str) -> list[Statement]:
    """Return statements as words, with their blocks; every one must be closed."""
    top: list[Statement] = []
    open_blocks, words, place = [top], [], 0
    while place < len(text):
        found = _NGINX.match(text, place)
        assert found is not None, f"not closed: {text[place : place + 40]!r}"
        place = found.end()
        end = found["end"]
        if end == ";":
            assert words, "a semicolon by itself"
            open_blocks[-1].append((words, None))
            words = []
        elif end == "{":
            block: list[Statement] = []
            open_blocks[-1].append((words, block))
            open_blocks.append(block)
            words = []
        elif end == "}":
            assert not words, f"no semicolon after {words}"
            open_blocks.pop()
            assert open_blocks, "a brace too many"
        else:
            words = [*words, *(found[group] for group in ("double", "single", "word") if found[group] is not None)]
    assert len(open_blocks) == 1 and not words, f"not closed: {words}"
    return top


def test_a_broken_file_for_nginx_would_be_found() -> None:
    for text in (
        'add_header A "b" always',
        "if ($uri ~ /a/) { set $b c; ",
        'set $a "b;',
        "set $a b; }",
        "{ set $a b }",
    ):
        with pytest.raises(AssertionError):
            _nginx_statements(text)


SERVERS = ("Netlify", "Cloudflare", "Apache", "nginx")


@pytest.fixture(scope="module")
def servers(built_site: Path) -> dict[str, Rules]:
    """Return what each web server does with the file that is made for it."""
    headers = (built_site / "_headers").read_text(encoding="utf-8")
    return {
        # Netlify passes over lines that take a header back, and lets the narrower path win.
        "Netlify": read_headers(re.sub(r"(?m)^\s+!.*\n", "", headers), adds=False),
        "Cloudflare": read_headers(headers, adds=True),
        "Apache": read_htaccess((built_site / ".htaccess").read_text(encoding="utf-8")),
        "nginx": read_nginx((built_site / "nginx-headers.conf").read_text(encoding="utf-8")),
    }


@pytest.mark.parametrize("server", SERVERS)
def test_a_server_sends_the_policy_and_says_who_may_frame_the_page(
    server: str, servers: dict[str, Rules], pages: dict[str, HtmlPage]
) -> None:
    every_style = frozenset(source for page in pages.values() for source in hashes(page))
    wanted = directives(POLICY)
    embedded = 0
    for path, page in pages.items():
        rules = directives(servers[server].headers("/" + path.removesuffix("index.html"))["content-security-policy"])
        is_list = path.split("/")[1:2] == ["embed"]
        embedded += is_list
        assert rules.pop("frame-ancestors") == ({"*"} if is_list else {"'self'"}), path
        # A browser obeys both policies, so what a document allows itself must be allowed here too.
        assert hashes(page) <= rules["style-src"], f"{path}: its own style would be blocked"
        rules["style-src"] -= every_style
        assert rules == wanted, path
    assert embedded > 60


@pytest.mark.parametrize("server", SERVERS)
def test_a_server_sends_what_protects_readers_with_every_file(
    server: str, servers: dict[str, Rules], built_site: Path
) -> None:
    for file in (path for path in built_site.rglob("*") if path.is_file()):
        headers = servers[server].headers("/" + file.relative_to(built_site).as_posix())
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "strict-origin-when-cross-origin"
        assert {"camera=()", "geolocation=()", "microphone=()"} <= set(headers["permissions-policy"].split(", "))


@pytest.mark.parametrize("server", SERVERS)
@pytest.mark.parametrize("folder", ["api", "badges", "calendars", "data", "feeds"])
def test_programs_on_other_sites_may_read_open_data(
    folder: str, server: str, servers: dict[str, Rules], built_site: Path
) -> None:
    files = [path for path in (built_site / folder).rglob("*") if path.is_file()]
    assert files
    for file in files:
        headers = servers[server].headers("/" + file.relative_to(built_site).as_posix())
        assert headers.get("access-control-allow-origin") == "*", file


def test_apache_is_told_types_that_are_right(servers: dict[str, Rules]) -> None:
    apache = servers["Apache"]
    assert apache.type_of("/sub/calendars/lt/all.ics") == "text/calendar"
    assert apache.type_of("/sub/feeds/lt/all.xml") == "application/atom+xml"
    assert apache.type_of("/sub/sitemap.xml") in ("", "application/xml", "text/xml")
    assert apache.type_of("/sub/feeds/lt/all.json") == apache.type_of("/sub/lt/") == ""


def test_apache_is_told_where_the_page_for_missing_ones_is(
    servers: dict[str, Rules], pages: dict[str, HtmlPage]
) -> None:
    found = resolve(BASE_URL, "index.html", servers["Apache"].not_found)
    assert found is not None and found[0] in pages, "it lies where the site does, also below a folder of a host"


# -- the map of the site --------------------------------------------------------------------------------------------

MAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


@pytest.fixture(scope="module")
def site_map(built_site: Path) -> list[tuple[str, dict[str, str]]]:
    """Return each address of the map with its twins by language."""
    root = ElementTree.fromstring((built_site / "sitemap.xml").read_bytes())
    assert root.tag == f"{{{MAP['s']}}}urlset"
    found = []
    for url in root:
        assert url.tag == f"{{{MAP['s']}}}url"
        links = url.findall("x:link", MAP)
        assert {link.get("rel") for link in links} <= {"alternate"}
        twins = {link.get("hreflang", ""): link.get("href", "") for link in links}
        assert len(twins) == len(links), "a language stands twice"
        found.append((url.findtext("s:loc", "", MAP), twins))
    return found


def test_the_map_lists_every_page_of_the_layout_once_and_no_other(
    site_map: list[tuple[str, dict[str, str]]], pages: dict[str, HtmlPage], in_layout: dict[str, HtmlPage]
) -> None:
    listed = Counter(address for address, _ in site_map)
    assert [address for address, times in listed.items() if times > 1] == []
    assert set(listed) == {address_of(path) for path in in_layout}
    # What is not listed must not be found either, and what is listed must be.
    hidden = {path for path, page in pages.items() if "noindex" in said(page, "robots")}
    assert hidden == set(pages) - set(in_layout) - {"404.html"}


def test_the_twins_of_a_page_are_in_the_map_and_point_back(
    site_map: list[tuple[str, dict[str, str]]], pages: dict[str, HtmlPage]
) -> None:
    known = dict(site_map)
    for address, twins in site_map:
        if address == BASE_URL:
            assert twins == {}, "the choice of a language has no twin"
            continue
        language, _, rest = address.removeprefix(BASE_URL).partition("/")
        assert twins[language] == address
        for code, twin in twins.items():
            assert twin == f"{BASE_URL}{code}/{rest}"
            assert known[twin] == twins, f"{twin} does not point back"
        # A reader is offered the same.
        found = resolve(BASE_URL, "index.html", address)
        assert found is not None
        offered = {
            e.attributes["hreflang"]: urljoin(address, e.attributes["href"])
            for e in pages[found[0]].of("a")
            if "hreflang" in e.attributes
        }
        assert offered == twins, address


def test_robots_are_told_of_the_map(built_site: Path) -> None:
    lines = (built_site / "robots.txt").read_text(encoding="utf-8").splitlines()
    fields = [tuple(part.strip() for part in line.split(":", 1)) for line in lines if line.strip()]
    assert fields == [("User-agent", "*"), ("Allow", "/"), ("Sitemap", f"{BASE_URL}sitemap.xml")]


def test_a_site_that_does_not_know_its_address_names_none(small_site: Path) -> None:
    assert (small_site / "lt" / "index.html").exists()
    assert not (small_site / "sitemap.xml").exists() and not (small_site / "robots.txt").exists()
    for path, page in html_pages(small_site).items():
        assert [e for e in page.of("link") if e.attributes.get("rel") == "canonical"] == [], path
        assert said(page, "og:url") == said(page, "og:image") == [], path
        assert [text for text in page.scripts if "schema.org" in text] == [], path


# -- what a page says of itself -------------------------------------------------------------------------------------


def test_no_two_pages_of_a_language_have_one_title(in_layout: dict[str, HtmlPage]) -> None:
    by_title: dict[tuple[str, str], list[str]] = defaultdict(list)
    for path, page in in_layout.items():
        assert page.title.strip() == page.title != "", path
        # The choice of a language is the home page of nobody, and has the name of the site as well.
        if path != "index.html":
            by_title[page.language, page.title].append(path)
    assert {title: paths for title, paths in by_title.items() if len(paths) > 1} == {}


def test_every_page_describes_itself(in_layout: dict[str, HtmlPage]) -> None:
    descriptions = {path: said(page, "description") for path, page in in_layout.items()}
    wrong = {path: found for path, found in descriptions.items() if len(found) != 1 or not found[0].strip()}
    assert wrong == {}


def test_every_page_names_its_own_address_and_no_other(in_layout: dict[str, HtmlPage]) -> None:
    for path, page in in_layout.items():
        canonical = [e.attributes["href"] for e in page.of("link") if e.attributes.get("rel") == "canonical"]
        assert canonical == [address_of(path)]


def test_every_page_says_its_language(pages: dict[str, HtmlPage]) -> None:
    for path, page in pages.items():
        first = path.partition("/")[0]
        assert page.language == (first if first in LANGUAGES else "lt"), path
        assert len(page.of("html")) == 1, path


def test_networks_are_told_what_readers_see(in_layout: dict[str, HtmlPage]) -> None:
    for path, page in in_layout.items():
        assert said(page, "og:title") == [page.title], path
        assert said(page, "og:url") == [address_of(path)]
        assert said(page, "og:description") == said(page, "description"), path
        assert len(said(page, "og:site_name")) == len(said(page, "og:type")) == 1, path


def stated(page: HtmlPage) -> list[dict[str, Any]]:
    """Return what the page says in the words of schema.org."""
    kinds = [e.attributes.get("type", "") for e in page.of("script") if "src" not in e.attributes]
    assert len(kinds) == len(page.scripts)
    return [json.loads(text) for kind, text in zip(kinds, page.scripts, strict=True) if kind == "application/ld+json"]


def texts_in(value: Any) -> Iterator[str]:
    """Yield every text inside a value."""
    if isinstance(value, dict):
        for item in value.values():
            yield from texts_in(item)
    elif isinstance(value, list):
        for item in value:
            yield from texts_in(item)
    elif isinstance(value, str):
        yield value


def test_what_is_told_to_machines_leads_to_pages_that_exist(pages: dict[str, HtmlPage]) -> None:
    checked = 0
    for path, page in pages.items():
        for data in stated(page):
            assert data["@context"] == "https://schema.org" and data["@type"], path
            for address in (text for text in texts_in(data) if text.startswith(BASE_URL)):
                found = resolve(BASE_URL, path, address)
                assert found is not None and found[0] in pages, (path, address)
                assert not found[1] or found[1] in pages[found[0]].anchors, (path, address)
                checked += 1
    assert checked > 1000


def test_the_way_to_a_page_is_told_step_by_step(in_layout: dict[str, HtmlPage]) -> None:
    without = set()
    for path, page in in_layout.items():
        trails = [data for data in stated(page) if data["@type"] == "BreadcrumbList"]
        places = [
            place for place, e in enumerate(page.elements) if "op-crumbs" in e.attributes.get("class", "").split()
        ]
        assert len(trails) == len(places) <= 1, path
        if not trails:
            without.add(path)
            continue
        steps = trails[0]["itemListElement"]
        assert {step["@type"] for step in steps} == {"ListItem"}
        assert [step["position"] for step in steps] == list(range(1, len(steps) + 1)), path
        assert len(steps) >= 2 and all(step["name"].strip() for step in steps), path
        assert steps[-1]["item"] == address_of(path)
        heading = "".join(words.text for words in page.words if "h1" in words.inside)
        assert heading.startswith(steps[-1]["name"]), path
        # Readers see the same steps, but for the page itself.
        seen = [e for e in page.elements[places[0] :] if e.name == "a"][: len(steps) - 1]
        hrefs = [urljoin(address_of(path), e.attributes["href"]) for e in seen]
        assert [step["item"] for step in steps[:-1]] == hrefs, path
        assert len({step["item"] for step in steps}) == len(steps), path
    homes = {"index.html", *(f"{language}/index.html" for language in LANGUAGES)}
    assert without == homes | {f"{language}/about/index.html" for language in LANGUAGES}


def test_an_organizations_page_says_who_it_is(in_layout: dict[str, HtmlPage], dataset: Dataset) -> None:
    kinds = {"Organization", "NGO", "GovernmentOrganization", "EducationalOrganization", "School", "Corporation"}
    own = set()
    for organization in dataset.organizations:
        for language in LANGUAGES:
            path = f"{language}/{organization.id}/index.html"
            own.add(path)
            [data] = [data for data in stated(in_layout[path]) if data["@type"] in kinds]
            assert data["@id"] == address_of(path)
            assert data["name"] == organization.name.shown(language).text
            assert data["url"] == (organization.website or address_of(path))
            assert data.get("email") == organization.email
            assert all(data.values()), path
    others = {path for path, page in in_layout.items() if kinds & {data["@type"] for data in stated(page)}}
    assert others == own


# -- plans with nothing in them yet ---------------------------------------------------------------------------------

#: A plan that was only announced, one with headings only, and one whose goals nobody has filled.
EMPTY_PLANS = {
    "announced": "title: {lt: Paskelbtas, lv: Izsludināts, en: Announced}\nperiod: 2028\n",
    "headings": "title: {lt: Antraštės, lv: Virsraksti, en: Headings}\nperiod: 2029/2030\n"
    "sections:\n  - id: one\n    title: {lt: Viena, lv: Viens, en: One}\n",
    "goals": "title: {lt: Tikslai, lv: Mērķi, en: Goals}\nperiod: 2027\n"
    "sections:\n  - id: one\n    title: {lt: Viena, lv: Viens, en: One}\n"
    "    goals:\n      - id: g\n        title: {lt: Tikslas, lv: Mērķis, en: Goal}\n",
}


@pytest.mark.parametrize("has_others", [True, False], ids=["beside a plan with actions", "with no action anywhere"])
def test_a_plan_without_actions_is_built(has_others: bool, openplans: Run, project: Path, tmp_path: Path) -> None:
    files = {f"organizations/demo/plans/{name}/plan.yml": text for name, text in EMPTY_PLANS.items()}
    action = "organizations/demo/plans/p/actions/s/a.yml"
    data = make_folder(tmp_path, files, without=() if has_others else (action,))
    out = tmp_path / "site"
    where = ("--config", project, "--data", data, "--out", out)
    done = openplans("build", *where, "--today", "2027-05-01", "--base-url", BASE_URL)
    assert done.returncode == 0, done.stdout + done.stderr
    built = html_pages(out)
    for name in (*EMPTY_PLANS, *(() if has_others else ("p",))):
        for language in LANGUAGES:
            plan, computed = (built[f"{language}/demo/{name}/{rest}index.html"] for rest in ("", "computed/"))
            assert "0" not in re.sub(r"20\d\d|\d+ d\.", "", "".join(plan.with_class("op-progress__words")))
            assert "inputs" not in computed.anchors
            assert [href for href in computed.links if urlsplit(href).fragment == "inputs"] == []
    paths = {path for path, page in built.items() if is_in_layout(path, page)}
    text = (out / "sitemap.xml").read_text(encoding="utf-8")
    assert set(re.findall(r"<loc>([^<]+)</loc>", text)) == {address_of(path) for path in paths}
