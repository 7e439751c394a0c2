"""``python -m viz``: the same as ``callsheet-app``."""

import sys

from viz.serve import main

if __name__ == "__main__":
    sys.exit(main())
