"""Opens a PDF so that objects which are only each other's names end.

pdfminer follows such a name for ever. A file that cannot be opened without one is refused; any other such object counts
as missing.
"""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pdfplumber
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfexceptions import PDFException
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFObjectNotFound, PDFObjRef
from pdfplumber.pdf import PDF
from pdfplumber.utils.exceptions import PdfminerException


class CircleError(PDFException):
    """An object that a file cannot be opened without is its own name."""


def opened(data: bytes, pages: list[int] | None = None) -> PDF:
    """Returns a PDF with all pages, or with some (numbers from 1). Raises PdfminerException for damaged files, and
    CircleError."""
    try:
        _Guarded(PDFParser(BytesIO(data)))
    except CircleError:
        raise
    except Exception as error:  # as pdfplumber does of whatever pdfminer raises
        raise PdfminerException(error) from error
    pdf = pdfplumber.open(BytesIO(data), pages=pages)
    get = pdf.doc.getobj

    def found(objid: int) -> object:
        return _followed(get, objid, PDFObjectNotFound)

    pdf.doc.getobj = found  # type: ignore[method-assign]
    return pdf


class _Guarded(PDFDocument):
    """Opens a file once to see whether that ends."""

    def getobj(self, objid: int) -> object:
        return _followed(super().getobj, objid, CircleError)


def _followed(get: Callable[[int], object], number: int, otherwise: type[PDFException]) -> object:
    """Returns the object of a number, found through all objects that are only a name. Raises `otherwise` if they form a
    circle."""
    seen, one = {number}, get(number)
    while isinstance(one, PDFObjRef):
        if one.objid in seen:
            raise otherwise(number)
        seen.add(one.objid)
        one = get(one.objid)
    return one
