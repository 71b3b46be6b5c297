"""Reads what people write as telephone numbers, mail addresses, names, countries and zones."""

from ringback.adapters.contacts.emails import read_emails
from ringback.adapters.contacts.names import join_name, split_name
from ringback.adapters.contacts.phones import read_phones
from ringback.adapters.contacts.places import country_code, state_code
from ringback.adapters.contacts.zones import zone_for
from ringback.domain.importing import Readers

READERS = Readers(
    phones=read_phones,
    emails=read_emails,
    split_name=split_name,
    join_name=join_name,
    country=country_code,
    state_code=state_code,
    zone=zone_for,
)

__all__ = ["READERS"]
