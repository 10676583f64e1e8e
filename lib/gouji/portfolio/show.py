"""Shows the parts of the portfolio's notebook, cell by cell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

import pandas as pd
from IPython.display import Image
from matplotlib.figure import Figure

from gouji.memo.charts import to_png
from gouji.notebook.view import View as Shown
from gouji.notebook.view import framed, under
from gouji.portfolio import charts
from gouji.portfolio.changes import RunChange
from gouji.portfolio.digits import DigitTest
from gouji.portfolio.follow_up import NAME, write_follow_up
from gouji.portfolio.model import Account, Department
from gouji.portfolio.outliers import EVERYBODY, LEAST, MOST_TIMES, Compared, shown, times_text
from gouji.portfolio.ranking import Ranked, criteria, wan
from gouji.portfolio.start import View

VISITS, MOST = 10, 30
#: Why an outlier may be a small multiple, said where some were found.
_WIDE = f"部门之间本来就相差很大的，{MOST_TIMES}倍以内都不算异常；本来相近的，不到两倍也可能异常。"
#: Names of the figure that a slip copied.
_WHICH = re.compile("（.*?）")


def summary(view: View) -> Shown:
    """Shows the numbers of departments, accounts and findings, and the coverage of figures."""
    accounts = view.portfolio.accounts
    years = sorted({account.year for account in accounts if account.year})
    span = f"{years[0]}—{years[-1]}年度" if len(years) > 1 else f"{years[0]}年度" if years else "年度不详"
    regions = {account.region_code or account.region for account in accounts}
    errors, questions = _numbers(accounts)
    whose = "（演示用的虚构部门）" if view.demonstration else ""
    lines = [
        f"{len(view.portfolio.departments)}个部门{whose}，{len(regions)}个地区，{span}决算{len(accounts)}份。",
        f"核对勾稽{sum(account.checks_made for account in accounts):,}项，"
        f"另有{sum(account.unchecked for account in accounts):,}项未能核对（数字未公布、未填列或无法辨认）；"
        f"发现错误{errors}项、疑点{questions}项{_of_the_last(view)}。",
    ]
    return Shown("\n".join(lines), "".join(f"<p>{line}</p>" for line in lines))


def _numbers(accounts: Sequence[Account]) -> tuple[int, int]:
    errors, questions = (sum(len(account.of(severity)) for account in accounts) for severity in ("error", "question"))
    return errors, questions


def _of_the_last(view: View) -> str:
    """Returns how many of all findings are in the last accounts, which is what the parts below count."""
    if len(view.portfolio.accounts) == len(view.portfolio.last):
        return ""
    errors, questions = _numbers(view.portfolio.last)
    return f"，其中各部门最近一年的错误{errors}项、疑点{questions}项（以下各图表只计最近一年）"


def visits(view: View) -> Shown:
    """Shows the ten departments to visit, and why."""
    chosen = [one for one in view.ranked if one.score][:VISITS]
    frame = pd.DataFrame([_visit(one) for one in chosen])
    left = len(view.ranked) - len(chosen)
    rest = f"，其余{left}个见整改台账的“部门排名”表" if left else ""
    said = f"按得分列前{len(chosen)}个部门{rest}。"
    return under(said, framed(frame)) if chosen else Shown("没有部门得分。", "<p>没有部门得分。</p>")


def _visit(one: Ranked) -> dict[str, object]:
    last = one.department.last
    return {
        "排名": one.rank,
        "部门": one.department.name,
        "地区": last.region or last.region_code,
        "领域": last.function,
        "年度": last.year or "",
        "得分": f"{one.score:.1f}",
        "理由": "；".join(one.reasons),
        "先看": _first_to_see(one.department),
    }


def _first_to_see(department: Department) -> str:
    """Returns the title of the finding with most at stake, else of the first. Those of another order of magnitude come
    last."""
    errors = department.last.of("error") or department.last.of("question")
    order = sorted(errors, key=lambda one: (department.last.is_no_money(one), -(one.amount or Decimal(0)), one.rank))
    return order[0].title if order else ""


def scoring() -> Shown:
    """Shows how points are given."""
    return framed(
        pd.DataFrame(
            {
                "项目": [one.title for one in criteria()],
                "最高分": [one.points for one in criteria()],
                "含义": [one.says for one in criteria()],
            }
        )
    )


def points(view: View) -> Image:
    """Shows the points of the first departments."""
    return _image(charts.points_of_the_first(view.ranked))


def heat_map(view: View) -> Image:
    """Shows families of rules by department or region."""
    return _image(charts.heat_map(view.portfolio))


def kinds(view: View) -> Image:
    """Shows findings by family of rules."""
    return _image(charts.findings_by_family(view.portfolio))


def rules(view: View) -> Shown:
    """Shows the rules broken most often."""
    found = [(account.key, one) for account in view.portfolio.last for one in account.findings if one.open]
    frame = pd.DataFrame([(one.rule_title, one.rule, key) for key, one in found], columns=["规则", "编号", "部门"])
    counted = frame.groupby(["规则", "编号"]).agg(发现=("部门", "size"), 部门数=("部门", "nunique")).reset_index()
    ordered = counted.sort_values(["发现", "编号"], ascending=[False, True]).head(MOST // 2)
    return framed(ordered.drop(columns="编号"))


def slips(view: View) -> Shown:
    """Shows, by slip, the errors whose figure a slip of the pen explains."""
    errors = [one for account in view.portfolio.last for one in account.of("error")]
    counted = (
        pd.Series([_WHICH.sub("", one.slip) for one in errors if one.slip], dtype=object).value_counts().sort_index()
    )
    ordered = counted.sort_values(ascending=False, kind="stable")
    frame = pd.DataFrame({"疑似笔误": ordered.index.tolist(), "错误": ordered.tolist()})
    said = f"各部门最近一年的{len(errors)}项错误中，{int(counted.sum())}项可由常见笔误解释。"
    return under(said, framed(frame)) if len(frame) else Shown(said, f"<p>{said}</p>")


def spread(view: View, number: int) -> Image:
    """Shows one of the compared amounts over the departments."""
    return _image(charts.spread(view.comparisons[number]))


def outliers(view: View, number: int) -> Shown:
    """Shows the departments with an unusual amount."""
    comparison = view.comparisons[number]
    title = comparison.measure.title
    if not comparison.populations:
        said = f"{title}：可比的部门不足{LEAST}个或彼此相同，不判断异常值。"
        return Shown(said, f"<p>{said}</p>")
    number = len(comparison.outliers)
    found = f"有{number}个异常值" if number else "没有异常值"
    more = f"，只列前{MOST}个" if number > MOST else ""
    said = f"{title}：{len(comparison.values)}个部门中{found}{more}。{_usual(comparison)}"
    if not number:
        return Shown(said, f"<p>{said}</p>")
    frame = pd.DataFrame([_outlier(at, comparison) for at in range(min(number, MOST))])
    return under(f"{said}{_WIDE}", framed(frame))


def _usual(comparison: Compared) -> str:
    """Returns what is usual among all departments, where they are compared."""
    whole = comparison.populations.get(EVERYBODY)
    if whole is None:
        return ""
    low, high = (shown(amount, comparison.measure) for amount in whole.usual)
    return f"全部部门的中位数为{shown(whole.median, comparison.measure)}，{low}至{high}不算异常。"


def _outlier(at: int, comparison: Compared) -> dict[str, object]:
    one, measure = comparison.outliers[at], comparison.measure
    return {
        "编号": at + 1,
        "部门": one.account.department,
        "地区": one.account.region or one.account.region_code,
        "年度": one.account.year or "",
        measure.title: shown(one.value, measure),
        "比较的部门": f"{one.population.name}（{one.population.number}个）",
        "中位数": shown(one.population.median, measure),
        "倍数": times_text(one.times),
        "偏离": f"{one.score:+.1f}",
    }


def digit_tests(view: View) -> Shown:
    """Shows both tests of digits and their results."""
    return framed(pd.DataFrame([_test(one) for one in view.digits]))


def _test(one: DigitTest) -> dict[str, object]:
    enough = one.enough
    furthest = max(one.digits, key=lambda digit: abs(digit.number - digit.expected))
    worst = f"{furthest.digit}：{furthest.number:,}个，期望{furthest.expected:,.0f}个"
    return {
        "检验": one.title,
        "数字个数": f"{one.number:,}",
        "平均偏差": f"{100 * one.deviation:.2f}个百分点" if enough else "",
        "卡方": f"{one.chi_square:.1f}" if enough else "",
        "偏离最大的数字": worst if enough else "",
        "判断": one.verdict,
        "未计入": f"整数金额{one.excluded:,}个" if one.excluded else "",
    }


def digits(view: View) -> Image:
    """Shows the tests of digits as a picture."""
    return _image(charts.digit_bars(view.digits))


def changed(view: View) -> Shown:
    """Shows what has changed since the previous run."""
    if not view.changes:
        said = "台账中每份决算都只有一次运行，没有可以比较的。"
        return Shown(said, f"<p>{said}</p>")
    total = [sum(getattr(one, name) for one in view.changes) for name in ("appeared", "gone", "standing")]
    said = (
        f"{len(view.changes)}份决算有上一次运行可比：错误新出现{total[0]}项，已消失{total[1]}项，仍在{total[2]}项。"
        + (f"只列前{MOST}份。" if len(view.changes) > MOST else "")
    )
    return under(said, framed(_changes(view.changes[:MOST])))


def _changes(listed: Sequence[RunChange]) -> pd.DataFrame:
    columns = ("部门", "地区", "年度", "有何不同", "新出现错误", "已消失", "仍在")
    rows = [
        (one.department, one.region, one.year or "", one.why, one.appeared, one.gone, one.standing) for one in listed
    ]
    return pd.DataFrame(rows, columns=list(columns))


def leave(view: View) -> None:
    """Writes the list for the follow-up where the parameters ask for it, and reports what was written."""
    listed = sum(len(account.of(severity)) for account in view.portfolio.accounts for severity in ("error", "question"))
    if not view.write:
        print(f"整改台账共{listed}项（本次没有写出 {NAME}）")
        return
    number = write_follow_up(view.ranked, view.out / NAME)
    print(f"整改台账共{number}项：{NAME}")


def compared_total(view: View) -> Shown:
    """Returns the amounts compared, over all departments."""
    frame = pd.DataFrame(
        {
            "项目": [one.measure.title for one in view.comparisons],
            "部门数": [len(one.values) for one in view.comparisons],
            "中位数": [_median(one) for one in view.comparisons],
            "异常值": [len(one.outliers) for one in view.comparisons],
            "为零": [one.zero for one in view.comparisons],
            "未公布": [one.unpublished for one in view.comparisons],
            "数字存疑": [one.doubtful for one in view.comparisons],
        }
    )
    total = sum((account.amounts["three_public"] or Decimal(0) for account in view.portfolio.last), Decimal(0))
    return under(f"各部门最近一年“三公”经费合计{wan(total)}。", framed(frame))


def _median(one: Compared) -> str:
    whole = one.populations.get(EVERYBODY)
    return shown(whole.median, one.measure) if whole else ""


def _image(figure: Figure) -> Image:
    return Image(data=to_png(figure))  # type: ignore[no-untyped-call]
