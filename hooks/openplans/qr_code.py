"""Codes that a phone reads from paper or screen, as SVG."""

from __future__ import annotations

from io import BytesIO

import segno


def qr_svg(address: str, title: str) -> str:
    """Return a QR code of ``address`` as an SVG element named ``title``.

    Error correction M and the quiet zone of four modules that ISO/IEC 18004 asks for; dark on white in any scheme.
    """
    stream = BytesIO()
    code = segno.make(address, error="m", micro=False)
    code.save(
        stream,
        kind="svg",
        border=4,
        omitsize=True,
        xmldecl=False,
        nl=False,
        light="#fff",
        title=title,
        svgclass="op-qr",
    )
    return stream.getvalue().decode("utf-8")
