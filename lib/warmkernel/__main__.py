"""`python -m warmkernel install`: writes a kernel spec of a warm kernel."""

from __future__ import annotations

import argparse
import sys

from warmkernel.kernelspec import install


def main(arguments: list[str] | None = None) -> None:
    """Runs the command."""
    parser = argparse.ArgumentParser(prog="python -m warmkernel", description=__doc__)
    command = parser.add_subparsers(required=True).add_parser("install", help="write a kernel spec")
    command.add_argument("--preload", nargs="+", default=[], metavar="MODULE", help="modules to import beforehand")
    command.add_argument(
        "--environment", nargs="+", default=[], metavar="PATTERN", help="variables those read when imported"
    )
    command.add_argument("--name", default="warm")
    command.add_argument("--display-name", default="Python 3 (warm)")
    where = command.add_mutually_exclusive_group()
    where.add_argument("--prefix", help="install under this folder instead of the user's")
    where.add_argument("--sys-prefix", dest="prefix", action="store_const", const=sys.prefix, help="under the venv")
    given = parser.parse_args(arguments)
    print(install(given.name, given.display_name, given.preload, given.environment, given.prefix))


if __name__ == "__main__":
    main()
