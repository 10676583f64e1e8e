"""Ways a figure may have been made of others: what fits, what a slip explains, and which of them is the check."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, repeat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouji.checks.check import Check
from gouji.checks.derived.derivation import Derivation, check_named, choose_check, slipped_one
from gouji.checks.rules import rule
from gouji.facts.fact import Facts
from support.facts import make_text_facts

RULE = rule("narrative.derived_rate")
_MILLION = 10**6


class Figures:
    """Figures that a passage prints one by one, each named by its place in it: 0 is the first."""

    def __init__(self, *printed: str) -> None:
        text = "\n".join(f"第{'甲乙丙丁戊己庚辛'[at]}项为{one}。" for at, one in enumerate(printed))
        self.facts: Facts = make_text_facts("附件：项目支出绩效自评报告", text)
        self._of = [fact for fact in self.facts.statements() if fact.figure.printed]
        assert [fact.figure.text.strip() for fact in self._of] == list(printed)

    def quotient(self, figure: int, part: int, base: int, exact: bool = False) -> Derivation:
        """`figure` = `part` ÷ `base`."""
        part, base = self._of[part].id, self._of[base].id
        return Derivation(self._of[figure], ((1, part),), ((1, base),), exact)

    def sum(self, figure: int, *parts: int) -> Derivation:
        """`figure` = the sum of `parts`."""
        return Derivation(self._of[figure], tuple((1, self._of[one].id) for one in parts))

    def left(self, figure: int, whole: int, *less: int) -> Derivation:
        """`figure` = `whole` less others."""
        return Derivation(self._of[figure], ((1, self._of[whole].id), *((-1, self._of[one].id) for one in less)))

    def chosen(
        self, certain: Sequence[Derivation], possible: Iterable[Derivation] = (), sure: bool = False
    ) -> Check | None:
        """The check that `choose_check` returns."""
        return choose_check(RULE, certain, possible, self.facts, sure)


def rate(printed: str, part: str, base: str) -> tuple[Derivation, Facts]:
    """A percentage as the quotient of two figures."""
    figures = Figures(printed, part, base)
    return figures.quotient(0, 1, 2), figures.facts


def total(printed: str, *parts: str) -> tuple[Derivation, Facts]:
    """A figure as the sum of others."""
    figures = Figures(printed, *parts)
    return figures.sum(0, *range(1, len(parts) + 1)), figures.facts


@pytest.mark.parametrize(
    ("printed", "part", "base", "fits"),
    [
        ("84.62%", "231处", "273处", True),  # 84.615…; counts are exact
        ("84.61%", "231处", "273处", False),
        ("84.6%", "231处", "273处", True),
        ("68.1%", "5.3公里", "7.9公里", True),  # 67.1; [5.25, 5.35] / [7.85, 7.95] is 66.0 to 68.15
        ("68.2%", "5.3公里", "7.9公里", True),  # may be 68.15
        ("68.3%", "5.3公里", "7.9公里", False),  # at least 68.25
        ("66.0%", "5.3公里", "7.9公里", True),
        ("65.9%", "5.3公里", "7.9公里", False),  # at most 65.95
        ("60.0%", "0.1万元", "0.3万元", False),  # may be 0.15 / 0.25, but so far off rounding is no excuse
        ("120.00%", "360人", "300人", True),
    ],
)
def test_a_quotient_fits_where_rounding_allows_it(printed: str, part: str, base: str, fits: bool) -> None:
    derivation, facts = rate(printed, part, base)
    assert derivation.fits(facts) is fits


@pytest.mark.parametrize(
    ("printed", "parts", "fits"),
    [
        ("273.00万元", ["120.50万元", "88.30万元", "64.20万元"], True),
        ("273.02万元", ["120.50万元", "88.30万元", "64.20万元"], True),  # four figures, each within 0.005
        ("273.03万元", ["120.50万元", "88.30万元", "64.20万元"], False),
        ("272.98万元", ["120.50万元", "88.30万元", "64.20万元"], True),
        ("272.97万元", ["120.50万元", "88.30万元", "64.20万元"], False),
        ("245期", ["126期", "84期", "35期"], True),
        ("246期", ["126期", "84期", "35期"], False),  # counts are exact
    ],
)
def test_a_sum_fits_within_what_its_figures_may_stand_for(printed: str, parts: list[str], fits: bool) -> None:
    derivation, facts = total(printed, *parts)
    assert derivation.fits(facts) is fits


@given(st.data())
def test_a_quotient_that_is_rounded_fits(data: st.DataObject) -> None:
    base = data.draw(st.integers(min_value=1, max_value=99_999))
    part = data.draw(st.integers(min_value=-(-base // 10), max_value=base))
    hundredths = (2 * 10_000 * part + base) // (2 * base)
    derivation, facts = rate(f"{hundredths // 100}.{hundredths % 100:02}%", f"{part}人", f"{base}人")
    assert derivation.fits(facts)


@given(st.lists(st.integers(min_value=1, max_value=10**6), min_size=2, max_size=6))
def test_a_sum_fits_and_so_does_what_it_leaves(parts: list[int]) -> None:
    printed = [f"{one // 100}.{one % 100:02}万元" for one in (*parts, sum(parts))]
    figures = Figures(*printed)
    whole, rest = len(parts), range(1, len(parts))
    for derivation in (figures.left(0, whole, *rest), figures.sum(whole, *range(len(parts)))):
        assert derivation.fits(figures.facts)
        assert derivation.distance(figures.facts) == 0


def test_a_quotient_by_zero_is_not_possible() -> None:
    derivation, facts = rate("84.62%", "231处", "0处")
    assert not derivation.possible(facts)
    assert choose_check(RULE, [derivation], [derivation], facts, True) is None
    derivation, facts = total("231处", "231处", "0处")
    assert derivation.possible(facts)


@pytest.mark.parametrize(
    ("printed", "parts", "distance"),
    [
        ("150万元", ["60万元", "40万元"], 50),
        ("100万元", ["90万元", "60万元"], 50),
        ("100万元", ["60万元", "40万元"], 0),
        ("1000万元", ["60万元", "40万元"], 900),
    ],
)
def test_distance_is_alike_above_and_below(printed: str, parts: list[str], distance: int) -> None:
    derivation, facts = total(printed, *parts)
    assert derivation.distance(facts) == distance


@pytest.mark.parametrize(
    ("printed", "part", "base", "distance"),
    [
        ("90%", "180人", "300人", 50),
        ("40%", "180人", "300人", 50),
        ("60%", "180人", "300人", 0),
        ("0%", "0人", "9人", 0),
    ],
)
def test_distance_of_a_quotient(printed: str, part: str, base: str, distance: int) -> None:
    derivation, facts = rate(printed, part, base)
    assert derivation.distance(facts) == distance


def test_nothing_against_something_is_beyond_any_distance() -> None:
    derivation, facts = rate("60%", "0人", "300人")
    assert derivation.distance(facts) > 900


@pytest.mark.parametrize(
    ("printed", "chance"),
    [
        ("80.0%", 0.1 / 80),
        ("80.00%", 0.01 / 80),
        ("80%", 1 / 80),
        ("200人", 1 / 200),  # of counts that are exact, one
        ("250.00万元", 0.01 / 250),
        ("1%", 1),
    ],
)
def test_chance_is_the_unit_over_the_amount(printed: str, chance: float) -> None:
    derivation, _ = rate(printed, "180人", "300人")
    assert derivation.chance() == int(chance * _MILLION)


@pytest.mark.parametrize(
    ("printed", "part", "base", "slipped"),
    [
        ("67.10%", "73.20万元", "118.64万元", True),  # 61.70
        ("64.00%", "73.20万元", "118.64万元", False),
        ("61.70%", "72.30万元", "118.64万元", True),  # 73.20
        ("61.70%", "73.20万元", "181.64万元", True),  # 118.64
        ("61.70%", "73.20万元", "1186.40万元", True),  # a point of money has moved
        ("61.70%", "7320人", "118640人", False),  # of people it has not
        ("86.42%", "231处", "273处", True),  # 84.62
    ],
)
def test_a_slip_is_looked_for_in_each_figure(printed: str, part: str, base: str, slipped: bool) -> None:
    derivation, facts = rate(printed, part, base)
    assert derivation.slip(facts)[1] is slipped


def test_a_standard_is_exact_and_so_is_what_follows_from_it() -> None:
    """353 × 1250元 is 44.125万元, 1 and 2 in the wrong order; as a quotient, 1250元 may be 1249.5 to 1250.5."""
    figures = Figures("1250元", "44.215万元", "353户")
    assert figures.quotient(0, 1, 2, exact=True).slip(figures.facts)[1]
    odds = [figures.quotient(0, 1, 2, exact).slip(figures.facts)[0] for exact in (True, False)]
    assert odds[0] < odds[1]


@pytest.mark.parametrize(
    ("printed", "parts", "slipped"),
    [
        ("237.00万元", ["120.50万元", "88.30万元", "64.20万元"], True),  # 273.00
        ("273.00万元", ["120.50万元", "83.80万元", "64.20万元"], True),  # 88.30
        ("2730.00万元", ["120.50万元", "88.30万元", "64.20万元"], True),
        ("275.00万元", ["120.50万元", "88.30万元", "64.20万元"], False),
        ("372.00万元", ["120.50万元", "88.30万元", "64.20万元"], False),  # two digits that do not stand side by side
        ("2541人", ["1260人", "840人", "351人"], True),  # 2451
        ("24510人", ["1260人", "840人", "351人"], False),  # of people no point has moved
    ],
)
def test_a_slip_in_a_sum(printed: str, parts: list[str], slipped: bool) -> None:
    derivation, facts = total(printed, *parts)
    assert derivation.slip(facts)[1] is slipped


def test_figures_of_two_digits_tell_nothing() -> None:
    derivation, facts = total("54人", "24人", "21人")  # 45
    assert derivation.slip(facts) == (0, False)


def test_a_slip_is_the_less_likely_chance_the_more_digits_are_printed() -> None:
    def odds(*printed: str) -> int:
        derivation, facts = total(*printed)
        return derivation.slip(facts)[0]

    assert (
        odds("254人", "126人", "119人") > odds("2541人", "1260人", "1191人") > odds("25410人", "12600人", "11910人") > 0
    )


def test_a_slip_is_the_likelier_chance_the_wider_the_range_is() -> None:
    """Of a quotient of few digits much more looks like a slip than of a sum."""
    precise, coarse = rate("67.10%", "73.20公里", "118.64公里"), rate("67.10%", "73.2公里", "118.6公里")
    assert coarse[0].slip(coarse[1])[0] > precise[0].slip(precise[1])[0] > 0


def test_a_quotient_ten_times_off_is_no_slip() -> None:
    derivation, facts = rate("12.50%", "520处", "400处")  # 130.00
    assert derivation.slip(facts) == (0, False)
    assert not derivation.is_misprint(facts)


@pytest.mark.parametrize(
    ("printed", "misprint"),
    [
        ("67.10%", True),
        ("60.71%", True),  # 0 and 1 exchanged
        ("71.60%", True),  # 6 and 7 exchanged
        ("67.01%", False),  # the same digits, but three of them out of place
        ("6.17%", True),
        ("64.00%", False),
        ("61.60%", False),  # a wrong digit alone says too little
    ],
)
def test_a_misprint_is_a_slip_of_the_figure_itself(printed: str, misprint: bool) -> None:
    derivation, facts = rate(printed, "73.20万元", "118.64万元")  # 61.70
    assert derivation.is_misprint(facts) is misprint


def test_a_slip_of_a_part_is_no_misprint_of_the_figure() -> None:
    derivation, facts = rate("61.70%", "72.30万元", "118.64万元")
    assert derivation.slip(facts)[1]
    assert not derivation.is_misprint(facts)


# What is chosen. The rate 0 fits 1 ÷ 2, is a mere difference from 3 ÷ 2, a slip of 4 ÷ 2, and far off 5 ÷ 2.
FIT, NEAR, SLIP, FAR = 1, 3, 4, 5


@pytest.fixture
def figures() -> Figures:
    """67.10 %: of 118.64, 79.61 is 67.10 %, 75.90 is 63.98 %, 73.20 is 61.70 %, 20.46 is 17.25 %."""
    return Figures("67.10%", "79.61公里", "118.64公里", "75.90公里", "73.20公里", "20.46公里")


def test_the_figures_are_what_they_are_called(figures: Figures) -> None:
    ways = {part: figures.quotient(0, part, 2) for part in (FIT, NEAR, SLIP, FAR)}
    assert [part for part, way in ways.items() if way.fits(figures.facts)] == [FIT]
    assert [part for part, way in ways.items() if way.slip(figures.facts)[1]] == [SLIP]
    assert [part for part, way in ways.items() if way.distance(figures.facts) > 50] == [FAR]


@pytest.mark.parametrize(
    ("certain", "possible", "sure", "settled_on"),
    [
        ([FIT], [], False, FIT),
        ([FIT], [], True, FIT),
        ([SLIP, FIT], [], True, FIT),  # a certain fit before a slip
        ([NEAR, FIT], [SLIP], True, FIT),
        ([NEAR], [FIT], True, FIT),  # a possible fit before a sure conflict
        ([SLIP], [FIT], True, FIT),
        ([SLIP], [FAR, FIT], False, FIT),
        ([NEAR], [SLIP], True, NEAR),  # a sure conflict before a slip elsewhere
        ([SLIP, NEAR], [], True, SLIP),  # of those the words point to the slip before the nearest
        ([NEAR, SLIP], [], True, SLIP),
        ([FAR, NEAR], [], True, NEAR),
        ([NEAR], [SLIP], False, SLIP),  # nothing sure: only a slip is a conflict
        ([SLIP], [], False, SLIP),
        ([FAR], [SLIP], True, SLIP),  # too far off to be what was meant
        ([], [SLIP], True, SLIP),
        ([NEAR], [], False, None),
        ([NEAR], [FAR], False, None),
        ([FAR], [], True, None),
        ([], [NEAR], True, None),  # sure, but of nothing
        ([], [], True, None),
    ],
)
def test_what_is_settled_upon(
    figures: Figures, certain: list[int], possible: list[int], sure: bool, settled_on: int | None
) -> None:
    first, second = ([figures.quotient(0, part, 2) for part in parts] for parts in (certain, possible))
    check = figures.chosen(first, second, sure)
    expected = None if settled_on is None else figures.quotient(0, settled_on, 2).check(RULE)
    assert check == expected


@pytest.mark.parametrize(
    ("printed", "part", "most"),
    [
        ("67.1%", "671人", 53),  # 0.1 in 67.1 is 1490 in a million each: 80,000 in a million allow 53 to be tried
        ("20.0%", "200人", 16),  # 5000 each
        ("50%", "500人", 4),  # 20,000 each
        ("2%", "20人", 0),  # one in two fits by chance
    ],
)
def test_a_fit_counts_the_less_the_more_were_tried(printed: str, part: str, most: int) -> None:
    figures = Figures(printed, part, "1000人", "999人")
    wrong, right = figures.quotient(0, 3, 2), figures.quotient(0, 1, 2)
    assert figures.chosen([right]) == right.check(RULE)  # what the words point to was not looked for
    for tried in range(1, most + 3):
        found = figures.chosen([], [*repeat(wrong, tried - 1), right])
        assert (found is not None) == (tried <= most), tried


def test_a_slip_counts_the_less_the_more_were_tried(figures: Figures) -> None:
    near, slip = figures.quotient(0, NEAR, 2), figures.quotient(0, SLIP, 2)
    each, own = near.slip(figures.facts)[0], slip.slip(figures.facts)[0]
    most = (20_000 - own) // each
    assert 0 < most < 100
    assert slipped_one([*repeat(near, most), slip], figures.facts) == slip
    assert slipped_one([*repeat(near, most + 1), slip], figures.facts) is None


def test_no_more_is_looked_at_than_must_be(figures: Figures) -> None:
    """Ways that are possible are made one by one."""

    def ways() -> Iterator[Derivation]:
        yield figures.quotient(0, FIT, 2)
        raise AssertionError("one that fits was found before")

    assert figures.chosen([], ways()) == figures.quotient(0, FIT, 2).check(RULE)
    assert figures.chosen([figures.quotient(0, FIT, 2)], chain.from_iterable(repeat([]))) is not None


@pytest.mark.parametrize(
    ("certain", "sure", "stated_as"),
    [
        ([FIT], False, FIT),
        ([NEAR, FIT], True, FIT),
        ([NEAR, SLIP], True, NEAR),  # where the words name the figures, the first they name
        ([FAR], True, FAR),  # and however far off it is
        ([NEAR], False, None),
        ([SLIP], False, None),
    ],
)
def test_what_is_stated(figures: Figures, certain: list[int], sure: bool, stated_as: int | None) -> None:
    check = check_named(RULE, [figures.quotient(0, part, 2) for part in certain], figures.facts, sure)
    assert check == (None if stated_as is None else figures.quotient(0, stated_as, 2).check(RULE))


def test_what_is_stated_is_not_ten_times_off() -> None:
    figures = Figures("12.50%", "520处", "40处")  # 1300 %
    assert check_named(RULE, [figures.quotient(0, 1, 2)], figures.facts, True) is None


def test_a_sum_defines_its_figure_and_a_quotient_does_not(figures: Figures) -> None:
    quotient, whole = figures.quotient(0, FIT, 2).check(RULE), figures.sum(2, FIT, FAR).check(RULE)
    assert (quotient.defines, whole.defines) == (False, True)
    assert (quotient.per, whole.per) == (((1, quotient.per[0][1]),), ())
