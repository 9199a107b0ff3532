"""Pages as Markdown files with front matter, for generators that read a folder of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from .pages import Block, Item, Page


def files(pages: Iterable[Page], index: str = "index") -> Iterator[tuple[str, str]]:
    """Yield path and content of every page; a page with others below it is the index of its folder."""
    for page in pages:
        path = f"{page.address}{index}.md" if page.has_below else f"{page.address.rstrip('/')}.md"
        yield path, "\n".join(_front_matter(page)) + "\n\n" + "\n\n".join(_paragraphs(page.blocks)) + "\n"


def _front_matter(page: Page) -> list[str]:
    # `kind` alone is a word of Hugo's own.
    values = {
        "title": page.title,
        "description": page.description,
        "page_kind": page.kind,
        "organization": page.organization,
    }
    # JSON strings are YAML strings, and every reader of front matter agrees on them.
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in values.items() if value]
    return ["---", *lines, "---"]


def _paragraphs(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if "heading" in block:
            yield f"## {block['heading']}"
        elif "text" in block:
            yield block["text"]
        elif "items" in block:
            yield "\n".join(f"- {_inline(item)}" for item in block["items"])
        elif "facts" in block:
            yield "\n".join(f"- **{label}:** " + ", ".join(map(_inline, items)) for label, items in block["facts"])
        elif "table" in block:
            head, *rows = block["table"]
            lines = [head, ["---"] * len(head), *rows]
            yield "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def _inline(item: Item) -> str:
    words = f"[{item['text']}]({item['href']})" if "href" in item else item["text"]
    return f"{words} – {item['after']}" if "after" in item else words
