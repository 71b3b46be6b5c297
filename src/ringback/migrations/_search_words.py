"""Words of names and companies, indexed by their beginnings.

SQLite: a full-text table that triggers keep in step, whoever writes. PostgreSQL: an index over the same column.
A migration that rebuilds the table of prospects on SQLite drops its triggers: it has to call `index_words` again.
"""

SQLITE = (
    "DROP TRIGGER IF EXISTS prospect_words_added",
    "DROP TRIGGER IF EXISTS prospect_words_removed",
    "DROP TRIGGER IF EXISTS prospect_words_changed",
    "DROP TABLE IF EXISTS ringback_prospect_words",
    "CREATE VIRTUAL TABLE ringback_prospect_words USING fts5(search_text, content='ringback_prospect',"
    " content_rowid='id', tokenize='unicode61 remove_diacritics 2', prefix='2 3')",
    "CREATE TRIGGER prospect_words_added AFTER INSERT ON ringback_prospect BEGIN"
    " INSERT INTO ringback_prospect_words(rowid, search_text) VALUES (new.id, new.search_text); END",
    "CREATE TRIGGER prospect_words_removed AFTER DELETE ON ringback_prospect BEGIN"
    " INSERT INTO ringback_prospect_words(ringback_prospect_words, rowid, search_text)"
    " VALUES ('delete', old.id, old.search_text); END",
    "CREATE TRIGGER prospect_words_changed AFTER UPDATE OF search_text ON ringback_prospect"
    " WHEN old.search_text <> new.search_text BEGIN"
    " INSERT INTO ringback_prospect_words(ringback_prospect_words, rowid, search_text)"
    " VALUES ('delete', old.id, old.search_text);"
    " INSERT INTO ringback_prospect_words(rowid, search_text) VALUES (new.id, new.search_text); END",
    "INSERT INTO ringback_prospect_words(ringback_prospect_words) VALUES ('rebuild')",
)
POSTGRESQL = (
    "CREATE INDEX IF NOT EXISTS prospect_words ON ringback_prospect USING gin (to_tsvector('simple', search_text))",
)
SQLITE_BACK = (
    "DROP TRIGGER IF EXISTS prospect_words_added",
    "DROP TRIGGER IF EXISTS prospect_words_removed",
    "DROP TRIGGER IF EXISTS prospect_words_changed",
    "DROP TABLE IF EXISTS ringback_prospect_words",
)
POSTGRESQL_BACK = ("DROP INDEX IF EXISTS prospect_words",)


def index_words(_apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def forget_words(_apps, schema_editor):
    for statement in SQLITE_BACK if schema_editor.connection.vendor == "sqlite" else POSTGRESQL_BACK:
        schema_editor.execute(statement)
