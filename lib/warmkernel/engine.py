"""The papermill engine `warm`: papermill's own engine, on warm kernels."""

from __future__ import annotations

from typing import Any

from papermill.engines import NBClientEngine


class WarmEngine(NBClientEngine):  # type: ignore[misc]
    """`papermill --engine warm`, or `papermill.execute_notebook(…, engine_name="warm", preload=["pandas"])`."""

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: Any,
        kernel_name: str,
        preload: list[str] | None = None,
        environment: list[str] | None = None,
        **kwargs: Any,
    ) -> Any:
        """Executes the notebook as papermill's engine does, but in a kernel that has imported `preload` already.

        `environment` are patterns of variables those modules read when imported, beyond the usual ones.
        """
        # papermill imports every engine it finds when it is imported itself: this costs it nothing
        from traitlets.config import Config

        from warmkernel.manager import WarmKernelManager

        config = Config(kwargs.pop("config", None) or {})
        config.WarmKernelManager.merge({"preload": preload or [], "environment": environment or []})
        return super().execute_managed_notebook(
            nb_man, kernel_name, config=config, kernel_manager_class=WarmKernelManager, **kwargs
        )
