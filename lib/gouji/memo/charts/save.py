"""Saves figures as files: the same bytes for the same figure, without dates, versions or machine names."""

from __future__ import annotations

from io import BytesIO

from matplotlib.figure import Figure

from gouji.memo.fonts import chinese_style


def to_png(figure: Figure) -> bytes:
    """Returns the figure as PNG; the same bytes for the same figure."""
    stream = BytesIO()
    with chinese_style():
        figure.savefig(stream, format="png", metadata={"Software": None})
    return stream.getvalue()


def to_svg(figure: Figure) -> str:
    """Returns the figure as SVG with its text as paths; the same text for the same figure."""
    stream = BytesIO()
    with chinese_style():
        figure.savefig(stream, format="svg", metadata={"Date": None, "Creator": None})
    return stream.getvalue().decode("utf-8")
