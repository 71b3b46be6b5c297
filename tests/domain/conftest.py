"""`bin/test --fast` tries a few random cases of each property; the whole run tries many."""

import os

from hypothesis import settings

settings.register_profile("few", max_examples=10, deadline=None, database=None)
settings.register_profile("many", deadline=None)
settings.load_profile("few" if os.environ.get("RINGBACK_FAST") else "many")
