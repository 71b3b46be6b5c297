"""What of a row depends on the columns alone, worked out once for a million rows."""

from __future__ import annotations

from collections.abc import Sequence

from ringback.domain.column_words import Field
from ringback.domain.columns import MANY, Column
from ringback.domain.importing import Expectations, Readers

_PHONE_LABELS = {
    Field.PHONE: "",
    Field.PHONE_MOBILE: "mobile",
    Field.PHONE_WORK: "work",
    Field.PHONE_HOME: "home",
}


class Places:
    """Where each single value stands in a row. -1, for what the list lacks, is the empty cell put behind the last."""

    def __init__(self, columns: Sequence[Column]) -> None:
        known = {column.field: column.index for column in columns}

        def place(field: Field) -> int:
            return known.get(field, -1)

        self.full_name = place(Field.FULL_NAME)
        self.first_name = place(Field.FIRST_NAME)
        self.middle_name = place(Field.MIDDLE_NAME)
        self.last_name = place(Field.LAST_NAME)
        self.name_prefix = place(Field.NAME_PREFIX)
        self.name_suffix = place(Field.NAME_SUFFIX)
        self.company = place(Field.COMPANY)
        self.job_title = place(Field.JOB_TITLE)
        self.website = place(Field.WEBSITE)
        self.linkedin = place(Field.LINKEDIN)
        self.street = place(Field.STREET)
        self.city = place(Field.CITY)
        self.state = place(Field.STATE)
        self.postal_code = place(Field.POSTAL_CODE)
        self.country = place(Field.COUNTRY)
        self.time_zone = place(Field.TIME_ZONE)
        self.language = place(Field.LANGUAGE)
        self.value = place(Field.VALUE)
        self.temperature = place(Field.TEMPERATURE)
        self.status = place(Field.STATUS)
        self.source = place(Field.SOURCE)
        self.owner = place(Field.OWNER)
        self.last_contacted = place(Field.LAST_CONTACTED)
        self.external_id = place(Field.EXTERNAL_ID)
        self.do_not_call = place(Field.DO_NOT_CALL)
        self.qualified = place(Field.QUALIFIED)


class RowPlan:
    """Where everything stands, what the person who imports said, and what reads the cells."""

    def __init__(self, columns: Sequence[Column], readers: Readers, expected: Expectations) -> None:
        self.readers = readers
        self.expected = expected
        self.headers = [column.header for column in columns]
        self.width = len(columns)
        self.at = Places([column for column in columns if column.field not in MANY])
        self.phones = [
            (column.index, _PHONE_LABELS[column.field], -1 if column.kind_column is None else column.kind_column)
            for column in columns
            if column.field in _PHONE_LABELS
        ]
        self.emails = _indexes(columns, Field.EMAIL)
        self.notes = _indexes(columns, Field.NOTES)
        self.tags = _indexes(columns, Field.TAGS)
        labels = {column.kind_column for column in columns}
        self.others = [column.index for column in columns if column.field is None and column.index not in labels]


def _indexes(columns: Sequence[Column], field: Field) -> list[int]:
    return [column.index for column in columns if column.field is field]
