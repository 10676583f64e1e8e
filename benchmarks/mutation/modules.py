"""The modules that are mutated, below `lib/gouji`, and the tests that must notice, those that fail soonest first."""

_OF_LOCATING = ("test_copies", "test_locate_blocks", "test_locate", "test_objections", "test_repair")

MODULES: dict[str, tuple[str, ...]] = {
    "intervals": ("test_intervals", "test_ratios"),
    "checks/judge": ("test_ties", "test_judge"),
    "checks/joint": ("test_joint_by_hand", "test_joint_rows", "test_joint"),
    "checks/check": ("test_check",),
    "repair/locate": _OF_LOCATING,
    "repair/search": ("test_objections", "test_locate", "test_repair"),
    "repair/solve": ("test_objections", "test_locate", "test_repair"),
}
