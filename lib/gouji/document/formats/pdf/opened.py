"""A PDF opened so that objects which are only their own name, directly or by way of others, end.

pdfminer follows such a name for ever. Those that it needs to open the file are looked for before; any other is taken
for one that is missing.
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
    """A PDF, all pages or these of it. Raises PdfminerException for damaged files, and CircleError."""
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
    """The object of a number, through all that are only another's name; raises `otherwise` where that goes round."""
    seen, one = {number}, get(number)
    while isinstance(one, PDFObjRef):
        if one.objid in seen:
            raise otherwise(number)
        seen.add(one.objid)
        one = get(one.objid)
    return one
