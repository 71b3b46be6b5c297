"""Raw bytes of mails as values: nothing lost, nothing that runs or fetches, and no mail that cannot be read."""

from __future__ import annotations

import json
from base64 import b64encode
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

import pytest

from ringback.adapters.mail.html_text import as_text, harmless
from ringback.adapters.mail.parsing import parse
from ringback.domain.mail.incoming import Address, Attached
from ringback.domain.vocabulary import CalendarAnswer

HEAD = b"From: Ada Klein <Ada@Kunde.example>\r\nTo: rosa@harbour.example\r\nSubject: Hello\r\nMessage-ID: <a@b>\r\n"


def test_plain_mail_is_read_whole() -> None:
    mail = parse(
        HEAD
        + b"Date: Tue, 05 May 2026 14:05:00 +0200\r\nIn-Reply-To: <1@x>\r\nReferences: <0@x>\r\n <1@x>\r\n"
        + b"Delivered-To: rosa+t@harbour.example\r\nAuto-Submitted: Auto-Replied\r\nReturn-Path: <>\r\n\r\nHello\r\n"
    )
    assert mail.from_ == Address("ada@kunde.example", "Ada Klein")
    assert mail.to == ("rosa+t@harbour.example", "rosa@harbour.example")
    assert mail.written_at == datetime(2026, 5, 5, 12, 5, tzinfo=UTC)
    assert (mail.in_reply_to, mail.references, mail.message_id) == (("<1@x>",), ("<0@x>", "<1@x>"), "<a@b>")
    assert (mail.headers.auto_submitted, mail.headers.null_sender) == ("auto-replied", True)
    assert (mail.subject, mail.text, mail.new_text, mail.problems) == ("Hello", "Hello", "Hello", ())


CHARSETS = [
    (b"text/plain; charset=utf-8", "Grüße €".encode(), "Grüße €"),
    (b"text/plain; charset=iso-8859-1", "Grüße €".encode("cp1252"), "Grüße €"),
    (b"text/plain; charset=us-ascii", "Grüße aus München".encode("cp1252"), "Grüße aus München"),
    (b"text/plain; charset=us-ascii", "Grüße".encode(), "Grüße"),
    (b"text/plain; charset=iso-8859-1", "Grüße – schön".encode(), "Grüße – schön"),
    (b"text/plain; charset=utf-8", "Viele Grüße, schöne Woche".encode("cp1252"), "Viele Grüße, schöne Woche"),
    (b"text/plain; charset=no-such-thing", "Grüße".encode("cp1252"), "Grüße"),
    (b"text/plain; charset=base64", b"plain", "plain"),
    (b"text/plain", "Zażółć gęślą jaźń, proszę".encode("cp1250"), "Zażółć gęślą jaźń, proszę"),
    (b"text/plain; charset=gb2312", "你好，谢谢您的邮件".encode("gb18030"), "你好，谢谢您的邮件"),
    (b"text/plain; charset=windows-1251", "Спасибо, получил".encode("cp1251"), "Спасибо, получил"),
    (b"text/plain; charset=utf-16", "Hello".encode("utf-16"), "Hello"),
    (b'text/plain; charset="utf-8"', b"a\x00b\x07c\r\nd", "abc\nd"),
]


@pytest.mark.parametrize(("kind", "body", "text"), CHARSETS, ids=range(len(CHARSETS)))
def test_text_is_read_in_the_encoding_it_really_has(kind: bytes, body: bytes, text: str) -> None:
    mail = parse(HEAD + b"Content-Type: " + kind + b"\r\nContent-Transfer-Encoding: base64\r\n\r\n" + b64encode(body))
    assert mail.text == text
    assert "\ufffd" not in mail.text


