"""Reads YAML, packaged or from users, fast and safely, and refuses duplicate keys."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import yaml

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Base):  # type: ignore[misc]
    """A safe loader that also refuses a duplicate key, where YAML would silently take the later one, and that locates
    impossible values (30 February)."""

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        """Returns the value of a node. Raises yaml.YAMLError where it has none."""
        try:
            return super().construct_object(node, deep=deep)
        except (ValueError, TypeError, AttributeError, LookupError, OverflowError) as error:
            raise _refused(f"不是合法的值 {str(node.value)[:40]!r}", node) from error


def _refused(problem: str, node: yaml.Node) -> yaml.YAMLError:
    return yaml.constructor.ConstructorError(None, None, problem, node.start_mark)


def _mapping(loader: Any, node: yaml.MappingNode) -> dict[Hashable, Any]:
    loader.flatten_mapping(node)
    mapping: dict[Hashable, Any] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        try:
            twice = key in mapping
        except TypeError as error:
            raise _refused("键应为文字", key_node) from error
        if twice:
            raise _refused(f"重复的键 {key!r}", key_node)
        mapping[key] = loader.construct_object(value_node, deep=True)
    return mapping


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)


def load_yaml(text: str) -> Any:
    """Returns the value of a YAML document. Raises yaml.YAMLError, with line and column, where it is malformed."""
    try:
        return yaml.load(text, Loader=_Loader)
    except RecursionError as error:
        raise yaml.YAMLError("嵌套太深") from error


#: Messages of PyYAML and libyaml with their Chinese wording.
_PROBLEMS = (
    ("duplicate", "重复的键"),
    ("could not find expected ':'", "键后面缺少冒号"),
    ("mapping values are not allowed", "这里不能有冒号（含冒号的值应加引号）"),
    ("cannot start any token", "有不能这样使用的符号（制表符，或应加引号的值）"),
    ("tab character", "不能用制表符缩进"),
    ("end of stream", "引号没有结束"),
    ("end of file", "引号没有结束"),
    ("found unexpected ':'", "这里不能有冒号（含冒号的值应加引号）"),
    ("did not find expected ',' or", "列表或映射没有结束，或缺少逗号"),
    ("expected ',' or", "列表或映射没有结束，或缺少逗号"),
    ("did not find expected", "缩进、引号或括号不对"),
    ("expected <block end>", "缩进、引号或括号不对"),
    ("undefined alias", "引用没有定义"),
    ("undefined tag", "有未定义的标记（以 ! 开头的值应加引号）"),
    ("could not determine a constructor", "有不允许的标记（以 ! 开头的值应加引号）"),
    ("expected a single document", "只能有一个文档（不能有第二个 ---）"),
    ("special characters are not allowed", "有不可见的控制字符"),
    ("control characters are not allowed", "有不可见的控制字符"),
    ("escape", "双引号中有不认识的转义符（\\）"),
)


def yaml_reason(error: yaml.YAMLError | ValueError) -> str:
    """Returns where and why a YAML document is malformed, in Chinese: 第 3 行第 5 列：缩进、引号或括号不对."""
    if isinstance(error, UnicodeDecodeError):
        return f"第 {error.start + 1} 个字节起不是 UTF-8 编码"
    if isinstance(error, yaml.reader.ReaderError):
        return "有不可见的控制字符，或不是 UTF-8 编码"
    if not isinstance(error, yaml.MarkedYAMLError):
        return str(error)
    mark = error.problem_mark or error.context_mark
    place = f"第 {mark.line + 1} 行第 {mark.column + 1} 列：" if mark else ""
    return place + _in_chinese(error.problem or error.context or "")


def _in_chinese(problem: str) -> str:
    """Returns the Chinese wording of a message (a general one where it is unknown); Chinese text stays as it is."""
    if not problem.isascii():
        return problem
    return next((instead for said, instead in _PROBLEMS if said in problem), "写法不合 YAML 的规定")


#: Limits on the number of characters, on the number of values (with all references expanded), and on their depth. A
#: parameter file has some dozen lines.
_MOST_CHARACTERS, _MOST_VALUES, _DEEPEST = 1_000_000, 100_000, 50


def load_given_yaml(text: str) -> Any:
    """Returns the value of a YAML document from any author.

    It is bounded before it is built, because a few lines can stand for billions of values. Raises yaml.YAMLError.
    """
    if len(text) > _MOST_CHARACTERS:
        raise yaml.YAMLError(f"超过 {_MOST_CHARACTERS:,} 字")
    _bounded(text)
    return load_yaml(text)


def _bounded(text: str) -> None:
    """Raises yaml.YAMLError for values that are too deep or too many, counting each as often as it is referred to."""
    sizes: dict[str, int] = {}
    within: list[tuple[str | None, int]] = [(None, 0)]
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.CollectionEndEvent):
            anchor, size = within.pop()
            if anchor:
                sizes[anchor] = size
        elif isinstance(event, yaml.AliasEvent):
            if event.anchor not in sizes:
                raise yaml.YAMLError(f"{_line(event)}：*{event.anchor} 引用了它自己，或没有定义")
            size = sizes[event.anchor]
        elif isinstance(event, yaml.CollectionStartEvent):
            within.append((event.anchor, 1))
            size = 0
        elif isinstance(event, yaml.ScalarEvent):
            size = 1
            if event.anchor:
                sizes[event.anchor] = 1
        else:
            continue
        anchor, inside = within[-1]
        within[-1] = (anchor, inside + size)
        if len(within) > _DEEPEST:
            raise yaml.YAMLError(f"{_line(event)}：嵌套超过 {_DEEPEST} 层")
        if inside + size > _MOST_VALUES:
            raise yaml.YAMLError(f"{_line(event)}：值超过 {_MOST_VALUES:,} 个")


def _line(event: yaml.Event) -> str:
    return f"第 {event.start_mark.line + 1} 行" if event.start_mark else "文件"
