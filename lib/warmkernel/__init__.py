"""Warm kernels: Jupyter kernels forked from a process that has already imported what notebooks import.

`warmkernel.provisioner` is the kernel provisioner (`warm-provisioner`), `warmkernel.engine` the papermill engine
(`warm`), `python -m warmkernel install` writes a kernel spec for everything else that starts Jupyter kernels.
"""
