import zoneinfo
from importlib.resources import files
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from ringback.config.data_folder import data_folder, old_secret_keys, secret_key
from ringback.config.database import PREPARE_ONLY_WHEN_ASKED, database_settings


def test_zones_come_from_the_wheel() -> None:
    assert zoneinfo.TZPATH == ()
    assert files("tzdata").joinpath("zoneinfo", "Europe", "Berlin").is_file()
    assert str(zoneinfo.ZoneInfo("Europe/Berlin")) == "Europe/Berlin"


def test_secret_key_is_made_once_and_only_for_us(tmp_path: Path) -> None:
    first = secret_key(tmp_path)
    assert len(first) > 60
    assert secret_key(tmp_path) == first
    assert [path.name for path in tmp_path.iterdir()] == ["secret-key"]
    assert (tmp_path / "secret-key").stat().st_mode & 0o777 == 0o600


def test_keys_that_were_in_use_are_listed_beside_the_one_that_is(tmp_path: Path) -> None:
    assert old_secret_keys(tmp_path) == []
    (tmp_path / "secret-key.old").write_text("of-last-year\nof-the-year-before\n")
    assert old_secret_keys(tmp_path) == ["of-last-year", "of-the-year-before"]


def test_data_folder_follows_the_desktop_rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RINGBACK_DATA", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", "relative")
    assert data_folder() == tmp_path / ".local/share/ringback"
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "xdg"))
    assert data_folder() == tmp_path / "xdg/ringback"
    monkeypatch.setenv("RINGBACK_DATA", str(tmp_path / "mine"))
    assert data_folder() == tmp_path / "mine"


def test_postgresql_url_is_read_with_its_escapes(tmp_path: Path) -> None:
    read = database_settings("postgresql://ann%40x:p%2Fw@db.example:6432/calls?sslmode=require", tmp_path)
    assert {key: read[key] for key in ("USER", "PASSWORD", "HOST", "PORT", "NAME")} == {
        "USER": "ann@x", "PASSWORD": "p/w", "HOST": "db.example", "PORT": "6432", "NAME": "calls",
    }  # fmt: skip
    assert read["OPTIONS"] == {
        "sslmode": "require",
        "server_side_binding": False,
        "prepare_threshold": PREPARE_ONLY_WHEN_ASKED,
    }


def test_a_pooler_without_prepared_statements_is_served_by_saying_so(tmp_path: Path) -> None:
    read = database_settings("postgresql://db.example/calls?prepare=off", tmp_path)
    assert read["OPTIONS"] == {"server_side_binding": False, "prepare_threshold": None}


def test_other_databases_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match="mysql"):
        database_settings("mysql://localhost/x", tmp_path)


@pytest.mark.django_db
def test_database_runs_as_promised() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA journal_mode")
            assert cursor.fetchone() == ("wal",)
            cursor.execute("PRAGMA foreign_keys")
            assert cursor.fetchone() == (1,)
            assert settings.DATABASES["default"]["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
        else:
            cursor.execute("SHOW server_version_num")
            assert int(cursor.fetchone()[0]) >= 150_000
