"""Figures of a report that follow from others near them: quotients, totals, remainders, whatever words name them.

An annexed report is free prose: its words often leave open which figures a rate or a total was made of. But they were
made of something that stands nearby. So the figures around are tried, nearest first: one that fits says what was meant.
Where none fits, that is an error only if the words leave no other choice (`sure`), or if a slip of the pen explains it.
"""
