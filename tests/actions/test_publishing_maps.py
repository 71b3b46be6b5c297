"""Managers publish call maps in versions; two editors never overwrite each other; reps have own words (A10)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from ringback.actions.errors import Refused
from ringback.actions.publishing_maps import install_maps, publish_map, use_own_wording
from ringback.library.scripts import map_documents
from ringback.models import Activity, CallMapVersion, OwnWording
from tests.cast import NOW, Cast

FILE = "en/voicemail-1"
LATER = NOW + timedelta(days=1)


@pytest.fixture
def voicemail(them: Cast) -> dict[str, Any]:
    install_maps(documents={FILE: map_documents()[FILE]}, now=NOW)
    return CallMapVersion.objects.get().document


def changed(document: dict[str, Any], title: str) -> dict[str, Any]:
    return {**document, "title": title}


def test_the_library_is_installed_once_and_updated_where_the_house_changed_nothing(them: Cast) -> None:
    documents = map_documents()
    assert install_maps(documents=documents, now=NOW) == len(documents)
    assert install_maps(documents=documents, now=LATER) == 0
    own = changed(CallMapVersion.objects.get(name="gatekeeper", language="en").document, "Our own way in")
    publish_map(by=them.max, document=own, based_on=1, now=NOW)
    newer = {file: changed(document, f"{document['title']}, better") for file, document in documents.items()}
    assert install_maps(documents=newer, now=LATER) == len(documents) - 1
    assert CallMapVersion.objects.get(name="gatekeeper", language="en", retired_at=None).title == "Our own way in"


def test_a_manager_publishes_a_version_and_the_one_before_retires(them: Cast, voicemail: dict[str, Any]) -> None:
    version = publish_map(by=them.max, document=changed(voicemail, "Warmer"), based_on=1, now=LATER)
    assert (version.version, version.title, version.built_in, version.published_by) == (2, "Warmer", False, them.max)
    assert list(CallMapVersion.objects.order_by("version").values_list("retired_at", flat=True)) == [LATER, None]
    assert Activity.objects.filter(verb="published").last().text.startswith("Published version 2 of the call map")  # type: ignore[union-attr]


def test_a_rep_does_not_publish(them: Cast, voicemail: dict[str, Any]) -> None:
    with pytest.raises(Refused, match="a manager or an admin"):
        publish_map(by=them.rosa, document=voicemail, based_on=1, now=LATER)


def test_two_editors_at_once_the_second_is_told_by_whom_and_nothing_is_lost(
    them: Cast, voicemail: dict[str, Any]
) -> None:
    publish_map(by=them.max, document=changed(voicemail, "Max’s"), based_on=1, now=LATER)
    with pytest.raises(Refused, match="Version 2 was published by Max Okonkwo while you were editing version 1"):
        publish_map(by=them.ada, document=changed(voicemail, "Ada’s"), based_on=1, now=LATER)
    assert CallMapVersion.objects.get(retired_at=None).title == "Max’s"
    publish_map(by=them.ada, document=changed(voicemail, "Ada’s"), based_on=2, now=LATER)


def test_a_new_map_does_not_take_the_name_of_another(them: Cast, voicemail: dict[str, Any]) -> None:
    with pytest.raises(Refused, match="of this name already"):
        publish_map(by=them.max, document=voicemail, based_on=0, now=LATER)


def test_a_map_that_nobody_could_walk_is_refused_with_its_faults(them: Cast, voicemail: dict[str, Any]) -> None:
    nodes = [{**node, "edges": []} if node["id"] == "agreed" else node for node in voicemail["nodes"]]
    with pytest.raises(Refused, match="agreed: Nothing leads on from here"):
        publish_map(by=them.max, document={**voicemail, "nodes": nodes}, based_on=1, now=LATER)
    with pytest.raises(Refused, match="is missing"):
        publish_map(by=them.max, document={"name": "x"}, based_on=1, now=LATER)
    assert CallMapVersion.objects.count() == 1


def own(them: Cast, text: str, node: str = "agreed") -> OwnWording | None:
    return use_own_wording(by=them.rosa, name="voicemail-1", language="en", node=node, text=text, now=LATER)


def test_a10_a_rep_says_it_in_own_words_and_goes_back(them: Cast, voicemail: dict[str, Any]) -> None:
    team = CallMapVersion.objects.get().as_value().node("agreed").text
    first = own(them, "Hi, Rosa here.")
    assert first is not None
    assert (first.text, first.instead_of) == ("Hi, Rosa here.", team)
    second = own(them, "Rosa again.")
    assert second is not None
    assert (second.pk, second.text) == (first.pk, "Rosa again.")
    assert own(them, f" {team} ") is None
    assert not OwnWording.objects.exists()


@pytest.mark.parametrize("node", ["nowhere", "which", "voicemail"])
def test_own_words_need_a_place_where_something_is_said(them: Cast, voicemail: dict[str, Any], node: str) -> None:
    with pytest.raises(Refused, match="no words at this place"):
        own(them, "Hello", node)


def test_own_words_fit(them: Cast, voicemail: dict[str, Any]) -> None:
    with pytest.raises(Refused, match="at most 2,000 characters"):
        own(them, "x" * 2001)
