"""Every tab of the Method page, as it is read."""

import pytest

from tests.unit.viz.seen import Seen
from viz.pages.method import TABS, page


@pytest.fixture(scope="session")
def pages():
    return {name: Seen(page(name).html) for name, _ in TABS}
