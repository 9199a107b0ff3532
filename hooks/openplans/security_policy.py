"""What a page of the site may do in a browser: read its own files, and nothing else (Content Security Policy, level 3).

There is no script, style or frame inside the pages, so that nothing has to be allowed by exception; WebAssembly is, for
the search program.
"""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256

#: In every page. What a page cannot say of itself, who may show it in a frame, is in the files for web servers.
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self' 'wasm-unsafe-eval'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "worker-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
    )
)

#: In pages of the preview, whose server puts a script into them that reloads the page when the data has changed.
PREVIEW_POLICY = POLICY.replace("script-src 'self'", "script-src 'self' 'unsafe-inline'")

#: Sent with every file; lists for other sites may stand in frames there, other pages may not.
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Content-Security-Policy": f"{POLICY}; frame-ancestors 'self'",
}
EMBED_HEADERS = {**HEADERS, "Content-Security-Policy": f"{POLICY}; frame-ancestors *"}


def hash_source(text: str) -> str:
    """Return the source expression that allows one style element, by its content (for files that stand alone)."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
