"""Scripts: maps listed, drawn, edited, compared, said in own words, exported, rehearsed (A10, A11)."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.urls import reverse

from ringback.actions.publishing_maps import publish_map
from ringback.adapters.files.yaml_text import read_yaml, write_yaml
from ringback.domain.maps.reading import read_map
from ringback.domain.maps.writing import as_mapping
from ringback.library.scripts import map_documents
from ringback.models import Call, CallMapVersion, OwnWording, Walk
from ringback.web.scripts.chart import BOX_HEIGHT, map_chart
from ringback.web.scripts.drafts import document_in, fields_of
from ringback.web.scripts.editing import NEW_DOCUMENT
from ringback.web.scripts.operations import changed
from tests.cast import NOW, Cast
from tests.web.scripts import FILES, AsUser, at

KEY_HEIGHT = 8  # of a figure, in units of the picture


def posted(document: dict[str, Any], **more: str) -> dict[str, str]:
    """The fields of the editor's form, as a browser sends them."""
    fields = fields_of(document)
    sent = {name: fields[name] for name in fields if isinstance(fields[name], str)}
    sent["nodes"] = str(len(fields["nodes"]))
    for place, node in enumerate(fields["nodes"]):
        sent[f"n{place}-ways"] = str(len(node["edges"]))
        sent.update({f"n{place}-{name}": value for name, value in node.items() if isinstance(value, str) and value})
        if node["opening"]:
            sent[f"n{place}-opening"] = "on"
        for way, edge in enumerate(node["edges"]):
            sent.update({f"n{place}-w{way}-{name}": value for name, value in edge.items()})
    return {**sent, **more}


def test_a11_the_list_shows_each_language_and_the_page_draws_every_place(maps: Cast, as_user: AsUser) -> None:
    browser = as_user(maps.rosa)
    listing = browser.get(reverse("scripts")).content.decode()
    assert "First call: they came to us" in listing
    assert "German" in listing
    assert "Mailbox 1" in browser.get(reverse("scripts"), {"language": "de"}).content.decode()
    page = browser.get(at("script", map_name="first-call-warm")).content.decode()
    value = read_map(map_documents()["en/first-call-warm"])
    assert page.count('class="map-box ') == len(value.nodes)
    assert page.count('class="map-way') == sum(len(node.edges) for node in value.nodes) + page.count('class="map-ways')
    assert "seconds to say" in page


def test_an_unknown_map_is_none(maps: Cast, as_user: AsUser) -> None:
    assert as_user(maps.rosa).get(at("script", map_name="nothing")).status_code == 404
    assert as_user(maps.max).get(at("script-edit", map_name="nothing")).status_code == 404
    assert as_user(maps.rosa).get(at("script-differences", old=1, new=9)).status_code == 404


@pytest.mark.parametrize("file", FILES)
def test_no_two_boxes_of_a_chart_overlap(file: str) -> None:
    boxes = map_chart(read_map(map_documents()[file])).boxes
    by_column: dict[float, list[float]] = {}
    for box in boxes:
        by_column.setdefault(box.x, []).append(box.y)
    for column in by_column.values():
        ordered = sorted(column)
        assert all(below - above > BOX_HEIGHT for above, below in pairwise(ordered))


@pytest.mark.parametrize("file", map_documents())
def test_no_two_keys_of_a_place_cover_each_other(file: str) -> None:
    by_column: dict[tuple[float, str], list[float]] = {}
    for line in map_chart(read_map(map_documents()[file])).lines:
        by_column.setdefault((line.key_x, line.path.partition(" C")[0].partition(" ")[0]), []).append(line.key_y)
    for column in by_column.values():
        assert all(below - above >= KEY_HEIGHT for above, below in pairwise(sorted(column)))


@pytest.mark.parametrize("file", map_documents())
def test_what_the_form_shows_reads_back_as_the_same_map(file: str) -> None:
    document = as_mapping(read_map(map_documents()[file]))
    query = QueryDict(mutable=True)
    query.update(posted(document))
    assert document_in(query) == document


