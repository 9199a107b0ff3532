"""Files that tell web servers which headers to send: ``_headers`` and ``.htaccess``, and one to include in nginx."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from ..copy_style import copy_style_source
from ..publication import Publication
from ..security_policy import EMBED_HEADERS, HEADERS
from .base import OutputFile

#: Calendars and open data may be read by programs on any site.
_OPEN = {"Access-Control-Allow-Origin": "*"}
_OPEN_FOLDERS = ("api", "calendars", "data", "feeds", "badges")


def files(publication: Publication) -> Iterator[OutputFile]:
    """Yield a file for each kind of server, with the same headers."""
    yield OutputFile("_headers", _netlify(publication).encode())
    yield OutputFile(".htaccess", _apache(publication).encode())
    yield OutputFile("nginx-headers.conf", _nginx().encode())


def _sent(headers: Mapping[str, str]) -> dict[str, str]:
    """Return headers for all pages: the copies of plans have a style inside them, which its content allows."""
    sent = dict(headers)
    sent["Content-Security-Policy"] = sent["Content-Security-Policy"].replace(
        "style-src 'self'", f"style-src 'self' {copy_style_source()}"
    )
    return sent


def _netlify(publication: Publication) -> str:
    """Netlify, Cloudflare Pages and others: a path, and below it the headers."""
    blocks = [("/*", _sent(HEADERS))]
    blocks += [(f"/{folder}/*", _OPEN) for folder in _OPEN_FOLDERS]
    for language in publication.languages:
        policy = _sent(EMBED_HEADERS)["Content-Security-Policy"]
        # A rule for a narrower path adds to the wider one, so the wider header is taken back first.
        blocks.append((f"/{language}/embed/*", {"! Content-Security-Policy": "", "Content-Security-Policy": policy}))
    return "\n".join(f"{path}\n{_lines(headers)}" for path, headers in blocks)


def _lines(headers: Mapping[str, str]) -> str:
    return "".join(f"  {name}: {value}\n" if value else f"  {name}\n" for name, value in headers.items())


def _apache(publication: Publication) -> str:
    root = urlsplit(publication.base_url or "").path.rstrip("/") + "/"
    lines = ["<IfModule mod_headers.c>"]
    lines += [f'  Header set {name} "{value}"' for name, value in _sent(HEADERS).items()]
    embed = _sent(EMBED_HEADERS)["Content-Security-Policy"]
    lines.append(f'  Header set Content-Security-Policy "{embed}" "expr=%{{REQUEST_URI}} =~ m#/embed/#"')
    folders = "|".join(_OPEN_FOLDERS)
    lines.append(f'  Header set Access-Control-Allow-Origin "*" "expr=%{{REQUEST_URI}} =~ m#/({folders})/#"')
    lines += [
        "</IfModule>",
        "AddType text/calendar .ics",
        '<If "%{REQUEST_URI} =~ m#/feeds/#">',
        "  AddType application/atom+xml .xml",
        "</If>",
        f"ErrorDocument 404 {root}404.html",
    ]
    return "\n".join([*lines, ""])


def _nginx() -> str:
    lines = ["# Include this in the server block that serves the site."]
    lines += [
        f'add_header {name} "{value}" always;' for name, value in HEADERS.items() if name != "Content-Security-Policy"
    ]
    folders = "|".join(_OPEN_FOLDERS)
    # nginx sends no header whose value is empty.
    lines += ['set $readers "";', f'if ($uri ~ /({folders})/) {{ set $readers "*"; }}']
    lines += ["add_header Access-Control-Allow-Origin $readers always;"]
    lines += ["set $frames \"'self'\";", 'if ($uri ~ /embed/) { set $frames "*"; }']
    policy = _sent(HEADERS)["Content-Security-Policy"].replace("frame-ancestors 'self'", "frame-ancestors $frames")
    lines += [f'add_header Content-Security-Policy "{policy}" always;', ""]
    return "\n".join(lines)
