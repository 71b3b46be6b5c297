"""The tables as they were after the first nine migrations, made at once: for a new house it takes a tenth of the time.

A house that has some of the nine goes through the rest of them.
"""

import datetime
import django.contrib.auth.models
import django.contrib.auth.validators
import django.db.models.deletion
import django.utils.timezone
import ringback.models.appointment
import ringback.models.workspace
from django.conf import settings
from django.db import migrations, models

from ringback.migrations._search_words import forget_words, index_words


class Migration(migrations.Migration):
    replaces = [
        ("ringback", "0001_initial"),
        ("ringback", "0002_search_words"),
        ("ringback", "0003_queue_by_zone"),
        ("ringback", "0004_search_without_accents"),
        ("ringback", "0005_mail"),
        ("ringback", "0006_article_choice"),
        ("ringback", "0007_outbox_by_mailbox"),
        ("ringback", "0008_call_maps"),
        ("ringback", "0009_reading_trouble"),
    ]

    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="Company",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200)),
                (
                    "match_name",
                    models.CharField(
                        db_index=True, help_text="Case-folded name, for finding it again.", max_length=200
                    ),
                ),
                ("industry", models.CharField(blank=True, max_length=120)),
                ("website", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "verbose_name_plural": "companies",
            },
        ),
        migrations.CreateModel(
            name="Objection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=500)),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "open"), ("real", "real"), ("false", "false"), ("resolved", "resolved")],
                        default="open",
                        max_length=24,
                    ),
                ),
                ("raised_at", models.DateTimeField()),
                ("card", models.CharField(blank=True, max_length=60)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "real", "false", "resolved"])), name="objection_state"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Team",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "username",
                    models.CharField(
                        error_messages={"unique": "A user with that username already exists."},
                        help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.",
                        max_length=150,
                        unique=True,
                        validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                        verbose_name="username",
                    ),
                ),
                ("first_name", models.CharField(blank=True, max_length=150, verbose_name="first name")),
                ("last_name", models.CharField(blank=True, max_length=150, verbose_name="last name")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="email address")),
                (
                    "is_staff",
                    models.BooleanField(
                        default=False,
                        help_text="Designates whether the user can log into this admin site.",
                        verbose_name="staff status",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                        verbose_name="active",
                    ),
                ),
                ("date_joined", models.DateTimeField(default=django.utils.timezone.now, verbose_name="date joined")),
                (
                    "role",
                    models.CharField(
                        choices=[("rep", "rep"), ("manager", "manager"), ("admin", "admin")],
                        default="rep",
                        max_length=24,
                    ),
                ),
                ("zone", models.CharField(default="UTC", max_length=64)),
                ("phone", models.CharField(blank=True, max_length=40)),
                ("daily_goal", models.PositiveSmallIntegerField(default=40)),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="members",
                        to="ringback.team",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("role__in", ["rep", "manager", "admin"])), name="user_role"
                    )
                ],
            },
            managers=[
                ("objects", django.contrib.auth.models.UserManager()),
            ],
        ),
        migrations.CreateModel(
            name="Appointment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts_at", models.DateTimeField()),
                ("zone", models.CharField(max_length=64)),
                ("reason", models.CharField(max_length=500)),
                ("agenda", models.TextField(blank=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("agreed", "agreed"),
                            ("kept", "kept"),
                            ("missed", "missed"),
                            ("cancelled", "cancelled"),
                        ],
                        default="agreed",
                        max_length=24,
                    ),
                ),
                ("uid", models.CharField(default=ringback.models.appointment.calendar_uid, max_length=80, unique=True)),
                ("sequence", models.PositiveIntegerField(default=0)),
                ("agreed_at", models.DateTimeField()),
                (
                    "rep",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appointments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "agreed")), fields=["rep", "starts_at"], name="appointments_ahead"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["agreed", "kept", "missed", "cancelled"])),
                        name="appointment_state",
                    ),
                    models.CheckConstraint(condition=models.Q(("zone", ""), _negated=True), name="appointment_zone"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Arrangement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("event", models.CharField(max_length=40)),
                ("key", models.CharField(max_length=80)),
                ("because_rule", models.CharField(max_length=8)),
                ("because_text", models.CharField(max_length=500)),
                ("summary", models.JSONField(default=dict)),
                ("journal", models.JSONField(default=list)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="arrangements",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "undone_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("key",), name="arrangement_key_once")],
            },
        ),
        migrations.CreateModel(
            name="Article",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200)),
                (
                    "promise",
                    models.CharField(
                        blank=True, help_text="What the reader gets, for the subject (A7).", max_length=200
                    ),
                ),
                ("topics", models.JSONField(default=list)),
                ("language", models.CharField(blank=True, help_text="Blank: fits any.", max_length=10)),
                ("link", models.CharField(blank=True, max_length=1000)),
                ("text", models.TextField(blank=True)),
                ("file_name", models.CharField(blank=True, max_length=255)),
                ("content_type", models.CharField(blank=True, max_length=100)),
                ("size", models.PositiveBigIntegerField(default=0)),
                ("stored_as", models.CharField(blank=True, max_length=80)),
                ("added_at", models.DateTimeField()),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="articles",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("link", ""), ("stored_as", ""), ("text", ""), _negated=True),
                        name="article_holds_something",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CadenceVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80)),
                ("version", models.PositiveIntegerField()),
                ("title", models.CharField(max_length=160)),
                ("document", models.JSONField()),
                ("built_in", models.BooleanField(default=False)),
                ("published_at", models.DateTimeField()),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
                (
                    "published_by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("name", "version"), name="cadence_version_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("retired_at", None)), fields=("name",), name="one_current_version"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Call",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "direction",
                    models.CharField(choices=[("out", "outbound"), ("in", "inbound")], default="out", max_length=3),
                ),
                ("at", models.DateTimeField(help_text="When it was dialled.")),
                ("ended_at", models.DateTimeField()),
                ("phone", models.CharField(blank=True, max_length=320)),
                (
                    "machine",
                    models.CharField(
                        choices=[
                            ("answered", "answered"),
                            ("no_answer", "no answer"),
                            ("voicemail", "voicemail"),
                            ("busy", "busy"),
                            ("failed", "failed"),
                        ],
                        max_length=24,
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("appointment", "appointment"),
                            ("call_back", "call back"),
                            ("they_call", "they call"),
                            ("thinking", "thinking"),
                            ("send_information", "send information"),
                            ("not_now", "not now"),
                            ("gatekeeper", "gatekeeper"),
                            ("wrong_person", "wrong person"),
                            ("won", "won"),
                            ("lost", "lost"),
                            ("opt_out", "opt out"),
                        ],
                        max_length=24,
                    ),
                ),
                (
                    "mood",
                    models.CharField(
                        blank=True, choices=[("good", "good"), ("neutral", "neutral"), ("bad", "bad")], max_length=24
                    ),
                ),
                ("notes", models.TextField(blank=True)),
                ("agreed_for", models.DateTimeField(blank=True, null=True)),
                ("in_agreed_ladder", models.BooleanField(default=False, help_text="Exempt from the weekly limit.")),
                (
                    "rep",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="calls", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["rep", "at"], name="calls_of_rep")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("machine__in", ["answered", "no_answer", "voicemail", "busy", "failed"])),
                        name="call_machine",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "outcome__in",
                                [
                                    "appointment",
                                    "call_back",
                                    "they_call",
                                    "thinking",
                                    "send_information",
                                    "not_now",
                                    "gatekeeper",
                                    "wrong_person",
                                    "won",
                                    "lost",
                                    "opt_out",
                                    "",
                                ],
                            )
                        ),
                        name="call_outcome",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("mood__in", ["good", "neutral", "bad", ""])), name="call_mood"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("machine", "answered"), models.Q(("outcome", ""), _negated=True)),
                            models.Q(models.Q(("machine", "answered"), _negated=True), ("outcome", "")),
                            _connector="OR",
                        ),
                        name="call_answered_has_outcome",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CallMapVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80)),
                ("language", models.CharField(max_length=10)),
                ("version", models.PositiveIntegerField()),
                ("title", models.CharField(max_length=160)),
                (
                    "occasion",
                    models.CharField(
                        choices=[
                            ("first_warm", "first warm"),
                            ("first_cold", "first cold"),
                            ("proposal", "proposal"),
                            ("recommendation", "recommendation"),
                            ("inbound", "inbound"),
                            ("gatekeeper", "gatekeeper"),
                            ("reengagement", "reengagement"),
                            ("voicemail", "voicemail"),
                        ],
                        max_length=24,
                    ),
                ),
                ("document", models.JSONField()),
                ("built_in", models.BooleanField(default=False)),
                ("published_at", models.DateTimeField()),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
                (
                    "published_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("name", "language", "version"), name="call_map_version_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("retired_at", None)),
                        fields=("name", "language"),
                        name="one_current_call_map",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "occasion__in",
                                [
                                    "first_warm",
                                    "first_cold",
                                    "proposal",
                                    "recommendation",
                                    "inbound",
                                    "gatekeeper",
                                    "reengagement",
                                    "voicemail",
                                ],
                            )
                        ),
                        name="call_map_occasion",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Enrollment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[("running", "running"), ("paused", "paused"), ("finished", "finished")],
                        default="running",
                        max_length=24,
                    ),
                ),
                ("step_id", models.CharField(max_length=60)),
                ("repetition", models.PositiveIntegerField(default=1)),
                ("rung_attempt", models.PositiveIntegerField(default=1)),
                ("planned_at", models.DateTimeField(help_text="The rung's unshifted day.")),
                ("due_at", models.DateTimeField(help_text="The rung's moment inside the window.")),
                (
                    "anchor_at",
                    models.DateTimeField(
                        blank=True, help_text="Planned moment that monthly rungs count from.", null=True
                    ),
                ),
                ("attempts", models.PositiveIntegerField(default=0)),
                ("messages_left", models.PositiveIntegerField(default=0)),
                ("started_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                (
                    "finish_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("reached", "reached"),
                            ("exhausted", "exhausted"),
                            ("handed_over", "handed over"),
                            ("appointment", "appointment"),
                            ("replied", "replied"),
                            ("stopped", "stopped"),
                            ("closed", "closed"),
                            ("opted_out", "opted out"),
                            ("moved", "moved"),
                        ],
                        max_length=24,
                    ),
                ),
                (
                    "cadence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="enrollments",
                        to="ringback.cadenceversion",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["running", "paused", "finished"])), name="enrollment_state"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("finished_at__isnull", False),
                                ("state", "finished"),
                                models.Q(("finish_reason", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "finished"), _negated=True),
                                ("finish_reason", ""),
                                ("finished_at", None),
                            ),
                            _connector="OR",
                        ),
                        name="enrollment_finished_with_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=80, unique=True)),
                ("at", models.DateTimeField()),
                ("file_name", models.CharField(max_length=300)),
                ("stored_as", models.CharField(blank=True, max_length=300)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("running", "running"),
                            ("done", "done"),
                            ("failed", "failed"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("mapping", models.JSONField(default=dict)),
                ("options", models.JSONField(default=dict)),
                ("counts", models.JSONField(default=dict)),
                ("bytes_total", models.BigIntegerField(default=0)),
                ("bytes_done", models.BigIntegerField(default=0)),
                ("message", models.TextField(blank=True)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="imports", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ImportFinding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("line", models.PositiveIntegerField()),
                ("field", models.CharField(blank=True, max_length=120)),
                ("severity", models.CharField(max_length=8)),
                ("message", models.CharField(max_length=500)),
                ("value", models.CharField(blank=True, max_length=300)),
                (
                    "run",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="findings",
                        to="ringback.importrun",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["run", "line"], name="findings_by_line")],
            },
        ),
        migrations.CreateModel(
            name="Mailbox",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("address", models.CharField(max_length=320)),
                ("from_name", models.CharField(max_length=160)),
                ("signature", models.TextField(blank=True)),
                (
                    "provider",
                    models.CharField(blank=True, help_text="A provider's name; blank for SMTP.", max_length=40),
                ),
                ("smtp_host", models.CharField(blank=True, max_length=255)),
                ("smtp_port", models.PositiveIntegerField(default=587)),
                (
                    "smtp_security",
                    models.CharField(
                        choices=[("none", "none"), ("starttls", "STARTTLS"), ("tls", "TLS")],
                        default="starttls",
                        max_length=8,
                    ),
                ),
                ("username", models.CharField(blank=True, max_length=320)),
                ("secret", models.TextField(blank=True)),
                (
                    "imap_host",
                    models.CharField(blank=True, help_text="Blank: what comes in is not read.", max_length=255),
                ),
                ("imap_port", models.PositiveIntegerField(default=993)),
                (
                    "imap_security",
                    models.CharField(
                        choices=[("none", "none"), ("starttls", "STARTTLS"), ("tls", "TLS")],
                        default="tls",
                        max_length=8,
                    ),
                ),
                ("imap_username", models.CharField(blank=True, max_length=320)),
                ("imap_secret", models.TextField(blank=True)),
                ("inbox_folder", models.CharField(default="INBOX", max_length=255)),
                (
                    "sent_folder",
                    models.CharField(blank=True, help_text="Where copies go; blank for none.", max_length=255),
                ),
                (
                    "plus_address",
                    models.BooleanField(default=False, help_text="Whether address+token@… reaches this mailbox."),
                ),
                ("per_minute", models.PositiveIntegerField(default=20, help_text="0: no limit.")),
                ("per_day", models.PositiveIntegerField(default=400, help_text="In any 24 hours; 0: no limit.")),
                ("created_at", models.DateTimeField()),
                ("paused_at", models.DateTimeField(blank=True, null=True)),
                ("paused_because", models.CharField(blank=True, max_length=300)),
                (
                    "trouble",
                    models.CharField(
                        blank=True, help_text="What went wrong last, in words; blank if all is well.", max_length=500
                    ),
                ),
                ("trouble_at", models.DateTimeField(blank=True, null=True)),
                (
                    "troubles",
                    models.PositiveIntegerField(default=0, help_text="How often in a row it could not be reached."),
                ),
                (
                    "retry_at",
                    models.DateTimeField(blank=True, help_text="Nothing is tried before, after trouble.", null=True),
                ),
                ("uid_validity", models.PositiveBigIntegerField(blank=True, null=True)),
                ("last_uid", models.PositiveBigIntegerField(default=0)),
                ("read_at", models.DateTimeField(blank=True, help_text="When the inbox was last read.", null=True)),
                (
                    "reading_trouble",
                    models.CharField(
                        blank=True,
                        help_text="Why the inbox could not be read last, in words; blank if all is well.",
                        max_length=500,
                    ),
                ),
                ("reading_trouble_at", models.DateTimeField(blank=True, null=True)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mailboxes",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "mailboxes",
                "indexes": [
                    models.Index(condition=models.Q(("paused_at", None)), fields=["owner"], name="working_mailboxes")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("owner", "address"), name="mailbox_once"),
                    models.CheckConstraint(condition=models.Q(("address", ""), _negated=True), name="mailbox_address"),
                ],
            },
        ),
        migrations.CreateModel(
            name="MailText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=160)),
                ("language", models.CharField(max_length=10)),
                ("version", models.PositiveIntegerField()),
                ("subject", models.CharField(max_length=400)),
                ("body", models.TextField()),
                ("built_in", models.BooleanField(default=False)),
                ("published_at", models.DateTimeField()),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mail_texts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("owner", None)),
                        fields=("key", "language", "version"),
                        name="house_text_version_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("owner__isnull", False)),
                        fields=("key", "language", "owner", "version"),
                        name="own_text_version_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("owner", None), ("retired_at", None)),
                        fields=("key", "language"),
                        name="one_current_house_text",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("owner__isnull", False), ("retired_at", None)),
                        fields=("key", "language", "owner"),
                        name="one_current_own_text",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ObjectionChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "before",
                    models.CharField(
                        choices=[("open", "open"), ("real", "real"), ("false", "false"), ("resolved", "resolved")],
                        max_length=24,
                    ),
                ),
                (
                    "after",
                    models.CharField(
                        choices=[("open", "open"), ("real", "real"), ("false", "false"), ("resolved", "resolved")],
                        max_length=24,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("words", models.CharField(blank=True, max_length=500)),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "objection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="changes", to="ringback.objection"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("before__in", ["open", "real", "false", "resolved"])),
                        name="objection_change_before",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("after__in", ["open", "real", "false", "resolved"])),
                        name="objection_change_after",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OwnWording",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("map_name", models.CharField(max_length=80)),
                ("language", models.CharField(max_length=10)),
                ("node", models.CharField(max_length=60)),
                ("text", models.TextField()),
                ("instead_of", models.TextField(blank=True)),
                ("written_at", models.DateTimeField()),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="own_wordings",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("owner", "map_name", "language", "node"), name="own_wording_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Pause",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("until", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "enrollment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="pauses", to="ringback.enrollment"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)), fields=("enrollment",), name="one_running_pause"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Prospect",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first_name", models.CharField(blank=True, max_length=120)),
                ("last_name", models.CharField(blank=True, max_length=160)),
                ("shown_name", models.CharField(max_length=300)),
                (
                    "search_text",
                    models.CharField(
                        blank=True, help_text="Name and company, no capitals, no accents.", max_length=520
                    ),
                ),
                ("job_title", models.CharField(blank=True, max_length=200)),
                (
                    "company_name",
                    models.CharField(
                        blank=True, help_text="Beside the key, so that lists need no join.", max_length=200
                    ),
                ),
                (
                    "zone",
                    models.CharField(blank=True, help_text="IANA name; blank while it is not known.", max_length=64),
                ),
                ("possible_zones", models.JSONField(blank=True, default=list)),
                ("region", models.CharField(blank=True, help_text="Holiday region such as DE-BY.", max_length=16)),
                ("language", models.CharField(blank=True, max_length=10)),
                ("street", models.CharField(blank=True, max_length=300)),
                ("city", models.CharField(blank=True, max_length=120)),
                ("postal_code", models.CharField(blank=True, max_length=20)),
                ("state_name", models.CharField(blank=True, max_length=120)),
                ("country", models.CharField(blank=True, max_length=2)),
                (
                    "temperature",
                    models.CharField(choices=[("warm", "warm"), ("cold", "cold")], default="cold", max_length=24),
                ),
                (
                    "first_contact",
                    models.CharField(
                        choices=[("none", "none"), ("live", "live"), ("voicemail", "voicemail")],
                        default="none",
                        max_length=24,
                    ),
                ),
                (
                    "qualification",
                    models.CharField(
                        choices=[("unknown", "unknown"), ("qualified", "qualified"), ("unqualified", "unqualified")],
                        default="unknown",
                        max_length=24,
                    ),
                ),
                ("value", models.PositiveBigIntegerField(default=0)),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "open"), ("won", "won"), ("closed", "closed")], default="open", max_length=24
                    ),
                ),
                ("close_reason", models.CharField(blank=True, max_length=300)),
                ("conversations", models.PositiveIntegerField(default=0)),
                ("proposal_sent_on", models.DateField(blank=True, null=True)),
                ("source", models.CharField(blank=True, max_length=160)),
                ("external_id", models.CharField(blank=True, max_length=120)),
                ("notes", models.TextField(blank=True)),
                ("tags", models.JSONField(blank=True, default=list)),
                (
                    "custom",
                    models.JSONField(
                        blank=True, default=dict, help_text="Columns of an import that have no place of their own."
                    ),
                ),
                ("created_at", models.DateTimeField()),
                (
                    "company",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="people",
                        to="ringback.company",
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged",
                        to="ringback.prospect",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="prospects",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["owner", "shown_name", "id"], name="prospect_by_owner"),
                    models.Index(fields=["shown_name", "id"], name="prospect_by_name"),
                    models.Index(
                        condition=models.Q(("external_id", ""), _negated=True),
                        fields=["external_id"],
                        name="prospect_by_external_id",
                    ),
                    models.Index(fields=["value", "id"], name="prospect_by_value"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("temperature__in", ["warm", "cold"])), name="prospect_temperature"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("first_contact__in", ["none", "live", "voicemail"])),
                        name="prospect_first_contact",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("qualification__in", ["unknown", "qualified", "unqualified"])),
                        name="prospect_qualification",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "won", "closed"])), name="prospect_state"
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="objection",
            name="prospect",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="objections", to="ringback.prospect"
            ),
        ),
        migrations.CreateModel(
            name="Need",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=500)),
                ("learned_at", models.DateTimeField()),
                (
                    "prospect",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="needs", to="ringback.prospect"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "situation",
                    models.CharField(
                        choices=[
                            ("confirmation", "confirmation"),
                            ("change", "change"),
                            ("cancellation", "cancellation"),
                            ("thank_you", "thank you"),
                            ("reminder", "reminder"),
                            ("summary", "summary"),
                            ("step", "step"),
                            ("rebook", "rebook"),
                            ("own", "own"),
                            ("trial", "trial"),
                        ],
                        max_length=24,
                    ),
                ),
                ("language", models.CharField(default="en", max_length=10)),
                ("message_id", models.CharField(max_length=250, unique=True)),
                ("in_reply_to", models.CharField(blank=True, max_length=250)),
                ("references", models.TextField(blank=True)),
                ("to_address", models.CharField(max_length=320)),
                ("to_name", models.CharField(blank=True, max_length=300)),
                ("subject", models.CharField(max_length=400)),
                ("text", models.TextField()),
                ("html", models.TextField(blank=True)),
                ("invitation", models.TextField(blank=True, help_text="The calendar part, as it will be sent.")),
                ("invitation_method", models.CharField(blank=True, max_length=10)),
                (
                    "one_click",
                    models.BooleanField(default=False, help_text="Carries a one-click unsubscribe (RFC 8058)."),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "queued"),
                            ("sending", "sending"),
                            ("sent", "sent"),
                            ("failed", "failed"),
                            ("unknown", "unknown"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="queued",
                        max_length=24,
                    ),
                ),
                ("due_at", models.DateTimeField()),
                ("latest_at", models.DateTimeField(blank=True, null=True)),
                ("attempts", models.PositiveIntegerField(default=0)),
                ("fence", models.PositiveIntegerField(default=0)),
                ("lease_until", models.DateTimeField(blank=True, null=True)),
                (
                    "answer",
                    models.CharField(
                        blank=True, help_text="What was said last: the server's words, or ours.", max_length=500
                    ),
                ),
                ("created_at", models.DateTimeField()),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "copied_at",
                    models.DateTimeField(blank=True, help_text="When the copy went into the Sent folder.", null=True),
                ),
                (
                    "confirmed_at",
                    models.DateTimeField(blank=True, help_text="When they confirmed a summary (D1).", null=True),
                ),
                ("confirmed_by", models.CharField(blank=True, help_text="“link” or “reply”.", max_length=8)),
                (
                    "appointment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="messages",
                        to="ringback.appointment",
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="messages",
                        to="ringback.article",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "mailbox",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="messages",
                        to="ringback.mailbox",
                    ),
                ),
                (
                    "prospect",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="messages",
                        to="ringback.prospect",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "queued")), fields=["mailbox", "due_at", "id"], name="messages_due"
                    ),
                    models.Index(
                        condition=models.Q(("state", "sending")), fields=["lease_until"], name="messages_under_way"
                    ),
                    models.Index(
                        condition=models.Q(("state", "sent")), fields=["mailbox", "settled_at"], name="messages_sent"
                    ),
                    models.Index(fields=["prospect", "-id"], name="messages_of_prospect"),
                    models.Index(
                        condition=models.Q(("state__in", ["failed", "unknown"])),
                        fields=["mailbox", "settled_at"],
                        name="messages_to_look_at",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["queued", "sending", "sent", "failed", "unknown", "withdrawn"])
                        ),
                        name="message_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "situation__in",
                                [
                                    "confirmation",
                                    "change",
                                    "cancellation",
                                    "thank_you",
                                    "reminder",
                                    "summary",
                                    "step",
                                    "rebook",
                                    "own",
                                    "trial",
                                ],
                            )
                        ),
                        name="message_situation",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("lease_until__isnull", False), ("state", "sending")),
                            models.Q(("state", "sending"), _negated=True),
                            _connector="OR",
                        ),
                        name="message_lease",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("article__isnull", False), models.Q(("state__in", ["withdrawn", "failed"]), _negated=True)
                        ),
                        fields=("prospect", "article"),
                        name="article_once_per_prospect",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Interest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=200)),
                ("learned_at", models.DateTimeField()),
                (
                    "prospect",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="interests", to="ringback.prospect"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="IncomingMail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid_validity", models.PositiveBigIntegerField()),
                ("uid", models.PositiveBigIntegerField()),
                ("message_id", models.CharField(blank=True, max_length=250)),
                ("written_at", models.DateTimeField(blank=True, help_text="Its own Date header.", null=True)),
                ("taken_at", models.DateTimeField()),
                ("from_address", models.CharField(blank=True, max_length=320)),
                ("from_name", models.CharField(blank=True, max_length=300)),
                ("subject", models.CharField(blank=True, max_length=400)),
                ("new_text", models.TextField(blank=True)),
                ("text", models.TextField(blank=True)),
                ("html", models.TextField(blank=True)),
                (
                    "attachments",
                    models.JSONField(blank=True, default=list, help_text="Names and sizes; their content is not kept."),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("bounce", "bounce"),
                            ("complaint", "complaint"),
                            ("calendar_answer", "calendar answer"),
                            ("out_of_office", "out of office"),
                            ("left_company", "left company"),
                            ("remove_me", "remove me"),
                            ("reply", "reply"),
                            ("automatic", "automatic"),
                        ],
                        max_length=24,
                    ),
                ),
                ("because", models.CharField(max_length=300)),
                ("facts", models.JSONField(blank=True, default=dict)),
                (
                    "matched_by",
                    models.CharField(blank=True, help_text="What the prospect was recognised by.", max_length=24),
                ),
                (
                    "trouble",
                    models.CharField(
                        blank=True, help_text="Why nothing could follow from it; blank if all is well.", max_length=300
                    ),
                ),
                (
                    "corrected_from",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("bounce", "bounce"),
                            ("complaint", "complaint"),
                            ("calendar_answer", "calendar answer"),
                            ("out_of_office", "out of office"),
                            ("left_company", "left company"),
                            ("remove_me", "remove me"),
                            ("reply", "reply"),
                            ("automatic", "automatic"),
                        ],
                        max_length=24,
                    ),
                ),
                ("done_at", models.DateTimeField(blank=True, help_text="When somebody had looked at it.", null=True)),
                (
                    "arrangement",
                    models.ForeignKey(
                        blank=True,
                        help_text="What followed.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="incoming",
                        to="ringback.arrangement",
                    ),
                ),
                (
                    "corrected_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "mailbox",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="incoming",
                        to="ringback.mailbox",
                    ),
                ),
                (
                    "answers",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="answered_by",
                        to="ringback.message",
                    ),
                ),
                (
                    "prospect",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="incoming",
                        to="ringback.prospect",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["mailbox", "-id"], name="inbox"),
                    models.Index(condition=models.Q(("done_at", None)), fields=["mailbox", "-id"], name="inbox_open"),
                    models.Index(
                        condition=models.Q(("prospect__isnull", False)),
                        fields=["prospect", "-id"],
                        name="incoming_of_prospect",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("mailbox", "uid_validity", "uid"), name="incoming_once_by_uid"),
                    models.UniqueConstraint(
                        condition=models.Q(("message_id", ""), _negated=True),
                        fields=("mailbox", "message_id"),
                        name="incoming_once_by_message_id",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "bounce",
                                    "complaint",
                                    "calendar_answer",
                                    "out_of_office",
                                    "left_company",
                                    "remove_me",
                                    "reply",
                                    "automatic",
                                ],
                            )
                        ),
                        name="incoming_kind",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GateDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                (
                    "choice",
                    models.CharField(choices=[("heeded", "heeded"), ("overridden", "overridden")], max_length=24),
                ),
                ("shut_by", models.JSONField(default=list)),
                ("reason", models.CharField(blank=True, max_length=500)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="gate_decisions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "call",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="gate_decision",
                        to="ringback.call",
                    ),
                ),
                (
                    "prospect",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="gate_decisions",
                        to="ringback.prospect",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["choice", "at"], name="gate_decisions_by_choice")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("choice__in", ["heeded", "overridden"])), name="gate_choice"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("choice", "overridden"), ("reason", ""), _negated=True),
                        name="gate_overridden_with_reason",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="enrollment",
            name="prospect",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="enrollments", to="ringback.prospect"
            ),
        ),
        migrations.CreateModel(
            name="ContactPoint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("phone", "phone"),
                            ("email", "e-mail"),
                            ("profile", "profile"),
                            ("website", "website"),
                        ],
                        max_length=8,
                    ),
                ),
                ("value", models.CharField(max_length=320)),
                ("shown", models.CharField(blank=True, max_length=320)),
                ("extension", models.CharField(blank=True, max_length=12)),
                ("label", models.CharField(blank=True, max_length=40)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("failed_at", models.DateTimeField(blank=True, help_text="When it was found not to work.", null=True)),
                (
                    "prospect",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contact_points",
                        to="ringback.prospect",
                    ),
                ),
            ],
            options={
                "ordering": ["position", "id"],
                "indexes": [models.Index(fields=["value", "kind"], name="contact_point_by_value")],
                "constraints": [
                    models.UniqueConstraint(fields=("prospect", "kind", "value"), name="contact_point_once"),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["phone", "email", "profile", "website"])),
                        name="contact_point_kind",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Commitment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("party", models.CharField(choices=[("us", "us"), ("them", "them")], default="us", max_length=24)),
                ("text", models.CharField(max_length=300)),
                ("due_on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "open"), ("kept", "kept"), ("broken", "broken"), ("dropped", "dropped")],
                        default="open",
                        max_length=24,
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "prospect",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="commitments", to="ringback.prospect"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("state", "open")), fields=["due_on"], name="open_commitments")
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("party__in", ["us", "them"])), name="commitment_party"),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "kept", "broken", "dropped"])),
                        name="commitment_state",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Circumstance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("need", "need"),
                            ("interest", "interest"),
                            ("objection", "objection"),
                            ("decision_maker", "decision maker"),
                            ("competitor", "competitor"),
                            ("budget", "budget"),
                            ("timing", "timing"),
                        ],
                        max_length=24,
                    ),
                ),
                ("text", models.CharField(max_length=500)),
                ("learned_at", models.DateTimeField()),
                (
                    "prospect",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="circumstances",
                        to="ringback.prospect",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["decision_maker", "competitor", "budget", "timing"])),
                        name="circumstance_kind",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="call",
            name="prospect",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="calls", to="ringback.prospect"
            ),
        ),
        migrations.AddField(
            model_name="arrangement",
            name="prospect",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="arrangements", to="ringback.prospect"
            ),
        ),
        migrations.AddField(
            model_name="appointment",
            name="prospect",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="appointments", to="ringback.prospect"
            ),
        ),
        migrations.CreateModel(
            name="Activity",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("verb", models.CharField(max_length=40)),
                ("text", models.CharField(max_length=1000)),
                ("rule", models.CharField(blank=True, max_length=8)),
                ("data", models.JSONField(blank=True, default=dict)),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "arrangement",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="activities",
                        to="ringback.arrangement",
                    ),
                ),
                (
                    "prospect",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="activities",
                        to="ringback.prospect",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "activities",
                "indexes": [models.Index(fields=["prospect", "-at", "-id"], name="timeline")],
            },
        ),
        migrations.CreateModel(
            name="Suppression",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("value", models.CharField(blank=True, max_length=320)),
                ("channel", models.CharField(blank=True, max_length=8)),
                ("reason", models.CharField(max_length=300)),
                ("proof", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                ("lifted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "prospect",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="suppressions",
                        to="ringback.prospect",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("lifted_at", None), models.Q(("value", ""), _negated=True)),
                        fields=["value"],
                        name="suppressed_values",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("prospect__isnull", False), models.Q(("value", ""), _negated=True), _connector="OR"
                        ),
                        name="suppression_of_somebody",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Touch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("appointment", "appointment"),
                            ("call_back", "call back"),
                            ("new_lead", "new lead"),
                            ("retry", "retry"),
                            ("cadence", "cadence"),
                            ("commitment", "commitment"),
                            ("confirmation", "confirmation"),
                            ("summary", "summary"),
                            ("thank_you", "thank you"),
                            ("reminder", "reminder"),
                            ("last_word", "last word"),
                            ("review", "review"),
                            ("find_number", "find number"),
                            ("cancellation", "cancellation"),
                        ],
                        max_length=24,
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("call", "call"),
                            ("email", "email"),
                            ("card", "card"),
                            ("chat", "chat"),
                            ("social", "social"),
                            ("visit", "visit"),
                            ("task", "task"),
                        ],
                        max_length=24,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "open"),
                            ("done", "done"),
                            ("cancelled", "cancelled"),
                            ("expired", "expired"),
                        ],
                        default="open",
                        max_length=24,
                    ),
                ),
                ("lane", models.PositiveSmallIntegerField()),
                ("value", models.PositiveBigIntegerField(default=0)),
                ("title", models.CharField(max_length=300)),
                ("step_id", models.CharField(blank=True, max_length=60)),
                ("repetition", models.PositiveIntegerField(default=1)),
                ("attempt", models.PositiveIntegerField(default=1)),
                ("planned_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("latest_at", models.DateTimeField(blank=True, null=True)),
                ("zone", models.CharField(max_length=64)),
                ("because_rule", models.CharField(max_length=8)),
                ("because_text", models.CharField(max_length=500)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "held",
                    models.CharField(blank=True, help_text="Why the worker could not do it by itself.", max_length=300),
                ),
                (
                    "appointment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="touches",
                        to="ringback.appointment",
                    ),
                ),
                (
                    "arrangement",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="touches",
                        to="ringback.arrangement",
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "commitment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="touches",
                        to="ringback.commitment",
                    ),
                ),
                (
                    "enrollment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="touches",
                        to="ringback.enrollment",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="touches",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "prospect",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="touches", to="ringback.prospect"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("latest_at__isnull", False), ("state", "open")),
                        fields=["latest_at"],
                        name="touch_expiry",
                    ),
                    models.Index(
                        condition=models.Q(("state", "open")),
                        fields=["owner", "lane", "due_at", "zone", "id"],
                        name="queue",
                    ),
                    models.Index(
                        condition=models.Q(("lane", 100), ("state", "open")),
                        fields=["due_at", "id"],
                        name="automatic_touches",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "open")),
                        fields=("enrollment",),
                        name="one_open_touch_per_enrollment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("channel__in", ["call", "email", "card", "chat", "social", "visit", "task"])
                        ),
                        name="touch_channel",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "done", "cancelled", "expired"])), name="touch_state"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("zone", ""), _negated=True), models.Q(("because_rule", ""), _negated=True)
                        ),
                        name="touch_says_where_and_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at", None), ("state", "open")),
                            models.Q(models.Q(("state", "open"), _negated=True), ("closed_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="touch_closed_at",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "appointment",
                                    "call_back",
                                    "new_lead",
                                    "retry",
                                    "cadence",
                                    "commitment",
                                    "confirmation",
                                    "summary",
                                    "thank_you",
                                    "reminder",
                                    "last_word",
                                    "review",
                                    "find_number",
                                    "cancellation",
                                ],
                            )
                        ),
                        name="touch_kind",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="message",
            name="touch",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="messages",
                to="ringback.touch",
            ),
        ),
        migrations.AddField(
            model_name="call",
            name="touch",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="call",
                to="ringback.touch",
            ),
        ),
        migrations.CreateModel(
            name="ArticleChoice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                (
                    "article",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ringback.article",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "touch",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="article_choice", to="ringback.touch"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Walk",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("path", models.JSONField()),
                ("edges", models.JSONField(default=list)),
                ("result", models.CharField(blank=True, max_length=24)),
                ("rehearsal", models.BooleanField(default=False)),
                ("seed", models.PositiveIntegerField(blank=True, null=True)),
                ("started_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField()),
                (
                    "call",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="walk",
                        to="ringback.call",
                    ),
                ),
                (
                    "map",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="walks", to="ringback.callmapversion"
                    ),
                ),
                (
                    "prospect",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="walks",
                        to="ringback.prospect",
                    ),
                ),
                (
                    "rep",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="walks", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["map", "rehearsal", "ended_at"], name="walks_of_map")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("call", None), ("prospect", None), ("rehearsal", True)),
                            models.Q(("prospect__isnull", False), ("rehearsal", False)),
                            _connector="OR",
                        ),
                        name="rehearsals_have_no_prospect",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "result__in",
                                [
                                    "",
                                    "appointment",
                                    "call_back",
                                    "they_call",
                                    "thinking",
                                    "send_information",
                                    "not_now",
                                    "gatekeeper",
                                    "wrong_person",
                                    "won",
                                    "lost",
                                    "opt_out",
                                    "no_answer",
                                    "voicemail",
                                    "busy",
                                    "failed",
                                ],
                            )
                        ),
                        name="walk_result",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Workspace",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("firm_name", models.CharField(blank=True, max_length=160)),
                ("zone", models.CharField(default="UTC", max_length=64)),
                ("region", models.CharField(blank=True, max_length=16)),
                ("currency", models.CharField(default="USD", max_length=3)),
                ("window_open", models.TimeField(default=datetime.time(9, 0))),
                ("window_close", models.TimeField(default=datetime.time(18, 0))),
                ("workdays", models.JSONField(default=ringback.models.workspace.weekdays)),
                ("calls_per_week", models.PositiveSmallIntegerField(default=3)),
                ("calls_per_day_part", models.PositiveSmallIntegerField(default=1)),
                ("talk_minutes", models.PositiveSmallIntegerField(default=10)),
                ("card_transit_days", models.PositiveSmallIntegerField(default=3)),
                ("reminder_at", models.TimeField(default=datetime.time(10, 0))),
                (
                    "language",
                    models.CharField(
                        default="en", help_text="Of mails to people whose language is not known.", max_length=10
                    ),
                ),
                (
                    "postal_address",
                    models.CharField(blank=True, help_text="Stands below mails where law wants it.", max_length=300),
                ),
                (
                    "private_hosts",
                    models.BooleanField(default=False, help_text="Whether mailboxes may lie on private addresses."),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("id", 1)), name="one_workspace"),
                    models.CheckConstraint(
                        condition=models.Q(("window_open__lt", models.F("window_close"))),
                        name="window_opens_before_it_closes",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="enrollment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "finished"), _negated=True),
                fields=("prospect",),
                name="one_open_enrollment_per_prospect",
            ),
        ),
        migrations.AddConstraint(
            model_name="appointment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "agreed")),
                fields=("prospect",),
                name="one_agreed_appointment_per_prospect",
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("touch__isnull", False), models.Q(("state__in", ["withdrawn", "failed"]), _negated=True)
                ),
                fields=("touch",),
                name="one_message_per_touch",
            ),
        ),
        migrations.AddIndex(
            model_name="call",
            index=models.Index(fields=["prospect", "at"], name="calls_of_prospect"),
        ),
        migrations.RunPython(index_words, forget_words),
    ]
