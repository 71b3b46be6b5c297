"""The list of articles, one of them with who had it, adding, and taking out."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Count, F, Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ringback.actions.articles import ArticleFields, HandedIn, add_article, retire_article
from ringback.actions.errors import Refused
from ringback.models import Message
from ringback.queries.access import article_for, may_publish, visible_articles, visible_prospects
from ringback.queries.articles import NOT_GONE, FileLost, stored_file
from ringback.web import when
from ringback.web.articles.words import shown
from ringback.web.forms import Form
from ringback.web.presenting import number
from ringback.web.requests import MemberRequest, said_after
from ringback.web.words import LANGUAGES

SHOWN, SHOWN_READERS = 200, 50


class ArticleForm(Form):
    title = forms.CharField(max_length=200, label=gettext_lazy("Title"), help_text=gettext_lazy("The reader sees it."))
    promise = forms.CharField(
        max_length=200,
        required=False,
        label=gettext_lazy("What the reader gets"),
        help_text=gettext_lazy("Goes into the subject: “how small depots get through autumn”."),
    )
    topics = forms.CharField(
        max_length=800,
        required=False,
        label=gettext_lazy("Topics"),
        help_text=gettext_lazy("Separated by commas: sailing, small depots, logistics. Without any, it fits anybody."),
    )
    language = forms.ChoiceField(required=False, label=gettext_lazy("Language"))
    file = forms.FileField(required=False, label=gettext_lazy("File"), help_text=gettext_lazy("At most 10 MB."))
    link = forms.CharField(
        max_length=1000,
        required=False,
        label=gettext_lazy("or a link"),
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )
    text = forms.CharField(
        max_length=50_000,
        required=False,
        label=gettext_lazy("or a text"),
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("It is attached as a page of its own."),
    )
    for_house = forms.BooleanField(required=False, initial=True, label=gettext_lazy("For the whole house"))

    def __init__(self, *args: Any, publishes: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        languages = self.fields["language"]
        assert isinstance(languages, forms.ChoiceField)
        languages.choices = [("", _("Fits any")), *((code, str(name)) for code, name in LANGUAGES.items())]
        if not publishes:
            del self.fields["for_house"]

    def as_fields(self) -> ArticleFields:
        given = self.cleaned_data
        topics = tuple(re.split(r"[,;\n]", given["topics"]))
        return ArticleFields(given["title"], given["promise"], topics, given["language"], given["link"], given["text"])

    def handed_in(self) -> HandedIn | None:
        file: UploadedFile | None = self.cleaned_data["file"]
        return HandedIn(file.name or "article", file.size or 0, file.chunks()) if file else None


@require_safe
def listing(request: MemberRequest) -> HttpResponse:
    gone = Q(messages__isnull=False) & ~Q(messages__state__in=NOT_GONE)
    rows = visible_articles(request.user).select_related("owner").annotate(sent=Count("messages", filter=gone))
    found = [
        shown(row, times(row.sent))
        for row in rows.order_by(F("retired_at").desc(nulls_first=True), "-added_at", "-id")[:SHOWN]
    ]
    current = [each for each in found if not each.retired]
    context = {"area": "mail", "articles": current, "retired": [each for each in found if each.retired]}
    return render(request, "articles/listing.html", context)


def times(count: int) -> str:
    if not count:
        return _("not sent yet")
    return ngettext("sent to %(n)s person", "sent to %(n)s people", count) % {"n": number(count)}


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: MemberRequest) -> HttpResponse:
    form = ArticleForm(request.POST or None, request.FILES or None, publishes=may_publish(request.user))
    if request.method == "POST" and form.is_valid():
        for_house = bool(form.cleaned_data.get("for_house"))
        try:
            row = add_article(
                by=request.user,
                fields=form.as_fields(),
                file=form.handed_in(),
                for_house=for_house,
                now=timezone.now(),
            )
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            return redirect("article", row.pk)
    return render(request, "articles/new.html", {"area": "mail", "form": form}, status=422 if form.errors else 200)


@require_safe
def detail(request: MemberRequest, article_id: int) -> HttpResponse:
    row = article_for(request.user, article_id)
    sent = Message.objects.filter(article=row).exclude(state__in=NOT_GONE)
    seen = sent.filter(prospect__in=visible_prospects(request.user)).select_related("prospect").order_by("-id")
    now = timezone.now()
    readers = [
        (each.prospect, when.moment(each.settled_at or each.due_at, request.user.zone, now))
        for each in seen[:SHOWN_READERS]
    ]
    context = {
        "area": "mail",
        "article": shown(row, times(sent.count())),
        "link": row.link,
        "text": row.text,
        "readers": readers,
        "may_retire": row.retired_at is None and (row.owner_id == request.user.pk or may_publish(request.user)),
    }
    return render(request, "articles/detail.html", context)


@require_safe
def file(request: MemberRequest, article_id: int) -> HttpResponse:
    """As an attachment, whatever it is: nothing that was handed in runs in our pages."""
    row = article_for(request.user, article_id)
    try:
        content = stored_file(row) if row.stored_as else None
    except FileLost:
        content = None
    if content is None:
        raise Http404
    response = HttpResponse(content, content_type="application/octet-stream")
    response.headers["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=row.file_name) or "attachment"
    )
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_POST
def retirement(request: MemberRequest, article_id: int) -> HttpResponse:
    row = article_for(request.user, article_id)
    said_after(
        request,
        lambda: retire_article(by=request.user, article=row, now=timezone.now()),
        _("Taken out: it is chosen no more."),
    )
    return redirect("articles")
