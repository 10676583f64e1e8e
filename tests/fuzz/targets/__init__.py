"""What each thing that is fuzzed may do with an input, by name."""

from fuzz.target import Target
from fuzz.targets.checker import CHECKER
from fuzz.targets.figure import FIGURE
from fuzz.targets.grammar import GRAMMAR
from fuzz.targets.parameters import PARAMETERS
from fuzz.targets.readers import READERS

TARGETS: dict[str, Target] = {one.name: one for one in (*READERS, FIGURE, GRAMMAR, CHECKER, PARAMETERS)}
