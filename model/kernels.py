"""How the hot loops are compiled: once, without the interpreter's lock, and without reference counting.

Kernels and helpers take arrays that their caller owns, so counting references to them is wasted: measured, it
was half of the time of a hire. ``_nrt`` is numba's own name for that switch; should a release drop it, this is
the one place that knows. A function that makes new arrays cannot be compiled this way and uses ``maker``.
"""

from __future__ import annotations

from numba import njit

# Forced inline, since arrays are many words each: passing them costs more than the work.
helper = njit(_nrt=False, forceinline=True, error_model="numpy")
kernel = njit(cache=True, nogil=True, _nrt=False, error_model="numpy")
maker = njit(cache=True, nogil=True, error_model="numpy")
