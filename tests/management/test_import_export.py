"""`ringback import` and `ringback export`: their JSON, their exit codes, and the way out and back in."""

from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command, load_command_class

from ringback.actions.learning import settle_objection
from ringback.actions.publishing_maps import use_own_wording
from ringback.domain.vocabulary import ObjectionState
from ringback.models import (
    CallMapVersion,
    Circumstance,
    ContactPoint,
    GateDecision,
    IncomingMail,
    Mailbox,
    MailText,
    Objection,
    Prospect,
    Walk,
)
from ringback.queries.exporting import SECRETS
from tests.actions.mailing.rows import queued
from tests.cast import NOW, Cast, cast

pytestmark = pytest.mark.django_db

LIST = (
    'Name;Telefon;Bemerkung\r\n"=cmd|x Berg";030 1234567;"sagt ""ja"""\r\n'
    "Ben Cole;0171 1234567 / 040 1234567;\r\nNobody;;\r\n"
)


@pytest.fixture
def people() -> Cast:
    return cast(people=0)


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    path = tmp_path / "Liste März.csv"
    path.write_bytes(LIST.encode("cp1252"))
    return path


def ran(*words: object) -> tuple[int, dict]:
    """Exit code and the JSON object that was printed."""
    name, *arguments = map(str, words)
    out = StringIO()
    try:
        call_command(load_command_class("ringback", name), *arguments, "--json", stdout=out)
    except SystemExit as ended:
        return int(ended.code or 0), json.loads(out.getvalue() or "{}")
    except CommandError as refused:
        return refused.returncode, {}
    return 0, json.loads(out.getvalue())


def test_import_prints_documented_fields(people, listed):
    code, told = ran("import_file", listed, "--as", "max")
    assert code == 0
    assert set(told) == {"state", "message", "run", "file", "columns", "counts", "findings", "duplicates"}
    assert (told["state"], told["counts"]["added"], told["counts"]["refused"]) == ("done", 2, 1)
    assert [column["field"] for column in told["columns"]] == ["full_name", "phone", "notes"]
    assert told["file"]["delimiter"] == ";"
    assert set(told["findings"][0]) == {"line", "field", "severity", "message", "value"}


def test_region_of_the_house_is_the_hint(people, listed):
    ran("import_file", listed, "--as", "max")
    assert set(ContactPoint.objects.values_list("value", flat=True)) == {
        "+49301234567",
        "+491711234567",
        "+49401234567",
    }


def test_dry_run_writes_nothing(people, listed):
    code, told = ran("import_file", listed, "--dry-run")
    assert (code, told["state"], told["counts"]["added"], told["run"]) == (0, "dry_run", 2, None)
    assert Prospect.objects.count() == 0


def test_command_can_be_repeated(people, listed):
    first, second = ran("import_file", listed)[1], ran("import_file", listed)[1]
    assert (first["run"], first["counts"]) == (second["run"], second["counts"])
    assert Prospect.objects.count() == 2


def test_all_or_nothing_ends_with_one(people, listed):
    code, told = ran("import_file", listed, "--mode", "all_or_nothing")
    assert (code, told["state"], Prospect.objects.count()) == (1, "refused", 0)


@pytest.mark.parametrize(
    ("words", "state"),
    [(["--region", "XX"], "refused"), (["--encoding", "klingon"], "unreadable"), (["--map", "phone"], "refused")],
)
def test_refusals_are_told_in_json(people, listed, words, state):
    code, told = ran("import_file", listed, *words)
    assert (code, told["state"], bool(told["message"])) == (1, state, True)


def test_file_that_is_not_there(people, tmp_path):
    assert ran("import_file", tmp_path / "nowhere.csv")[1]["state"] == "unreadable"


def test_mapping_by_hand(people, listed):
    told = ran("import_file", listed, "--map", "phone_work=Telefon", "--map", "=Bemerkung")[1]
    assert [column["field"] for column in told["columns"]] == ["full_name", "phone_work", None]


