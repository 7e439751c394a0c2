"""Numbers of an answer in words: as many figures as a sentence bears, and rounded once."""

import pytest

from viz.pages.compare.words import size


@pytest.mark.parametrize(("value", "unit", "said"), [
    (0.0066511, "index", "0.0067"),  # not 0.00665 first, and then 0.0066
    (-0.00441, "index", "0.0044"),
    (0.0, "index", "0"),
    (0.2345, "index", "0.23"),
    (0.0123, "share", "1.23 points"),
    (12_345.6, "USD million", "$12,300 million"),
    (48.52, "USD million", "$49 million"),  # not 48.5 first, and then 48
    (23.456, "USD", "$23.50"),
    (123_456.0, "crew-weeks", "123,000"),
])
def test_a_size_has_few_figures_and_its_unit(value, unit, said):
    assert size(value, unit) == said
