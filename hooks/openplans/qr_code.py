"""Codes that a phone reads from paper or screen, as SVG."""

from __future__ import annotations

import re
from html import escape

import zxingcpp

_DARK = re.compile(rb"\x00+")


def qr_svg(address: str, title: str) -> str:
    """Return a QR code of ``address`` as an SVG element named ``title``, one unit a module.

    Error correction M and the quiet zone of four modules that ISO/IEC 18004 asks for; dark on white in any scheme.
    """
    code = zxingcpp.create_barcode(address, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    image = code.to_image(scale=1)
    side = image.shape[0]
    pixels = bytes(image)  # type: ignore[call-overload]
    strokes = (
        f"M{run.start()} {row}.5h{run.end() - run.start()}"
        for row in range(side)
        for run in _DARK.finditer(pixels[row * side : (row + 1) * side])
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" class="op-qr" role="img">'
        f"<title>{escape(title)}</title>"
        f'<path fill="#fff" d="M0 0h{side}v{side}H0z"/><path stroke="#000" d="{"".join(strokes)}"/></svg>'
    )