DRAFT: dict[str, Any] = {
    "nodes": [{"id": "a", "edges": [{"to": "b", "label": "on"}, {"to": "c", "label": "off"}]}, {"id": "b"}, {"id": "c"}]
}


@pytest.mark.parametrize(
    ("operation", "places", "ways", "control"),
    [
        ("add-node", ["a", "b", "c", ""], ["on", "off"], "n3-id"),
        ("remove-node-1", ["a", "c"], ["on", "off"], "add-node"),
        ("add-way-0", ["a", "b", "c"], ["on", "off", ""], "n0-w2-label"),
        ("remove-way-0-0", ["a", "b", "c"], ["off"], "add-way-0"),
        ("move-node-2-1", ["a", "c", "b"], ["on", "off"], "move-node-1-0"),
        ("move-node-1-0", ["b", "a", "c"], [], "move-node-0-1"),
        ("move-node-1-2", ["a", "c", "b"], ["on", "off"], "move-node-2-1"),
        ("move-way-0-0-1", ["a", "b", "c"], ["off", "on"], "move-way-0-1-0"),
        ("move-way-0-1-0", ["a", "b", "c"], ["off", "on"], "move-way-0-0-1"),
    ],
)
def test_a_button_changes_the_draft_and_the_keyboard_stays_there(
    operation: str, places: list[str], ways: list[str], control: str
) -> None:
    made, focus = changed(DRAFT, operation)
    assert [node.get("id") for node in made["nodes"]] == places
    assert [edge["label"] for edge in made["nodes"][0].get("edges", [])] == ways
    assert focus.control == control


@pytest.mark.parametrize(
    "operation",
    ["show", "drop-table", "remove-way-9-9", "add-way-99", "remove-node-7", "remove-way-0", "move-node-0",
     "move-node-0-3", "move-node-9-0", "move-way-0-0-2", "move-way-9-0-1", "move-way-1-0-1", "move-node-1-0-2"],
)  # fmt: skip
def test_an_operation_on_what_is_not_there_changes_nothing(operation: str) -> None:
    assert changed(DRAFT, operation)[0] == DRAFT


@pytest.mark.parametrize(
    "document", [{}, {"nodes": 7}, {"nodes": ["x", {"edges": "y"}]}, {"points": [3], "fallbacks": []}], ids=str
)
def test_a_half_edited_document_still_shows_in_the_form(document: dict[str, Any]) -> None:
    assert fields_of(document)["title"] == ""


def test_a_manager_publishes_what_the_form_holds(maps: Cast, as_user: AsUser) -> None:
    browser, row = as_user(maps.max), CallMapVersion.objects.get(name="voicemail-1", language="en")
    assert b"Publish as a new version" in browser.get(at("script-edit")).content
    answer = browser.post(at("script-edit"), posted(row.document, based_on="1", title="Warmer"))
    assert (answer.status_code, answer["Location"]) == (302, at("script"))
    newer = CallMapVersion.objects.get(name="voicemail-1", language="en", retired_at=None)
    assert (newer.version, newer.title, newer.document["nodes"]) == (2, "Warmer", row.document["nodes"])


