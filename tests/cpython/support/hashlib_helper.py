"""Hash functions that may be missing."""

import hashlib
import unittest


def requires_hashdigest(digestname, openssl=None, usedforsecurity=True):
    try:
        hashlib.new(digestname)
    except ValueError:
        return unittest.skip("hash %r is left out" % digestname)
    return lambda item: item
