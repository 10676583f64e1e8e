"""Models for data from files. They refuse unknown keys and never change."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class StrictModel(BaseModel):
    """A model of data whose keys are all known and whose values stay as they were read."""

    model_config = ConfigDict(extra="forbid", frozen=True)
