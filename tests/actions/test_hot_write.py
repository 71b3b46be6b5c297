"""The statements that replace the ORM's on the way of every action."""

from __future__ import annotations

import pytest
from django.db import connection, transaction

from ringback.actions import hot_write
from ringback.models import Activity, Arrangement, Company, Prospect, Touch
from ringback.queries.prepared import Prepared
from tests.cast import NOW


@pytest.mark.django_db
def test_reserved_ids_are_given_out_once_even_before_anything_is_written() -> None:
    with transaction.atomic():
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = 'ringback_arrangement'")
        first, second = (hot_write.reserved_id(Arrangement) for _ in range(2))
        assert second == first + 1


def test_new_row_has_the_defaults_of_its_model_and_shares_none() -> None:
    ours, orms = hot_write.new(Activity, verb="call"), Activity(verb="call")
    names = [field.attname for field in Activity._meta.concrete_fields]
    assert [getattr(ours, name) for name in names] == [getattr(orms, name) for name in names]
    assert ours.data is not hot_write.new(Activity, verb="call").data
    assert ours._state.adding


def test_new_row_refuses_what_is_no_column() -> None:
    with pytest.raises(TypeError, match="owner"):
        hot_write.new(Touch, owner=None)


@pytest.mark.django_db
def test_rows_written_together_know_under_which_ids_they_stand(django_user_model) -> None:
    """Also where a trigger writes into the index of words for each of them."""
    owner = django_user_model.objects.create(username="owner")
    for names in (["Ada"], ["Bo", "Cleo", "Dag"], ["Enno"]):
        rows = [hot_write.new(Prospect, owner_id=owner.pk, shown_name=name, created_at=NOW) for name in names]
        assert hot_write.send_new(rows)()
        assert [Prospect.objects.get(shown_name=row.shown_name).pk for row in rows] == [row.pk for row in rows]


@pytest.mark.django_db
def test_reference_to_a_row_that_is_not_written_is_refused() -> None:
    touch = Touch(enrollment=None)
    touch._state.fields_cache["appointment"] = Company(name="not written")
    with pytest.raises(ValueError, match="not written yet"):
        hot_write.insert(touch)


@pytest.mark.django_db
def test_constants_of_a_prepared_query_stand_in_its_text_with_their_quotes() -> None:
    company = Company.objects.create(name="O'Neill ? Sons", match_name="x")
    named = Prepared(lambda name: Company.objects.filter(name=name, match_name="x").exclude(website="it's"))
    assert named("O'Neill ? Sons") == [company]
    assert named("another") == []
    with pytest.raises(TypeError, match="prepared query"):
        Prepared(lambda pk: Company.objects.filter(pk=pk, name="5 % off"))(1)
