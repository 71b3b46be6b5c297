"""The product's settings with a throw-away data folder, and the database that RINGBACK_TEST_DATABASE_URL names."""

import atexit
import os
import shutil
import tempfile

_folder = tempfile.mkdtemp(prefix="ringback-tests-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ["RINGBACK_DATA"] = _folder
os.environ["DATABASE_URL"] = os.environ.get("RINGBACK_TEST_DATABASE_URL", "")
for _name in ("DEBUG", "URL", "HOSTS", "PROXY", "MAIL_CA", "MAIL_LOG"):
    os.environ.pop(f"RINGBACK_{_name}", None)

from ringback.config.settings import *  # noqa: E402, F403
from ringback.config.settings import DATA, DATABASES, STORAGES  # noqa: E402

_database = DATABASES["default"]
_database["CONN_MAX_AGE"] = 0
if "sqlite3" in _database["ENGINE"]:
    # A file, as in real life, not memory: threads then meet the same locks that a server meets. Losing it in a power
    # cut is fine, waiting for the disk thousands of times is not.
    _database["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA foreign_keys=ON;"
    _database["TEST"] = {"NAME": str(DATA / "test.sqlite3")}

# Log-ins by the hundred need no slow hash, and pages need no collected files.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
ALLOWED_HOSTS = ["*"]