SUBJECTS = [
    (b"=?utf-8?Q?Gr=C3=BC=C3=9Fe?=", "Grüße"),
    (b"=?utf-8?B?R3LDvMOfZQ==?= =?utf-8?B?ICE=?=", "Grüße !"),
    (b"=?utf-8?Q?Gr=C3?= =?utf-8?Q?=BC=C3=9Fe?=", "Grüße"),
    ("Grüße".encode(), "Grüße"),
    ("Grüße".encode("latin-1"), "Grüße"),
    (b"=?nonsense?Q?Gr=FC=DFe?=", "Grüße"),
    (b"=?utf-8?B?!!!?= still here", "still here"),
    (b"Hello =?utf-8?Q?=0D=0ABcc:_x@y?=", "Hello Bcc: x@y"),
    (b"\xe2\x80\xaeevil", "evil"),
    (b"", ""),
]


@pytest.mark.parametrize(("line", "subject"), SUBJECTS)
def test_subject_is_one_readable_line(line: bytes, subject: str) -> None:
    assert parse(b"Subject: " + line + b"\r\n\r\nx").subject == subject


ADDRESSES = [
    (b"Ada <ada@x.example>", Address("ada@x.example", "Ada")),
    (b'"Klein, Ada" <ADA@X.example>', Address("ada@x.example", "Klein, Ada")),
    (b"ada@x.example (Ada Klein)", Address("ada@x.example", "Ada Klein")),
    (b'"><script>alert(1)</script> <ada@x.example>', Address("ada@x.example", '"><script>alert(1)</script>')),
    (b"Team: Ada <ada@x.example>, bob@x.example;", Address("ada@x.example", "Ada")),
    (b"undisclosed-recipients:;", Address()),
    (b"=?utf-8?Q?J=C3=BCrgen?= <j@b\xc3\xbccher.example>", Address("j@bücher.example", "Jürgen")),
    (b"(" * 5_000 + b" ada@x.example", Address("ada@x.example", "")),
    (b"<<ada@x.example>>", Address("ada@x.example", "")),
    (b"nobody", Address()),
]


@pytest.mark.parametrize(("line", "address"), ADDRESSES, ids=range(len(ADDRESSES)))
def test_sender_is_found_however_it_is_written(line: bytes, address: Address) -> None:
    assert parse(b"From: " + line + b"\r\n\r\nx").from_ == address


@pytest.mark.parametrize("date", [b"", b"yesterday", b"Tue, 99 Foo 2026", b"Thu, 01 Jan 1970 00:00:00 +0000", b"\xff"])
def test_nonsensical_date_is_none(date: bytes) -> None:
    assert parse(b"Date: " + date + b"\r\n\r\nx").written_at is None


def multipart(*parts: bytes, kind: bytes = b"mixed") -> bytes:
    body = b"".join(b"--b\r\n" + part + b"\r\n" for part in parts)
    return HEAD + b"Content-Type: multipart/" + kind + b"; boundary=b\r\n\r\n" + body + b"--b--\r\n"


def test_html_alone_is_read_as_text_and_kept_harmless() -> None:
    html = b"""<html><head><style>p{background:url(//evil.example/x.png)}</style><script>alert(1)</script></head>
      <body onload="x()"><p>Yes &amp; gladly<br>Ada</p><img src="http://evil.example/pixel.gif">
      <iframe src="//evil.example"></iframe>
      <a href="javascript:x()">one</a> <a href="https://good.example/">two</a>
      <form action="//evil.example"><input></form>
      <blockquote>Old words</blockquote></body></html>"""
    mail = parse(HEAD + b"Content-Type: text/html\r\n\r\n" + html)
    assert mail.new_text == "Yes & gladly\nAda\n\none two"
    assert "> Old words" in mail.text
    for bad in ("script", "alert", "style", "img", "iframe", "onload", "javascript", "form", "evil.example"):
        assert bad not in mail.html
    assert '<a href="https://good.example/" rel="noopener noreferrer nofollow">two</a>' in mail.html


