"""Static files under names that carry their content's hash, so that a browser may keep them for ever."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedFiles(CompressedManifestStaticFilesStorage):
    # Our modules import each other; the names in their import lines must carry the hash too.
    support_js_module_import_aggregation = True
