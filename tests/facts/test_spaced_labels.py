"""Labels set apart for the eye (合 计, 公 务 接 待 费) are the labels without the spaces."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from gouji import Audit
from gouji.fictitious.departments import TEMPLATES, make_department, to_text

THREE_PUBLIC = """某县示范局2021年度部门决算公开
“三公”经费支出决算表
单位：万元
\t项 目
\t预 算 数
\t决 算 数

\t合 计
\t49.90
\t{total}

\t因公出国(境)费
\t20.00
\t0.00

\t公 务 接 待 费
\t14.90
\t5.21

\t公务用车购置及运行维护费
\t15.00
\t2.48

\t其中：公务用车运行维护费
\t15.00
\t2.48

"""


def read(result: Audit) -> dict[str, str]:
    """Every printed figure of the tables by its concept."""
    return {fact.concept.path: fact.figure.text.strip() for fact in result.facts if fact.cell and fact.figure.printed}


def spaced(text: str) -> str:
    """The text with a space within each label of two characters."""
    return re.sub(r"(?m)^\t([\u4e00-\u9fff])([\u4e00-\u9fff])$", "\t\\1 \\2", text)


@pytest.mark.parametrize("template", list(TEMPLATES))
def test_spaces_in_labels_change_nothing(template: str, audit_text: Callable[[str], Audit]) -> None:
    text = to_text(make_department(3, template))
    assert spaced(text) != text
    assert read(audit_text(spaced(text))) == read(audit_text(text))


def test_a_total_among_rows_is_checked(audit_text: Callable[[str], Audit]) -> None:
    assert audit_text(THREE_PUBLIC.format(total="7.69")).findings.of("error") == ()
    (error,) = audit_text(THREE_PUBLIC.format(total="7.96")).findings.of("error")
    assert "7.96" in error.full