def test_two_editors_at_once_the_second_keeps_what_was_typed(maps: Cast, as_user: AsUser) -> None:
    row = CallMapVersion.objects.get(name="voicemail-1", language="en")
    publish_map(by=maps.ada, document={**row.document, "title": "Ada's"}, based_on=1, now=NOW)
    answer = as_user(maps.max).post(at("script-edit"), posted(row.document, based_on="1", title="Max's own title"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Version 2 was published by Ada Brandt while you were editing version 1" in page
    assert "Max&#x27;s own title" in page
    assert at("script-differences", old=1, new=2) in page
    assert CallMapVersion.objects.filter(name="voicemail-1", language="en").count() == 2
    on_top = posted(row.document, based_on="1", title="Max's own title", on_top_of="2")
    assert as_user(maps.max).post(at("script-edit"), on_top).status_code == 302
    newest = CallMapVersion.objects.get(name="voicemail-1", language="en", retired_at=None)
    assert (newest.version, newest.title) == (3, "Max's own title")


def test_two_editors_at_once_the_slower_one_hears_of_it_while_typing(maps: Cast, as_user: AsUser) -> None:
    row = CallMapVersion.objects.get(name="voicemail-1", language="en")
    browser, warning = as_user(maps.max), "Version 2 was published by Ada Brandt while you edit version 1"
    assert warning not in browser.post(reverse("script-check"), posted(row.document, based_on="1")).content.decode()
    publish_map(by=maps.ada, document={**row.document, "title": "Ada's"}, based_on=1, now=NOW)
    assert warning in browser.post(reverse("script-check"), posted(row.document, based_on="1")).content.decode()
    assert warning in browser.post(at("script-edit"), posted(row.document, based_on="1", op="show")).content.decode()
    taken = browser.post(reverse("script-check"), posted(row.document, based_on="0")).content.decode()
    assert "There is a map of this name already, in version 2" in taken


def test_what_is_wrong_is_said_while_it_is_typed_and_when_it_is_saved(maps: Cast, as_user: AsUser) -> None:
    browser, row = as_user(maps.max), CallMapVersion.objects.get(name="voicemail-1", language="en")
    broken = {
        **posted(row.document, based_on="1"),
        "n1-text": "You must decide today, {{ nobody }}.",
        "n2-w0-to": "gone",
    }
    live = browser.post(reverse("script-check"), broken).content.decode()
    assert "there is no node “gone” to lead to" in live
    advised = browser.post(reverse("script-check"), {**broken, "n2-w0-to": "voicemail"}).content.decode()
    assert "There is no variable “nobody”" in advised
    assert "A duty makes people look for a way out" in advised
    assert browser.post(at("script-edit"), broken).status_code == 422
    assert CallMapVersion.objects.filter(name="voicemail-1", language="en").count() == 1


def test_a_new_map_begins_with_a_sound_example(maps: Cast, as_user: AsUser) -> None:
    browser = as_user(maps.max)
    page = browser.get(reverse("script-new")).content.decode()
    assert "A sound map with 4 places." in page
    answer = browser.post(reverse("script-new"), posted(NEW_DOCUMENT, name="ours", based_on="0"))
    assert answer["Location"] == at("script", map_name="ours")
    added = browser.post(reverse("script-new"), posted(NEW_DOCUMENT, op="add-node")).content.decode()
    assert 'name="nodes" value="5"' in added


def test_versions_are_compared_and_an_earlier_one_is_brought_back(maps: Cast, as_user: AsUser) -> None:
    browser, row = as_user(maps.max), CallMapVersion.objects.get(name="voicemail-1", language="en")
    publish_map(by=maps.ada, document={**row.document, "title": "Ada's"}, based_on=1, now=NOW)
    assert "Ada&#x27;s" in browser.get(at("script-differences", old=1, new=2)).content.decode()
    browser.post(at("script-return", version=1), {"based_on": "1"})
    assert CallMapVersion.objects.get(name="voicemail-1", language="en", retired_at=None).version == 2
    browser.post(at("script-return", version=1), {"based_on": "2"})
    back = CallMapVersion.objects.get(name="voicemail-1", language="en", retired_at=None)
    assert (back.version, back.document) == (3, row.document)


def test_a10_own_words_are_kept_shown_and_given_up(maps: Cast, as_user: AsUser) -> None:
    browser = as_user(maps.rosa)
    browser.post(at("script-wording", node="agreed"), {"text": "Rosa here, back in a moment."})
    assert OwnWording.objects.get().owner == maps.rosa
    assert "Rosa here, back in a moment." in browser.get(at("script")).content.decode()
    assert "Rosa here, back in a moment." not in as_user(maps.otto).get(at("script")).content.decode()
    browser.post(at("script-wording", node="agreed"), {"text": ""})
    assert not OwnWording.objects.exists()


def test_a10_own_words_are_checked_as_the_teams_are(maps: Cast, as_user: AsUser) -> None:
    browser = as_user(maps.rosa)
    refused = browser.post(at("script-wording", node="agreed"), {"text": "Hi {{ firstname }}"}, follow=True)
    assert "There is no variable “firstname”" in refused.content.decode()
    assert not OwnWording.objects.exists()
    pushing = "You must choose one. We look at the next steps tomorrow. " + "word " * 90
    page = browser.post(at("script-wording", node="agreed"), {"text": pushing}, follow=True).content.decode()
    assert OwnWording.objects.get().text == pushing.strip()
    assert page.count("About your words:") == 3
    for said in ("A duty makes people look for a way out.", "next steps, if there are any", "30 are enough here."):
        assert said in page
    assert "About your words:" not in as_user(maps.otto).get(at("script")).content.decode()


def test_a11_the_chart_and_the_list_say_how_each_way_fared(maps: Cast, as_user: AsUser) -> None:
    """Two calls on the first version, both after “agreed”; the second version has the way under another number."""
    row = CallMapVersion.objects.get(name="voicemail-1", language="en")
    for result in ("voicemail", "appointment"):
        call = Call.objects.create(
            prospect=maps.sofia, rep=maps.rosa, at=NOW, ended_at=NOW, machine="answered", outcome="not_now"
        )
        Walk.objects.create(
            map=row, rep=maps.rosa, prospect=maps.sofia, call=call, path={}, edges=["which:1"], result=result,
            started_at=NOW, ended_at=NOW,
        )  # fmt: skip
    browser, figures = as_user(maps.rosa), "2 calls · 50 % went on (9–91 %)"
    assert row.document["nodes"][0]["id"] == "which"
    page = browser.get(at("script")).content.decode()
    assert "1 · 2×" in page
    assert page.count(figures) == 3  # at the way in the picture, in the list within lists, and at the place
    nodes = [
        {**node, "edges": node["edges"][::-1]} if node["id"] == "which" else node for node in row.document["nodes"]
    ]
    publish_map(by=maps.max, document={**row.document, "nodes": nodes}, based_on=1, now=NOW)
    assert figures not in browser.get(at("script")).content.decode()
    everything = browser.get(at("script"), {"counted": "versions"}).content.decode()
    assert f"{len(nodes[0]['edges'])} · 2×" in everything
    assert everything.count(figures) == 3


def test_a_map_is_exported_as_yaml_and_imported_into_the_editor(maps: Cast, as_user: AsUser) -> None:
    answer = as_user(maps.rosa).get(at("script-file"))
    row = CallMapVersion.objects.get(name="voicemail-1", language="en")
    assert answer["Content-Disposition"] == 'attachment; filename="voicemail-1.en.yaml"'
    assert read_yaml(answer.content.decode()) == row.document
    file = SimpleUploadedFile("mine.yaml", write_yaml({**row.document, "title": "From a file"}).encode())
    page = as_user(maps.max).post(reverse("script-import"), {"file": file}).content.decode()
    assert "From a file" in page
    assert 'name="based_on" value="1"' in page
    assert CallMapVersion.objects.filter(name="voicemail-1", language="en").count() == 1


@pytest.mark.parametrize("text", ["- a\n- b", "a: [", "a: &x 1\nb: *x", "", "[" * 500])
def test_a_file_that_is_no_map_is_refused_in_words(maps: Cast, as_user: AsUser, text: str) -> None:
    answer = as_user(maps.max).post(reverse("script-import"), {"text": text})
    assert answer.status_code == 422
    assert b'role="alert"' in answer.content
