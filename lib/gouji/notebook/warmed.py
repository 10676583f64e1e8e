"""Imports everything that a notebook's kernel needs; warm kernels import this module beforehand."""

from __future__ import annotations

import matplotlib.figure
import pandas as pd

from gouji import notebook
from gouji.checks.rules import load_rules
from gouji.layouts import load_layouts
from gouji.layouts.phrases import load_phrases
from gouji.memo import charts
from gouji.runtime.code_hash import code_hash

__all__ = ["charts", "notebook", "pd"]

code_hash()
load_layouts()
load_phrases()
load_rules()
matplotlib.figure.Figure()
