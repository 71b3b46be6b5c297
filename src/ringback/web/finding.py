"""A row that somebody may not see is a page that is not there."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.views.defaults import page_not_found

from ringback.queries.access import NotVisible


class NotVisibleIsNotFound:
    """Middleware: NotVisible, raised by queries.access, becomes the 404 page; whether the row exists is not told."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, NotVisible):
            return None
        return page_not_found(request, Http404(str(exception)))