def test_attachments_are_named_and_measured_not_kept() -> None:
    mail = parse(
        multipart(
            b"Content-Type: text/plain\r\n\r\nSee below",
            b'Content-Type: application/pdf\r\nContent-Disposition: attachment; filename="../../etc/offer.pdf"\r\n'
            b"Content-Transfer-Encoding: base64\r\n\r\n" + b64encode(b"x" * 1000),
            b"Content-Type: image/png; name=empty.png\r\n\r\n",
            b"Content-Type: text/plain\r\nContent-Disposition: attachment; filename*=utf-8''Gr%C3%BC%C3%9Fe.txt\r\n\r\n"
            b"hi",
            b"Content-Type: message/rfc822\r\nContent-Disposition: attachment; filename=old.eml\r\n\r\n"
            b"Subject: x\r\n\r\nsecret",
        )
    )
    assert mail.text == "See below"
    assert [(each.name, each.size > 0) for each in mail.attachments] == [
        ("offer.pdf", True), ("empty.png", False), ("Grüße.txt", True), ("old.eml", True),
    ]  # fmt: skip
    assert mail.attachments[0] == Attached("offer.pdf", 1000)


ICS = b"""BEGIN:VCALENDAR\r\nMETHOD:%s\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:abc@ringback\r\nSEQUENCE:2\r
DTSTAMP:20260505T100000Z\r\nDTSTART:20260507T130000Z\r\nATTENDEE;PARTSTAT=%s:mailto:ada@kunde.example\r
ORGANIZER:mailto:rosa@harbour.example\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"""

ANSWERS = [
    (b"REPLY", b"ACCEPTED", CalendarAnswer.ACCEPTED),
    (b"REPLY", b"DECLINED", CalendarAnswer.DECLINED),
    (b"REPLY", b"TENTATIVE", CalendarAnswer.TENTATIVE),
    (b"COUNTER", b"TENTATIVE", CalendarAnswer.COUNTER),
    (b"REPLY", b"NEEDS-ACTION", None),
    (b"REQUEST", b"ACCEPTED", None),
]


@pytest.mark.parametrize(("method", "partstat", "answer"), ANSWERS)
def test_A4_calendar_answer(method: bytes, partstat: bytes, answer: CalendarAnswer | None) -> None:
    part = b"Content-Type: text/calendar; charset=utf-8; method=" + method + b"\r\n\r\n" + ICS % (method, partstat)
    found = parse(multipart(b"Content-Type: text/plain\r\n\r\nok", part, kind=b"alternative")).calendar
    assert (found and found.answer) == answer
    if found:
        assert (found.uid, found.sequence, found.by) == ("abc@ringback", 2, "ada@kunde.example")
        moment = datetime(2026, 5, 7, 13, 0, tzinfo=UTC) if answer is CalendarAnswer.COUNTER else None
        assert found.starts_at == moment


def test_C5_feedback_report_names_the_mail_and_whom() -> None:
    mail = parse(
        multipart(
            b"Content-Type: text/plain\r\n\r\nA complaint",
            b"Content-Type: message/feedback-report\r\n\r\n"
            b"Feedback-Type: abuse\r\nOriginal-Rcpt-To: ada@kunde.example\r\n",
            b"Content-Type: message/rfc822\r\n\r\n"
            b"Message-ID: <1.ringback@harbour.example>\r\nTo: x@y.example\r\n\r\nOur mail",
            kind=b"report; report-type=feedback-report",
        )
    )
    assert (mail.report.feedback, mail.report.feedback_recipient) == ("abuse", "ada@kunde.example")
    assert mail.report.original_message_ids == ("<1.ringback@harbour.example>",)


def test_C6_every_gold_bounce_is_found_and_its_kind_is_right(shared_data: Path) -> None:
    """At least 95 % of the kinds; every address."""
    folder = shared_data / "mail" / "bounces-flufl"
    right = addresses = 0
    for gold in json.loads((folder / "_gold.json").read_text()):
        found = {each.address: each.permanent for each in parse((folder / gold["file"]).read_bytes()).failed}
        wanted = [address.lower() for address in gold["addresses"]]
        assert set(wanted) <= set(found), gold["file"]
        addresses += len(wanted)
        right += sum(found[address] is not gold["temporary"] for address in wanted)
    assert right >= 0.95 * addresses > 100


def test_person_who_quotes_a_bounce_is_no_bounce() -> None:
    body = b"I got this back, is your address right?\n\n> <ada@kunde.example>: 550 5.1.1 User unknown\n"
    assert parse(HEAD + b"In-Reply-To: <1@x>\r\n\r\n" + body).failed == ()


