"""Fictitious departments: accounts that no real department published, in several templates, with the truth behind them.

    write_departments("demo", Portfolio(number=60, seed=1))    # sources, parameter files, answer key
    for account in accounts(seed=1): ...                       # one after the other, without end in sight

`departments` makes a clean account, `misprints` plants errors in one, `formats` writes one as the files that are
published, `portfolio` makes many departments of several regions and years. Nothing here knows a check or a finding.
"""

from gouji.fictitious.portfolio.account import FictitiousAccount, accounts
from gouji.fictitious.portfolio.write import Portfolio, write_departments

__all__ = ["FictitiousAccount", "Portfolio", "accounts", "write_departments"]
