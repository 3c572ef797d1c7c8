"""The invented documents, in the order in which they are listed."""

from __future__ import annotations

from samples.content import Sample
from samples.letters.external import EXTERNAL
from samples.letters.faulty import FAULTY
from samples.letters.inside import INSIDE
from samples.letters.longer import LONGER
from samples.letters.others import OTHERS

SAMPLES: tuple[Sample, ...] = (*EXTERNAL, *LONGER, *INSIDE, *OTHERS, *FAULTY)
