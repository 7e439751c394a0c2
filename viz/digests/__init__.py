"""What the pages keep of a future: a small digest of two worlds on the same chance, instead of their recordings.

`digest(mine, other)` makes one of two recordings, `Digest.save` and `Digest.load` keep it, and `Digests` puts the
futures of a pair together.
"""

from viz.digests.futures import Digests
from viz.digests.pair import Digest, digest

__all__ = ["Digest", "Digests", "digest"]
