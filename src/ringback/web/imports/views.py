"""Upload, mapping with a dry run, progress and report."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ringback.actions.errors import Refused
from ringback.actions.importing import ImportOptions, Preview, preview_import, register_import
from ringback.adapters.files import UnreadableFile, defuse_formula
from ringback.domain.columns import Column
from ringback.models import ImportFinding, ImportRun
from ringback.queries import access
from ringback.queries.standing import workspace_now
from ringback.web import when
from ringback.web.imports.forms import LEFT_OUT, OptionsForm, UploadForm, chosen_mapping
from ringback.web.imports.words import FIELDS, SURENESS
from ringback.web.presenting import number
from ringback.web.requests import MemberRequest
from ringback.worker import heartbeat, uploads

DRY_RUN_ROWS = 5000
SAMPLE_VALUES = 3
SHOWN = 100
PAST_RUNS = 20
Context = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ShownColumn:
    index: int
    header: str
    values: tuple[str, ...]
    field: str
    sure: str
    sureness: str
    why: str


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: MemberRequest) -> HttpResponse:
    """The drop field, and what was brought in before."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        upload = uploads.keep(file.chunks(), name=file.name, user_id=request.user.pk)
        return redirect("import-file", upload.token)
    now = timezone.now()
    mine = ImportRun.objects.filter(by__in=access.visible_users(request.user)).select_related("by")
    runs = [(run, when.moment(run.at, request.user.zone, now), tally(run)) for run in mine.order_by("-id")[:PAST_RUNS]]
    context = {"area": "prospects", "form": form, "runs": runs}
    return render(request, "imports/start.html", context, status=422 if form.errors else 200)


def tally(run: ImportRun) -> str:
    counts = run.counts
    return _("%(added)s added, %(changed)s changed, %(skipped)s known, %(refused)s refused") % {
        name: number(counts.get(name, 0)) for name in ("added", "changed", "skipped", "refused")
    }


def own_upload(request: MemberRequest, token: str) -> uploads.Upload:
    upload = uploads.find(token)
    if upload is None or upload.user_id != request.user.pk:
        raise Http404
    return upload


@require_http_methods(["GET", "HEAD", "POST"])
def mapping(request: MemberRequest, token: str) -> HttpResponse:
    """What each column means, the options, and what would happen. POST: changed, look again."""
    upload = own_upload(request, token)
    form = OptionsForm(request.POST or first_options(), user=request.user)
    context: Context = {"area": "prospects", "upload": upload, "form": form, "key": uuid4().hex}
    valid = form.is_valid()
    options = form.as_options() if valid else ImportOptions()
    try:
        guessed = preview_import(by=request.user, file=upload.path, mapping={}, options=options, limit_rows=1)
        chosen = chosen_mapping(request.POST, guessed.columns)
        preview = preview_import(
            by=request.user, file=upload.path, mapping=chosen, options=options, limit_rows=DRY_RUN_ROWS
        )
    except (UnreadableFile, Refused, ValueError) as problem:
        context["problem"] = str(problem)
    else:
        context |= {**columns_of(preview), "fields": field_choices(), **outlook(preview)}
    template = "imports/_mapping.html" if request.htmx else "imports/mapping.html"  # type: ignore[attr-defined]
    return render(request, template, context, status=422 if form.errors else 200)


def first_options() -> dict[str, str]:
    house = workspace_now()
    region = house.region.partition("-")[0]
    return {"qualified": "unknown", "duplicates": "merge", "mode": "good_rows", "region": region, "owner": ""}


def field_choices() -> list[tuple[str, str]]:
    return [(LEFT_OUT, _("Keep beside, not as a field")), *((name, str(label)) for name, label in FIELDS.items())]


def columns_of(preview: Preview) -> Context:
    """Those that hold something first; what address books export holds a dozen that hold nothing."""
    shown = [shown_column(column, preview) for column in preview.columns]
    filled = [column for column in shown if column.values]
    return {"columns": filled, "empty_columns": [column for column in shown if not column.values]}


def shown_column(column: Column, preview: Preview) -> ShownColumn:
    cells = (row[column.index] for row in preview.sample_rows if column.index < len(row))
    values = [cell.strip() for cell in cells if cell.strip()][:SAMPLE_VALUES]
    return ShownColumn(
        index=column.index,
        header=column.header or _("Column %(n)s") % {"n": column.index + 1},
        values=tuple(value[:80] for value in values),
        field=column.field.value if column.field else LEFT_OUT,
        sure=column.sureness.value,
        sureness=str(SURENESS[column.sureness]),
        why=column.why,
    )


def outlook(preview: Preview) -> Context:
    """The dry run as finished strings."""
    counts = preview.report.counts
    figures = (
        (_("New"), counts.added),
        (_("Known: changed where they differ"), counts.changed),
        (_("Left as they are"), counts.skipped),
        (_("Refused"), counts.refused),
    )
    return {
        "figures": [(label, number(value)) for label, value in figures],
        "read": number(counts.read),
        "complete": preview.complete,
        "findings": preview.report.findings[:SHOWN],
        "duplicates": preview.report.duplicates[:SHOWN],
        "duplicate_count": number(counts.duplicates),
        "file_facts": file_facts(preview),
        "people": [(each.shown_name, each.company_name, [p.value for p in each.points]) for each in preview.samples],
        "nobody": not counts.added and not counts.changed,
    }


