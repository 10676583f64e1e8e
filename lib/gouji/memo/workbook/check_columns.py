"""The columns of 勾稽检查 and 尾差."""

from __future__ import annotations

from openpyxl.utils import get_column_letter

AMOUNT_WIDTH = 11.0
#: Names as an auditor reads them on paper. The columns behind PRINTED are only for the screen.
COLUMNS = (
    ("序号", 5.5),
    ("说明", 37.0),
    ("位置", 43.0),
    ("公布数算式／未判定原因", 34.0),
    ("左方", AMOUNT_WIDTH),
    ("关系", 4.5),
    ("右方", AMOUNT_WIDTH),
    ("差额", AMOUNT_WIDTH),
    ("单位", 5.5),
    ("允许误差", 9.0),
    ("判定", 7.0),
    ("发现", 12.0),
    ("无须说明的差", 9.0),
    ("程序判定", 7.0),
    ("依据", 64.0),
    ("规则编号", 26.0),
)
NAMES = [name for name, _ in COLUMNS]
#: Column letter by heading.
LETTERS = {name: get_column_letter(index) for index, name in enumerate(NAMES, start=1)}
#: Number of columns that are printed.
PRINTED = NAMES.index("发现") + 1
