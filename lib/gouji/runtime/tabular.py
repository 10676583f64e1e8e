"""Shows large results as tables in a notebook, and in one line elsewhere."""

from __future__ import annotations

import pandas as pd

_SHOWN = 40


class Tabular:
    """A result with a table: the last line of a notebook's cell shows the table's first rows instead of all fields."""

    __slots__ = ()

    def to_frame(self) -> pd.DataFrame:
        """Returns one row for each thing in the result."""
        raise NotImplementedError

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {len(self.to_frame())} rows, see to_frame()>"

    def _repr_html_(self) -> str:
        return self.to_frame().to_html(max_rows=_SHOWN, notebook=True)
