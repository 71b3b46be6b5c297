"""What a column can mean, in words, in the order in which people look for it."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ringback.domain.column_words import Field
from ringback.domain.columns import Sureness

FIELDS: dict[str, str | Promise] = {
    Field.FULL_NAME: _("Full name"),
    Field.FIRST_NAME: _("First name"),
    Field.MIDDLE_NAME: _("Middle name"),
    Field.LAST_NAME: _("Last name"),
    Field.NAME_PREFIX: _("Title before the name"),
    Field.NAME_SUFFIX: _("Suffix after the name"),
    Field.COMPANY: _("Company"),
    Field.JOB_TITLE: _("Job title"),
    Field.PHONE: _("Telephone"),
    Field.PHONE_MOBILE: _("Telephone, mobile"),
    Field.PHONE_WORK: _("Telephone, work"),
    Field.PHONE_HOME: _("Telephone, home"),
    Field.EMAIL: _("E-mail"),
    Field.WEBSITE: _("Website"),
    Field.LINKEDIN: _("LinkedIn profile"),
    Field.STREET: _("Street"),
    Field.POSTAL_CODE: _("Postal code"),
    Field.CITY: _("City"),
    Field.STATE: _("State or province"),
    Field.COUNTRY: _("Country"),
    Field.TIME_ZONE: _("Time zone"),
    Field.LANGUAGE: _("Language"),
    Field.VALUE: _("Expected value"),
    Field.TEMPERATURE: _("Warm or cold"),
    Field.QUALIFIED: _("Qualified"),
    Field.STATUS: _("Status"),
    Field.SOURCE: _("Source"),
    Field.OWNER: _("Owner"),
    Field.NOTES: _("Notes"),
    Field.TAGS: _("Tags"),
    Field.LAST_CONTACTED: _("Last contacted"),
    Field.DO_NOT_CALL: _("Do not call"),
    Field.EXTERNAL_ID: _("Number in another program"),
}

SURENESS: dict[str, str | Promise] = {
    Sureness.CHOSEN: _("chosen"),
    Sureness.EXACT: _("certain"),
    Sureness.LIKELY: _("likely"),
    Sureness.CONTENT: _("by its content"),
    Sureness.NONE: _("not known"),
}
