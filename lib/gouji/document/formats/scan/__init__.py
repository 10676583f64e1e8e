"""Pictures of pages to pieces: straightened, recognised, their rules found; what is not sure is marked."""

from gouji.document.formats.scan.content import read_content

__all__ = ["read_content"]
