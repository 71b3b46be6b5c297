"""How log-ins differ from allauth's and axes' defaults: nobody signs up alone, and who fails too often has to wait."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


class ClosedAccounts(DefaultAccountAdapter):
    """Accounts are made by an admin, or by the first visitor who holds the set-up link."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's signature
        return False


def claimed_name(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """The name somebody tries to log in as, however it was given; one person's two spellings count together."""
    given = credentials or {}
    name = given.get("username") or given.get("email") or given.get("login") or request.POST.get("login") or ""
    return str(name).strip().casefold()[:255]


def client_address(request: HttpRequest) -> str:
    """Where a request comes from. Behind our proxy that is the last address in the list: the one the proxy added."""
    if settings.BEHIND_PROXY and (forwarded := request.headers.get("X-Forwarded-For", "")):
        return forwarded.rpartition(",")[2].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def locked_out(request: HttpRequest, credentials: dict[str, Any] | None = None, *args: Any) -> HttpResponse:  # noqa: ARG001 - axes' signature
    """The page shown instead of another try."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    return render(request, "account/locked_out.html", {"minutes": minutes}, status=429)
