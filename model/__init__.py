"""The model: an economy of crew workers, studios and productions, one week at a time."""

from model.digest import use_own_compile_cache

use_own_compile_cache()
