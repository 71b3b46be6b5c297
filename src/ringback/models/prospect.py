"""People worth talking to."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from ringback.domain.readiness import Known, Readiness
from ringback.domain.vocabulary import FirstContact, ProspectState, Qualification, Temperature
from ringback.models.fields import one_of, word
from ringback.models.team import User


class Company(models.Model):
    name = models.CharField(max_length=200)
    match_name = models.CharField(max_length=200, db_index=True, help_text="Case-folded name, for finding it again.")
    industry = models.CharField(max_length=120, blank=True)
    website = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name_plural = "companies"

    def __str__(self) -> str:
        return self.name


class Prospect(models.Model):
    """A person worth talking to. `value` is the expected worth in whole units of the workspace's currency.

    `known_answers` and `wanted_by` sum up what they have said on the telephone, for the order of the queue.
    """

    first_name = models.CharField(max_length=120, blank=True)
    last_name = models.CharField(max_length=160, blank=True)
    shown_name = models.CharField(max_length=300)
    search_text = models.CharField(max_length=520, blank=True, help_text="Name and company, no capitals, no accents.")
    job_title = models.CharField(max_length=200, blank=True)
    company = models.ForeignKey(Company, on_delete=models.PROTECT, null=True, blank=True, related_name="people")
    company_name = models.CharField(max_length=200, blank=True, help_text="Beside the key, so that lists need no join.")
    # The indexes that begin with these keys serve for them too: here, and wherever db_index is off.
    owner = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="prospects", db_index=False
    )

    zone = models.CharField(max_length=64, blank=True, help_text="IANA name; blank while it is not known.")
    possible_zones = models.JSONField(default=list, blank=True)
    region = models.CharField(max_length=16, blank=True, help_text="Holiday region such as DE-BY.")
    language = models.CharField(max_length=10, blank=True)
    street = models.CharField(max_length=300, blank=True)
    city = models.CharField(max_length=120, blank=True)
    postal_code = models.CharField(max_length=20, blank=True)
    state_name = models.CharField(max_length=120, blank=True)
    country = models.CharField(max_length=2, blank=True)

    temperature = word(Temperature, Temperature.COLD)
    first_contact = word(FirstContact, FirstContact.NONE)
    qualification = word(Qualification, Qualification.UNKNOWN)
    value = models.PositiveBigIntegerField(default=0)
    known_answers = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Bits of `readiness.Known`.")
    wanted_by = models.DateField(null=True, blank=True, help_text="By when they want it, read out of their words.")
    state = word(ProspectState, ProspectState.OPEN)
    close_reason = models.CharField(max_length=300, blank=True)
    conversations = models.PositiveIntegerField(default=0)
    proposal_sent_on = models.DateField(null=True, blank=True)
    # NULL, since SQLite would rebuild the table and lose its triggers for a column that may not be.
    talk_about = models.CharField(  # noqa: DJ001
        max_length=300, null=True, blank=True, help_text="Why we speak again, while no appointment says it."
    )
    source = models.CharField(max_length=160, blank=True)
    external_id = models.CharField(max_length=120, blank=True)
    notes = models.TextField(blank=True)
    tags = models.JSONField(default=list, blank=True)
    custom = models.JSONField(
        default=dict, blank=True, help_text="Columns of an import that have no place of their own."
    )
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged")
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=one_of("temperature", Temperature), name="prospect_temperature"),
            models.CheckConstraint(condition=one_of("first_contact", FirstContact), name="prospect_first_contact"),
            models.CheckConstraint(condition=one_of("qualification", Qualification), name="prospect_qualification"),
            models.CheckConstraint(condition=one_of("state", ProspectState), name="prospect_state"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["owner", "shown_name", "id"], name="prospect_by_owner"),
            models.Index(fields=["shown_name", "id"], name="prospect_by_name"),
            models.Index(fields=["value", "id"], name="prospect_by_value"),
            models.Index(fields=["external_id"], name="prospect_by_external_id", condition=~Q(external_id="")),
        ]

    def __str__(self) -> str:
        return self.shown_name

    @property
    def zones(self) -> tuple[str, ...]:
        """The zone, or all that the number or address allows; empty when nothing is known."""
        return (self.zone,) if self.zone else tuple(self.possible_zones)

    @property
    def readiness(self) -> Readiness:
        return Readiness(Known(self.known_answers or 0), self.wanted_by)

    @property
    def has_address(self) -> bool:
        return bool(self.street and (self.city or self.postal_code))


class ContactPoint(models.Model):
    """One way to reach a prospect. `value` is normalised (E.164, lower-case address); `shown` is as it was given."""

    PHONE, EMAIL, PROFILE, WEBSITE = "phone", "email", "profile", "website"
    KINDS = ((PHONE, "phone"), (EMAIL, "e-mail"), (PROFILE, "profile"), (WEBSITE, "website"))

    prospect = models.ForeignKey(Prospect, on_delete=models.CASCADE, related_name="contact_points", db_index=False)
    kind = models.CharField(max_length=8, choices=KINDS)
    value = models.CharField(max_length=320)
    shown = models.CharField(max_length=320, blank=True)
    extension = models.CharField(max_length=12, blank=True)
    label = models.CharField(max_length=40, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    failed_at = models.DateTimeField(null=True, blank=True, help_text="When it was found not to work.")

    class Meta:
        ordering: ClassVar[list[str]] = ["position", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["prospect", "kind", "value"], name="contact_point_once"),
            models.CheckConstraint(
                condition=Q(kind__in=["phone", "email", "profile", "website"]), name="contact_point_kind"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["value", "kind"], name="contact_point_by_value")]

    def __str__(self) -> str:
        return self.shown or self.value
