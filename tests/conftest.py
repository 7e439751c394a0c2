"""Which tests share a process: those of a file, which share runs, and all that open the app, which share one server.

No example of a property has to be ready in time: the first compiles what the others call, and machines are busy.
"""

from hypothesis import settings
from xdist.scheduler import LoadScopeScheduling

APP = "tests/browser/app"

settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


class Sharing(LoadScopeScheduling):
    """Tests with the same scope are run by one process, one after the other.

    Groups by mark, which xdist has, are without effect since pytest 9.2: they are written into what is no longer read.
    """

    def _split_scope(self, nodeid):
        return APP if nodeid.startswith(APP) else nodeid.partition("::")[0]


def pytest_xdist_make_scheduler(config, log):
    """Files begin in the order in which they were collected, not the ones with most tests first."""
    config.option.loadscopereorder = False
    return Sharing(config, log)


def pytest_collection_modifyitems(items):
    """Those of the app come first: nothing else keeps a process busy for as long."""
    items.sort(key=lambda each: not each.nodeid.startswith(APP))