UGLY = {
    "empty": b"",
    "only-nul": b"\x00" * 100,
    "no-body": b"Subject: x",
    "lone-cr": b"Subject: x\rFrom: a@b.example\r\rHello\rthere",
    "no-boundary": HEAD + b"Content-Type: multipart/mixed\r\n\r\nHello",
    "never-closed": HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nHello",
    "odd-type": HEAD + b"Content-Type: ;;;===\r\n\r\nHello",
    "odd-encoding": HEAD + b"Content-Transfer-Encoding: x-magic\r\n\r\nHello",
    "broken-base64": HEAD + b"Content-Transfer-Encoding: base64\r\n\r\nSGVs*bG8!",
    "thousand-headers": b"X-Odd: y\r\n" * 100_000 + b"\r\nHello",
    "long-line": HEAD + b"\r\n" + b"a" * 3_000_000,
    "odd-rfc2231": HEAD + b"Content-Disposition: attachment; filename*0*=x''%; filename*9999999999999=y\r\n\r\nx",
    "deep-html": HEAD + b"Content-Type: text/html\r\n\r\n" + b"<div>" * 50_000 + b"Hello",
    "many-quotes-html": HEAD + b"Content-Type: text/html\r\n\r\n" + b"<blockquote>" * 5_000 + b"Hello",
}


@pytest.mark.parametrize("name", UGLY)
def test_no_mail_is_too_ugly_to_be_read(name: str) -> None:
    started = perf_counter()
    mail = parse(UGLY[name])
    assert "\x00" not in mail.text + mail.subject + mail.from_.address
    assert perf_counter() - started < 10


def test_endless_nesting_is_cut_and_said() -> None:
    nested = HEAD
    for depth in range(3_000):
        nested += b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (depth, depth)
    started = perf_counter()
    mail = parse(nested + b"Content-Type: text/plain\r\n\r\nHello\r\n" * 10_000)
    assert mail.problems == ("Its parts are packed into each other too deeply; only its beginning was read.",)
    assert mail.from_.address == "ada@kunde.example"
    assert perf_counter() - started < 10


def test_thirty_megabytes_are_read_in_seconds() -> None:
    large = b"Content-Type: application/zip; name=big.zip\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    lines = b"\r\n".join([b64encode(b"x" * 57)] * 400_000)
    started = perf_counter()
    mail = parse(multipart(b"Content-Type: text/plain\r\n\r\nHere it is", large + lines))
    assert (mail.text, mail.attachments) == ("Here it is", (Attached("big.zip", 57 * 400_000),))
    assert perf_counter() - started < 20


def test_every_naughty_string_is_read_in_every_place(shared_data: Path) -> None:
    for text in json.loads((shared_data / "security" / "blns.json").read_text(encoding="utf-8")):
        raw = text.encode("utf-8", "surrogatepass")
        line = raw.replace(b"\r", b" ").replace(b"\n", b" ")
        mail = parse(b"From: " + line + b" <a@b.example>\r\nSubject: " + line + b"\r\n\r\n" + raw)
        assert "\n" not in mail.subject + mail.from_.name
        assert mail.from_.address == "a@b.example" or "@" in text


def test_replies_of_others_are_cut_right(shared_data: Path) -> None:
    """Right: the answer's own words are there, whole, and nothing of the quote or the signature (see bench)."""
    folder = shared_data / "mail" / "replies-talon"
    for path in sorted((folder / "standard_replies").glob("*.eml")):
        assert parse(path.read_bytes()).new_text == "Hello", path.name
    for path in sorted((folder / "html_replies").iterdir()):
        words = parse(b"Content-Type: text/html; charset=utf-8\r\n\r\n" + path.read_bytes()).new_text.split()
        assert words == ["Hi.", "I", "am", "fine.", "Thanks,", "Alex"], path.name


def test_html_that_is_cut_stays_whole() -> None:
    assert harmless("<p>" + "<b>word</b> " * 100_000).endswith(("</b>", "</p>", "word</b> ", "</b> </p>"))
    assert as_text("<ul><li>one<li>two</ul><pre>a\n  b</pre>") == "- one\n- two\n\na\n  b"
