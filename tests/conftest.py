"""Which tests share a process: those of a file, which share runs, and all that open the app, which share one server."""

import pytest


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Those of the app begin: nothing else keeps a process busy for as long."""
    for each in items:
        each.add_marker(pytest.mark.xdist_group("app" if _of_the_app(each) else each.path.stem))
    items.sort(key=lambda each: not _of_the_app(each))


def _of_the_app(test):
    return "app" in test.fixturenames
