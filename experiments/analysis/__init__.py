"""Statistics of a batch of experiments: pure functions on plain arrays that know nothing of files, runs or the model.

Packages that take long to import (scipy.stats, SALib, scikit-learn) are imported where they are first used.
"""
