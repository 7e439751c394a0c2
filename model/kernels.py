"""How the hot loops are compiled: once, without the interpreter's lock, and without reference counting.

Kernels and helpers take arrays that their caller owns, so counting references to them is wasted: measured, it
was half of the time of a hire. ``_nrt`` is numba's own name for that switch; should a release drop it, this is
the one place that knows. A function that makes new arrays cannot be compiled this way and uses ``maker``.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

import numba
from llvmlite import ir
from numba import njit, types, uint32
from numba.core import cgutils
from numba.extending import intrinsic

from model.digest import compile_cache
from model.errors import CallSheetError


def compiled() -> Path:
    """Where compiled kernels are kept; raises a sentence where nothing can be."""
    place = compile_cache()
    with contextlib.suppress(OSError):
        place.mkdir(parents=True, exist_ok=True)
    if not os.access(place, os.W_OK):
        raise CallSheetError(f"Compiled code cannot be kept in {place}: the folder cannot be written. Set "
                             "CALLSHEET_CACHE to one that can.")
    return place


os.environ["NUMBA_CACHE_DIR"] = str(compiled())  # before the first kernel, and only for what compiles
numba.config.reload_config()

# Forced inline, since arrays are many words each: passing them costs more than the work.
helper = njit(_nrt=False, forceinline=True, error_model="numpy")
kernel = njit(cache=True, nogil=True, _nrt=False, error_model="numpy")
maker = njit(cache=True, nogil=True, error_model="numpy")

AHEAD = 24  # turns of a loop between asking for a record and using it: measured, 16 to 64 are alike
FAR_AHEAD = 8 * AHEAD  # of a loop that only reads, whose turns take an eighth of the time
LINE = 64  # bytes that memory hands over at a time: a cache line
_READ, _KEEP, _DATA = 0, 3, 1  # what the processor is told: to be read, worth keeping close, no code


@njit(inline="always")
def index(row):
    """A ``row`` that is known to be none from the end: numba would ask that of every signed number at every look-up.

    Such questions took a twentieth of the week. ``row`` at least 0. Not for a loop that steps evenly through an array:
    the processor would then gather its entries, which takes longer than reading them one by one.
    """
    return uint32(row)


@intrinsic
def fetch(typing_context, array, row):
    """Ask memory for ``array[row]`` ahead of its use: a hint to the processor, without any effect on results.

    Who is hired or sent home next has nothing to do with where their record lies, so that a loop would wait for
    memory at nearly every worker; asked for some turns earlier, the record is there. In a full week, in which
    records are never in the near caches, the open call takes 0.55 ms with this and 0.8 without; a loop that is
    timed again and again over the same workers shows nothing of it. ``row`` must be a row of the array. All cache
    lines of a record are asked for, and of a row of anything else the first.
    """

    def generate(context, builder, signature, arguments):
        kind, number = signature.args
        made = context.make_array(kind)(context, builder, arguments[0])
        stride = cgutils.unpack_tuple(builder, made.strides, kind.ndim)[0]
        at = builder.mul(context.cast(builder, arguments[1], number, types.intp), stride)
        first = builder.add(builder.ptrtoint(made.data, stride.type), at)
        record = getattr(kind.dtype, "size", 0) if kind.ndim == 1 else 0
        pointer, word = ir.IntType(8).as_pointer(), ir.IntType(32)
        shape = ir.FunctionType(ir.VoidType(), [pointer, word, word, word])
        prefetch = cgutils.get_or_insert_function(builder.module, shape, "llvm.prefetch.p0")
        for byte in range(0, max(record, 1), LINE):
            address = builder.add(first, stride.type(byte))
            builder.call(prefetch, [builder.inttoptr(address, pointer), word(_READ), word(_KEEP), word(_DATA)])
        return context.get_dummy_value()

    return types.void(array, row), generate
