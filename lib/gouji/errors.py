"""The one exception that a user can meet: an input or output that cannot be used, described in one line."""

from __future__ import annotations

import errno

_REASONS = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EISDIR: "这是一个文件夹",
    errno.EEXIST: "已有同名的文件或文件夹",
    errno.ENOTEMPTY: "文件夹不是空的",
    errno.EBUSY: "正在被占用",
    errno.ELOOP: "链接绕成了圈",
    errno.EINVAL: "名称或位置不能用",
    errno.ENOMEM: "内存不足",
    errno.ETIMEDOUT: "超时",
    errno.ECONNREFUSED: "对方拒绝连接",
    getattr(errno, "ESTALE", errno.EIO): "网络文件已失效",
    getattr(errno, "EDQUOT", errno.ENOSPC): "磁盘配额已用完",
    errno.ENOSPC: "磁盘已满",
    errno.EFBIG: "文件超过允许的大小",
    errno.EROFS: "磁盘是只读的",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.ENOTDIR: "路径中有一处是文件，不是文件夹",
    errno.ENAMETOOLONG: "名称太长",
    errno.EIO: "磁盘读写出错",
    errno.EMFILE: "打开的文件太多",
    errno.ENFILE: "打开的文件太多",
}


class UnusableInputError(Exception):
    """An input or output that makes the run impossible.

    The message is one line, in Chinese: which file or parameter, where in it, what is wrong, and what to do. The
    command line prints it and exits with status 2.
    """

    def __init__(self, what: str, problem: str, remedy: str = "") -> None:
        apart = "" if problem.endswith("？") else "；"
        line = f"{what}：{problem}" + (f"{apart}{remedy}" if remedy else "")
        super().__init__(" ".join(line.split()))

    def _render_traceback_(self) -> list[str]:
        """Returns what IPython, and papermill with it, shows of the error in place of a traceback."""
        return [f"{type(self).__name__}: {self}"]


def reason_of(error: OSError) -> str:
    """Returns the reason why a file cannot be read or written, in the user's words."""
    return _REASONS.get(error.errno or 0) or error.strerror or str(error)
