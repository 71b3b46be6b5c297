import pytest
from django.contrib.auth import get_user_model
from django.test import Client, RequestFactory
from django.urls import reverse

from ringback.config.accounts import client_address

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def ann():
    return get_user_model().objects.create_user("ann", "ann@example.com", "correct horse")


def attempt(name: str, password: str, address: str = "192.0.2.1"):
    return Client(REMOTE_ADDR=address).post("/login/", {"login": name, "password": password})


@pytest.mark.parametrize("name", ["ann", "ANN", "ann@example.com"])
def test_log_in_by_name_or_address(name: str) -> None:
    assert attempt(name, "correct horse").status_code == 302


def test_eight_failures_lock_that_name_from_that_place_only(settings) -> None:
    for _ in range(settings.AXES_FAILURE_LIMIT):
        last = attempt("ann", "wrong")
    assert last.status_code == 429
    assert attempt("ann", "correct horse").status_code == 429
    assert attempt("Ann", "correct horse").status_code == 429
    assert attempt("ann", "correct horse", "192.0.2.2").status_code == 302


@pytest.mark.parametrize(
    ("behind_proxy", "address"), [(False, "192.0.2.1"), (True, "198.51.100.7")], ids=["direct", "behind a proxy"]
)
def test_forwarded_address_counts_only_behind_a_proxy(behind_proxy: bool, address: str, settings) -> None:
    settings.BEHIND_PROXY = behind_proxy
    request = RequestFactory(REMOTE_ADDR="192.0.2.1").get("/", headers={"X-Forwarded-For": "203.0.113.9, 198.51.100.7"})
    assert client_address(request) == address


def test_success_resets_the_count(settings) -> None:
    for _ in range(settings.AXES_FAILURE_LIMIT - 1):
        attempt("ann", "wrong")
    assert attempt("ann", "correct horse").status_code == 302
    assert attempt("ann", "wrong").status_code == 200


def test_nobody_signs_up_alone(client: Client) -> None:
    assert client.get("/accounts/signup/").status_code in (302, 404)
    assert client.get("/signup/").status_code in (302, 404)


def test_log_out_needs_a_press_not_a_link(client: Client, ann) -> None:
    client.force_login(ann)
    client.get(reverse("account_logout"))
    assert "_auth_user_id" in client.session
    client.post(reverse("account_logout"))
    assert "_auth_user_id" not in client.session


def test_every_answer_carries_the_strict_policy(client: Client) -> None:
    answer = client.get("/login/")
    policy = answer.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
