"""The papermill engine `warm`: papermill's own engine, on warm kernels."""

from __future__ import annotations

from typing import Any


class WarmEngine:
    """Executes notebooks for `papermill --engine warm` or `papermill.execute_notebook(…, engine_name="warm",
    preload=["pandas"])`.

    papermill imports every engine it finds while it is being imported itself. This engine therefore imports nothing
    before it is used, and delegates to papermill's engine instead of deriving from it.
    """

    @classmethod
    def execute_notebook(
        cls,
        nb: Any,
        kernel_name: str,
        *arguments: Any,
        preload: list[str] | None = None,
        environment: list[str] | None = None,
        config: Any = None,
        **options: Any,
    ) -> Any:
        """Executes the notebook as papermill's engine does, but in a kernel that has imported `preload` already.

        `environment` lists patterns of the variables, beyond the usual ones, that those modules read when imported.
        Raises what papermill's engine raises.
        """
        from papermill.engines import NBClientEngine
        from traitlets.config import Config

        from warmkernel.manager import WarmKernelManager

        config = Config(config or {})
        config.WarmKernelManager.merge({"preload": preload or [], "environment": environment or []})
        options |= {"config": config, "kernel_manager_class": WarmKernelManager}
        return NBClientEngine.execute_notebook(nb, kernel_name, *arguments, **options)

    @classmethod
    def nb_kernel_name(cls, nb: Any, name: str | None = None) -> Any:
        """Returns the name of the notebook's kernel."""
        from papermill.utils import nb_kernel_name

        return nb_kernel_name(nb, name)

    @classmethod
    def nb_language(cls, nb: Any, language: str | None = None) -> Any:
        """Returns the notebook's language."""
        from papermill.utils import nb_language

        return nb_language(nb, language)
