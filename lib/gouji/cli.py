"""The command line: `gouji audit`, `batch`, `explain`, `dispositions`, `sql`, `ledger`, `portfolio`,
`fictitious`, `rules`, `verify`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from gouji.annotate import NOT_ANNOTATED
from gouji.auditing import Audit, audit
from gouji.batch.command import add_batch, batch
from gouji.dispositions.keep import keep_dispositions
from gouji.errors import UnusableInputError
from gouji.fictitious.command import add_fictitious, write_fictitious
from gouji.findings.finding import SEVERITIES, SEVERITY_NAMES
from gouji.findings.model_of import MOST, figures_at, model_of, nearest
from gouji.ledger.command import add_ledger, run_ledger, run_sql
from gouji.ledger.folder import clear_ledger
from gouji.memo.content import conclusion
from gouji.parameters import Parameters
from gouji.portfolio.command import add_portfolio, run_portfolio
from gouji.posting import append, manifest_hash
from gouji.review.command import add_rules, show_rules
from gouji.runs.options import add_limits, parameters_of
from gouji.runs.produce import produce
from gouji.runs.run_notebooks import Notebooks
from gouji.runtime.interrupted import InterruptedRunError, interruptible
from gouji.runtime.usage import UNUSABLE, Parser, add_command, nobody_reads
from gouji.runtime.versions import VERSION
from gouji.runtime.visible import file_name, visible
from gouji.verify.command import add_verify, verify

_EPILOG = "各命令的选项、退出状态和例子：gouji 命令 --help\n例：gouji audit 决算公开.pdf --out out/2023"
_PARAMS = "参数文件 params/NAME.yaml（默认：各参数取默认值）"
_FAIL_ON = "有此级别或更重的发现时，退出状态为 1（审计认定为已说明、不认定的发现不计；默认：不论有何发现都为 0）"
_LEDGER = "把发现、勾稽检查和数字记入这个台账文件夹（默认：不记入）"
_KINDS = "部门决算公开文件（Word、Excel、PDF、网页、纯文本；装有文字识别的，还有扫描件和图片）"
_SOURCE = f"{_KINDS}，分开公布的可给出几个；省略时用参数文件中的 source"


def main(arguments: list[str] | None = None) -> int:
    """Runs one command and returns its exit status.

    0: it ran. 1: findings at `--fail-on` or above. 2: unusable input (one line says why). 130, 143: interrupted. 141:
    nobody reads the output any more.
    """
    return run(parsed(arguments))


def parsed(arguments: list[str] | None = None) -> argparse.Namespace:
    """Returns the options of a command line (None: this process's)."""
    return _parser().parse_args(arguments)


def run(options: argparse.Namespace) -> int:
    """Runs the command that was parsed and returns its exit status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        with interruptible():
            status = _COMMANDS[options.command](options)
            sys.stdout.flush()
            return status
    except UnusableInputError as error:
        print(f"gouji: {visible(str(error))}", file=sys.stderr)
        return UNUSABLE
    except InterruptedRunError as error:
        print(f"gouji: {error}", file=sys.stderr)
        return error.status
    except BrokenPipeError:
        return nobody_reads()


def _parser() -> argparse.ArgumentParser:
    parser = Parser(prog="gouji", description="勾稽：审核部门决算公开文件", epilog=_EPILOG)
    parser.add_argument("--version", action="version", version=f"gouji {VERSION}", help="显示版本")
    commands = parser.add_subparsers(dest="command", required=True, metavar="命令")
    told = "审核一个部门，写出备忘录与工作底稿"
    command = add_command(commands, "audit", told, "决算公开.pdf --out out/2023", "有 --fail-on 所指的发现")
    command.add_argument("source", nargs="*", type=Path, help=_SOURCE)
    command.add_argument("--params", type=Path, metavar="FILE", help=_PARAMS)
    command.add_argument(
        "--out", type=Path, metavar="FOLDER", help="输出文件夹（默认：参数文件中的 out，或 out/文件名）"
    )
    command.add_argument("--no-notebooks", action="store_true", help="不执行笔记本，只写备忘录、底稿和数据")
    command.add_argument("--fail-on", choices=SEVERITIES, help=_FAIL_ON)
    command.add_argument("--ledger", type=Path, metavar="FOLDER", help=_LEDGER)
    add_limits(command)
    shown = add_command(
        commands, "explain", "列出一个数字所在的全部勾稽关系（代入印数）", "决算公开.pdf '公开03表 2080106 基本支出'"
    )
    shown.add_argument("source", type=Path, help=_KINDS)
    shown.add_argument("where", help="数字的位置，如 '公开03表 2080106 基本支出'，或其中几个词")
    shown.add_argument("--params", type=Path, metavar="FILE", help=_PARAMS)
    add_limits(shown, notebooks=False)
    told = "把工作底稿中的审计认定写入 params/NAME.dispositions.yaml"
    kept = add_command(commands, "dispositions", told, "out/2023 --params params/2023.yaml")
    kept.add_argument("papers", type=Path, help="以前运行的输出文件夹，或其中的工作底稿")
    kept.add_argument(
        "--params", type=Path, metavar="FILE", required=True, help="参数文件 params/NAME.yaml（必须给出）"
    )
    add_batch(commands)
    add_fictitious(commands)
    add_ledger(commands)
    add_portfolio(commands)
    add_rules(commands)
    add_verify(commands)
    return parser


def target_of(options: argparse.Namespace) -> Path | None:
    """Returns the folder in which a command leaves its run; None for a command that leaves none.

    Raises UnusableInputError if neither the command nor its parameters name a source.
    """
    if options.command != "audit":
        return None
    parameters = parameters_of(options)
    return _target(options, parameters, _sources(options, parameters))


def _sources(options: argparse.Namespace, parameters: Parameters) -> tuple[Path, ...]:
    return tuple(options.source) or parameters.source_paths()


def _target(options: argparse.Namespace, parameters: Parameters, sources: Sequence[Path]) -> Path:
    named: Path | None = options.out
    return named or parameters.out_path() or Path("out") / file_name(sources[0].stem)


def _dispositions(options: argparse.Namespace) -> int:
    target, number, notices = keep_dispositions(options.papers, Parameters.load(options.params))
    for notice in notices:
        print(f"注意：{notice}")
    if number or target.exists():
        print(f"{target} 现有审计认定 {number} 项")
    else:
        print(f"{options.papers} 中没有填写审计认定，未写出 {target.name}")
    return 0


def _explain(options: argparse.Namespace) -> int:
    parameters = parameters_of(options)
    if not options.where.strip():
        raise UnusableInputError(str(options.source), "没有写明数字的位置", "请用备忘录中的位置名称")
    checks = audit(options.source, parameters).checks
    found = figures_at(checks, options.where)
    if not found:
        near = "；".join(nearest(checks, options.where))
        remedy = f"相近的有：{near}" if near else "请用备忘录中的位置名称"
        raise UnusableInputError(str(options.source), f"没有位置为“{options.where}”的数字", remedy)
    print(visible(model_of(checks, found)))
    if len(found) > MOST:
        print(f"另有 {len(found) - MOST} 个数字的位置也含有这些词，请写得更具体。")
    return 0


def _audit(options: argparse.Namespace) -> int:
    parameters = parameters_of(options)
    sources = _sources(options, parameters)
    target = _target(options, parameters, sources)
    print(visible(f"读取并勾稽 {'、'.join(source.name for source in sources)} …"), flush=True)
    department = produce(
        sources,
        parameters,
        target,
        notebooks=None if options.no_notebooks else Notebooks(workers=os.cpu_count() or 1),
        on_step=lambda text: print(visible(text), flush=True),
        before_replacing=_enter_in(options.ledger),
    )
    _report(department, target)
    return _status(department, options.fail_on)


def _enter_in(ledger: Path | None) -> Callable[[Audit, Path], None]:
    """Returns a function that enters a run in the ledger; it does nothing if there is no ledger."""

    def enter(department: Audit, folder: Path) -> None:
        if ledger:
            append(ledger, department, manifest_hash(folder))
            clear_ledger(ledger)

    return enter


def _report(department: Audit, target: Path) -> None:
    print(visible(f"{department.title}：{conclusion(department)}"))
    for finding in department.findings.findings:
        decided = department.dispositions.of(finding)
        decision = f"　{decided.told}" if decided else ""
        print(visible(f"  [{SEVERITY_NAMES[finding.severity]}] {finding.title}{decision}"))
    _report_dispositions(department)
    if (target / NOT_ANNOTATED).exists():
        print(visible((target / NOT_ANNOTATED).read_text(encoding="utf-8").rstrip()))
    print(f"备忘录：{target / 'memo.html'}")


def _report_dispositions(department: Audit) -> None:
    dispositions = department.dispositions
    for gone in dispositions.gone:
        print(visible(f"  发现已不存在 {gone.disposition.finding}　{gone.then}　原认定：{gone.disposition.told}"))
    for notice in dispositions.notices:
        print(visible(f"  注意：{notice}"))


def _status(department: Audit, fail_on: str | None) -> int:
    if fail_on is None:
        return 0
    grave = SEVERITIES[: SEVERITIES.index(fail_on) + 1]
    found = (one for one in department.findings.findings if not department.dispositions.settles(one))
    return int(any(finding.severity in grave for finding in found))


_COMMANDS = {
    "audit": _audit,
    "batch": batch,
    "dispositions": _dispositions,
    "explain": _explain,
    "fictitious": write_fictitious,
    "ledger": run_ledger,
    "portfolio": run_portfolio,
    "rules": show_rules,
    "sql": run_sql,
    "verify": verify,
}