def exported(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as source:
        return list(csv.DictReader(source))


def test_export_goes_back_in_as_it_was(people, listed, tmp_path):
    ran("import_file", listed, "--as", "rosa", "--qualified", "--source", "fair")
    Prospect.objects.filter(shown_name="Ben Cole").update(
        value=1200, tags=["a", "b"], street="Hauptstr. 1", zone="Europe/Vienna"
    )
    before = everybody()
    code, told = ran("export", tmp_path / "out")
    assert (code, told["files"]["prospects.csv"], told["files"]["contact_points.csv"]) == (0, 2, 3)
    Prospect.objects.all().delete()
    _, back = ran("import_file", tmp_path / "out" / "prospects.csv", "--as", "max")
    assert (back["counts"]["added"], back["counts"]["warnings"]) == (2, 0)
    assert everybody() == before


def everybody() -> list[tuple[object, ...]]:
    names = ("shown_name", "first_name", "last_name", "zone", "street", "value", "source", "qualification", "notes")
    return [
        (
            *(getattr(it, name) for name in names),
            it.tags,
            it.owner,
            list(it.contact_points.values_list("kind", "value")),
        )
        for it in Prospect.objects.order_by("shown_name")
    ]


def test_exported_formula_cannot_run(people, listed, tmp_path):
    ran("import_file", listed)
    ran("export", tmp_path / "out")
    names = [row["Full Name"] for row in exported(tmp_path / "out", "prospects")]
    assert names == ["'=cmd|x Berg", "Ben Cole"]


def test_export_shows_only_what_one_may_see(people, listed, tmp_path):
    ran("import_file", listed, "--as", "ada")
    _, told = ran("export", tmp_path / "out", "--as", "rosa")
    assert told["files"].pop("mail_texts.csv") == MailText.objects.count() > 0  # the house's own
    assert told["files"] == dict.fromkeys(told["files"], 0)


@pytest.fixture
def worked(tmp_path: Path) -> Cast:
    """Rosa has a mailbox, a mail out and one in, own words, a walk, a passed gate, and an objection that turned out."""
    them = cast(people=1, maps=True)
    box = Mailbox.objects.create(
        owner=them.rosa, address="rosa@example.com", secret="sealed-one", imap_secret="sealed-two", created_at=NOW
    )
    queued(box, them.sofia, subject="=HYPERLINK(1)")
    IncomingMail.objects.create(
        mailbox=box, uid_validity=1, uid=1, taken_at=NOW, subject="+cmd|x", kind="reply", because="They wrote.",
        prospect=them.sofia,
    )  # fmt: skip
    row = CallMapVersion.objects.get(name="voicemail-1", language="en")
    words = {"name": row.name, "language": "en", "node": "agreed", "text": "@Rosa here."}
    use_own_wording(by=them.rosa, now=NOW, **words)
    Walk.objects.create(map=row, rep=them.rosa, prospect=them.sofia, path={}, started_at=NOW, ended_at=NOW)
    GateDecision.objects.create(prospect=them.sofia, by=them.rosa, at=NOW, choice="overridden", reason="-1", shut_by=[])
    Circumstance.objects.create(prospect=them.sofia, kind="budget", text="=10k", learned_at=NOW)
    objection = Objection.objects.create(prospect=them.sofia, text="Too dear", raised_at=NOW)
    settle_objection(by=them.rosa, objection=objection, state=ObjectionState.REAL, now=NOW, words="=now")
    return them


OF_ROSA = (
    "mailboxes", "messages", "incoming_mails", "own_wordings", "walks", "gate_decisions", "circumstances", "objections",
    "objection_changes",
)  # fmt: skip


@pytest.mark.parametrize(("user", "there"), [(None, 1), ("rosa", 1), ("otto", 0), ("ada", 1)])
def test_export_tells_mails_and_scripts_to_who_may_see_them(worked, tmp_path, user, there):
    told = ran("export", tmp_path / "out", *(["--as", user] if user else []))[1]["files"]
    assert {name: told[f"{name}.csv"] for name in OF_ROSA} == dict.fromkeys(OF_ROSA, there)
    assert told["call_maps.csv"] == CallMapVersion.objects.count()


def test_export_to_a_manager_tells_the_teams_mails_but_not_their_log_ins(worked, tmp_path):
    told = ran("export", tmp_path / "out", "--as", "max")[1]["files"]
    assert {name: told[f"{name}.csv"] for name in OF_ROSA} == {**dict.fromkeys(OF_ROSA, 1), "mailboxes": 0}


def test_exported_mailboxes_hold_no_secret_and_no_mail_a_formula(worked, tmp_path):
    folder = tmp_path / "out"
    ran("export", folder)
    everything = "".join(path.read_text(encoding="utf-8-sig") for path in folder.iterdir())
    assert "sealed-" not in everything
    assert set(exported(folder, "mailboxes")[0]) & {"secret", "imap_secret"} == set()
    cells = {
        "messages": ("subject", "'=HYPERLINK(1)"),
        "incoming_mails": ("subject", "'+cmd|x"),
        "own_wordings": ("text", "'@Rosa here."),
        "circumstances": ("text", "'=10k"),
        "objection_changes": ("words", "'=now"),
    }
    assert {name: (column, exported(folder, name)[0][column]) for name, (column, _) in cells.items()} == cells


def test_every_secret_column_of_a_mailbox_is_left_out():
    """Whoever adds another secret is reminded here."""
    assert {field.attname for field in Mailbox._meta.concrete_fields if "secret" in field.attname} == SECRETS


def test_export_does_not_write_over_another(people, tmp_path):
    assert ran("export", tmp_path / "out")[0] == 0
    assert ran("export", tmp_path / "out")[0] == 2
    assert ran("export", tmp_path / "out", "--replace")[0] == 0