def file_facts(preview: Preview) -> str:
    table = preview.table
    separator = {"\t": _("tab"), ",": _("comma"), ";": _("semicolon"), "|": _("bar")}
    parts = [
        str(table.kind).upper(),
        table.encoding,
        separator.get(table.delimiter, table.delimiter),
        table.sheet,
        _("no header line") if not table.has_header else "",
    ]
    return " · ".join(part for part in parts if part)


@require_POST
def run(request: MemberRequest, token: str) -> HttpResponse:
    """Register the run; the worker brings it in. The same press twice is one run."""
    upload = own_upload(request, token)
    form = OptionsForm(request.POST, user=request.user)
    if not form.is_valid():
        return mapping(request, token)
    options = form.as_options()
    try:
        guessed = preview_import(by=request.user, file=upload.path, mapping={}, options=options, limit_rows=1)
        made = register_import(
            by=request.user,
            file_name=upload.name,
            mapping=chosen_mapping(request.POST, guessed.columns),
            options=options,
            key=f"{token}:{request.POST.get('key', '')}"[:80],
            now=timezone.now(),
            stored_as=token,
        )
    except (UnreadableFile, Refused, ValueError):
        return mapping(request, token)
    return redirect("import", made.pk)


@require_POST
def removal(request: MemberRequest, token: str) -> HttpResponse:
    """Forget a file that was handed in and not brought in."""
    own_upload(request, token)
    if not ImportRun.objects.filter(stored_as=token, state__in=(ImportRun.WAITING, ImportRun.RUNNING)).exists():
        uploads.remove(token)
    return redirect("imports")


@require_safe
def report(request: MemberRequest, pk: int) -> HttpResponse:
    """How far it is, and what was found; the page asks again by itself while it runs."""
    found = access.import_run_for(request.user, pk)
    context = {"area": "prospects", "run": found, **standing(found), **next_steps(found, request.user.pk)}
    template = "imports/_progress.html" if request.htmx else "imports/report.html"  # type: ignore[attr-defined]
    return render(request, template, context)


def standing(found: ImportRun) -> Context:
    counts = found.counts
    under_way = found.state in (ImportRun.WAITING, ImportRun.RUNNING)
    share = min(100, round(100 * found.bytes_done / found.bytes_total)) if found.bytes_total else 0
    findings = list(found.findings.order_by("line", "id")[: SHOWN + 1]) if not under_way else []
    names = (
        ("added", _("New")),
        ("changed", _("Changed")),
        ("skipped", _("Left as they are")),
        ("refused", _("Refused")),
    )
    return {
        "under_way": under_way,
        "share": share,
        "rows_read": number(counts.get("read", 0)),
        "figures": [(label, number(counts.get(name, 0))) for name, label in names],
        "findings": findings[:SHOWN],
        "more_findings": len(findings) > SHOWN,
        # What a command brings in asks for no worker, and hears of no wish to stop but Ctrl-C.
        "asleep": under_way and bool(found.stored_as) and worker_asleep(),
        "can_stop": under_way and bool(found.stored_as) and found.stopped_by_id is None,
        "left_out": left_out(counts.get("refused", 0)),
    }


def left_out(count: int) -> str:
    """That the list is in, but not the whole of it."""
    if not count:
        return ""
    said = ngettext(
        "It is in, but for %(n)s row that was refused: see below why.",
        "It is in, but for %(n)s rows that were refused: see below why.",
        count,
    )
    return said % {"n": number(count)}


def next_steps(found: ImportRun, user_id: int) -> Context:
    """What can be done with the file by whoever handed it in, while it is still there."""
    upload = uploads.find(found.stored_as)
    there = upload is not None and upload.user_id == user_id
    return {
        "again": there and found.state == ImportRun.FAILED,
        "can_go_on": there and found.state == ImportRun.STOPPED and found.by_id == user_id,
    }


def worker_asleep() -> bool:
    """Nobody would ever bring it in."""
    seen = heartbeat.last_seen(Path(settings.DATA) / heartbeat.FILE)
    return seen is None or timezone.now() - seen.at > timedelta(seconds=60)


class Line:
    """csv writes into it, a row at a time, and takes the text back."""

    def write(self, text: str) -> str:
        return text


@require_safe
def report_csv(request: MemberRequest, pk: int) -> StreamingHttpResponse:
    """Every row of the report; formulas from the file are made harmless for the program that opens it."""
    found = access.import_run_for(request.user, pk)
    response = StreamingHttpResponse(csv_lines(found), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="import-{found.pk}-report.csv"'
    return response


def csv_lines(found: ImportRun) -> Iterator[str]:
    writer = csv.writer(Line())
    yield "\ufeff" + writer.writerow(["line", "field", "kind", "why", "value"])
    rows = ImportFinding.objects.filter(run=found).order_by("line", "id")
    for row in rows.values_list("line", "field", "severity", "message", "value").iterator(chunk_size=2000):
        yield writer.writerow([row[0], *(defuse_formula(cell) for cell in row[1:])])
