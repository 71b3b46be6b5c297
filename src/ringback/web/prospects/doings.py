"""What can be done with one prospect: each verb is a noun of its own that is POSTed to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ringback.actions import appointing, deciders, enrolling, learning, prospecting, reacting, touching
from ringback.actions.errors import Refused
from ringback.actions.mailing import holding_back
from ringback.domain.vocabulary import CommitmentState, ObjectionState, Qualification
from ringback.models import Prospect
from ringback.queries import access
from ringback.web.prospects.forms import AppointmentForm, MoveForm, NoteForm, PauseForm, ProofForm, ReasonForm
from ringback.web.prospects.zones import zone_of
from ringback.web.requests import MemberRequest, View, key_of, managers_only, said_after, with_draft_done

Doing = Callable[..., tuple[Callable[[], object], str]]


def doing(prepare: Doing) -> View:
    """A POST on a prospect that one may see. `prepare` gives what to do and what to say after it."""

    @require_POST
    @wraps(prepare)
    def view(request: MemberRequest, pk: int, **ids: int) -> HttpResponse:
        prospect = access.prospect_for(request.user, pk)
        try:
            do, done = prepare(request, prospect, timezone.now(), **ids)
        except forms.ValidationError as problem:
            for sentence in problem.messages:
                messages.error(request, sentence)
        else:
            if said_after(request, do, done):
                return back_to(prospect, request.POST.get("draft", ""))
        return back_to(prospect)

    return view


def back_to(prospect: Prospect, draft: str = "") -> HttpResponseRedirect:
    """To the prospect's page, which forgets the draft of what was saved."""
    return redirect(with_draft_done(reverse("prospect", args=[prospect.pk]), draft))


def answered(form: forms.Form) -> Any:
    """The valid form; otherwise all its problems at once, each with its field's name."""
    if form.is_valid():
        return form
    named = [
        f"{form.fields[name].label}: {problem}" if name in form.fields else str(problem)
        for name, problems in form.errors.items()
        for problem in problems
    ]
    raise forms.ValidationError(named)


@doing
def qualification(request: MemberRequest, prospect: Prospect, now: datetime) -> Any:
    words = {
        Qualification.QUALIFIED: _("Qualified: may enter a cadence with calls."),
        Qualification.UNQUALIFIED: _("Marked as unqualified."),
        Qualification.UNKNOWN: _("Marked as not qualified yet."),
    }
    given = request.POST.get("qualification", "")
    if given not in words:
        raise forms.ValidationError(_("Choose whether this person is qualified."))
    chosen = Qualification(given)
    return (lambda: prospecting.qualify(by=request.user, prospect=prospect, qualification=chosen, now=now)), words[
        chosen
    ]


@managers_only
@doing
def owner(request: MemberRequest, prospect: Prospect, now: datetime) -> Any:
    chosen = request.POST.get("owner", "")
    new = get_object_or_404(access.visible_users(request.user), pk=int(chosen)) if chosen.isdecimal() else None
    done = (
        _("%(name)s owns this prospect now.") % {"name": new.shown_name} if new else _("Nobody owns this prospect now.")
    )
    return (lambda: prospecting.assign(by=request.user, prospect=prospect, owner=new, now=now)), done


@doing
def note(request: MemberRequest, prospect: Prospect, now: datetime) -> Any:
    text = answered(NoteForm(request.POST)).cleaned_data["text"]
    return (lambda: prospecting.note(by=request.user, prospect=prospect, text=text, now=now)), _("Noted.")


@doing
def closure(request: MemberRequest, prospect: Prospect, now: datetime) -> Any:
    reason, key = answered(ReasonForm(request.POST)).cleaned_data["reason"], key_of(request)
    return (lambda: prospecting.close_prospect(by=request.user, prospect=prospect, reason=reason, key=key, now=now)), _(
        "Closed. It stays closed until they ask."
    )


@doing
def reopening(request: MemberRequest, prospect: Prospect, now: datetime) -> Any:
    key = key_of(request)
    return (lambda: prospecting.reopen_prospect(by=request.user, prospect=prospect, key=key, now=now)), _("Open again.")


@doing
def opt_out(request: MemberRequest, prospect: Prospect, now: datetime) -> Any:
    proof, key = answered(ProofForm(request.POST)).cleaned_data["proof"], key_of(request)
    return (lambda: reacting.opt_out(by=request.user, prospect=prospect, proof=proof, key=key, now=now)), _(
        "Nobody will contact them again, on any channel."
    )


@doing
def enrollment(request: MemberRequest, prospect: Prospect, now: datetime) -> Any:
    cadence, key = request.POST.get("cadence", ""), key_of(request)
    return (lambda: enrolling.enroll(by=request.user, prospect=prospect, cadence=cadence, key=key, now=now)), _(
        "Enrolled. The first touch is planned below."
    )


@doing
def pause(request: MemberRequest, prospect: Prospect, now: datetime, enrollment_pk: int) -> Any:
    enrollment = get_object_or_404(prospect.enrollments, pk=enrollment_pk)
    form, key = answered(PauseForm(request.POST, zone=zone_of(prospect))), key_of(request)
    reason, until = form.cleaned_data["reason"], form.until()
    return (
        lambda: enrolling.pause(by=request.user, enrollment=enrollment, reason=reason, until=until, key=key, now=now)
    ), _("Paused.")


@doing
def resumption(request: MemberRequest, prospect: Prospect, now: datetime, enrollment_pk: int) -> Any:
    enrollment, key = get_object_or_404(prospect.enrollments, pk=enrollment_pk), key_of(request)
    return (lambda: enrolling.resume(by=request.user, enrollment=enrollment, key=key, now=now)), _("Running again.")


@doing
def stop(request: MemberRequest, prospect: Prospect, now: datetime, enrollment_pk: int) -> Any:
    enrollment, key = get_object_or_404(prospect.enrollments, pk=enrollment_pk), key_of(request)
    reason = answered(ReasonForm(request.POST)).cleaned_data["reason"]
    return (lambda: enrolling.stop(by=request.user, enrollment=enrollment, reason=reason, key=key, now=now)), _(
        "Stopped."
    )


@doing
def current_version(request: MemberRequest, prospect: Prospect, now: datetime, enrollment_pk: int) -> Any:
    enrollment, key = get_object_or_404(prospect.enrollments, pk=enrollment_pk), key_of(request)
    return (lambda: enrolling.move_to_current_version(by=request.user, enrollment=enrollment, key=key, now=now)), _(
        "Moved to the current version."
    )


@doing
def completion(request: MemberRequest, prospect: Prospect, now: datetime, touch_pk: int) -> Any:
    touch, key = get_object_or_404(prospect.touches, pk=touch_pk), key_of(request)
    return (lambda: touching.finish_touch(by=request.user, touch=touch, key=key, now=now)), _("Done.")


@doing
def skip(request: MemberRequest, prospect: Prospect, now: datetime, touch_pk: int) -> Any:
    touch, key = get_object_or_404(prospect.touches, pk=touch_pk), key_of(request)
    return (lambda: touching.finish_touch(by=request.user, touch=touch, skipped=True, key=key, now=now)), _("Skipped.")


@doing
def hold(request: MemberRequest, prospect: Prospect, now: datetime, touch_pk: int) -> Any:
    touch = get_object_or_404(prospect.touches, pk=touch_pk)
    done = _("Held back: it waits in Today until you send, skip or release it.")
    return (lambda: holding_back.hold_back(by=request.user, touch=touch, now=now)), done


@doing
def release(request: MemberRequest, prospect: Prospect, now: datetime, touch_pk: int) -> Any:
    touch = get_object_or_404(prospect.touches, pk=touch_pk)
    return (lambda: holding_back.let_go(by=request.user, touch=touch, now=now)), _("It goes by itself again.")


@doing
def touch_moment(request: MemberRequest, prospect: Prospect, now: datetime, touch_pk: int) -> Any:
    touch = get_object_or_404(prospect.touches, pk=touch_pk)
    form, key = answered(MoveForm(request.POST, zone=touch.zone)), key_of(request)
    due_at, reason = form.instant("moment"), form.cleaned_data["reason"]
    return (
        lambda: touching.reschedule_touch(by=request.user, touch=touch, due_at=due_at, reason=reason, key=key, now=now)
    ), _("Moved.")


@doing
def appointment(request: MemberRequest, prospect: Prospect, now: datetime) -> Any:
    form, key = answered(AppointmentForm(request.POST, zone=zone_of(prospect))), key_of(request)
    starts_at, reason = form.instant("moment"), form.cleaned_data["reason"]
    return (
        lambda: appointing.make_appointment(
            by=request.user, prospect=prospect, starts_at=starts_at, reason=reason, key=key, now=now
        )
    ), _("Appointment made; everything around it is planned below.")


@require_POST
def missed_talk(request: MemberRequest, pk: int) -> HttpResponse:
    """Write that you missed each other; it is read before it goes."""
    prospect = access.prospect_for(request.user, pk)
    try:
        key, now = key_of(request), timezone.now()
        mail = appointing.write_of_missed_talk(by=request.user, prospect=prospect, key=key, now=now)
    except (Refused, forms.ValidationError) as problem:
        messages.error(request, " ".join(getattr(problem, "messages", [str(problem)])))
        return back_to(prospect)
    return redirect("mail-review", mail.pk)


@doing
def appointment_moment(request: MemberRequest, prospect: Prospect, now: datetime, appointment_pk: int) -> Any:
    agreed, key = get_object_or_404(prospect.appointments, pk=appointment_pk), key_of(request)
    form = answered(MoveForm(request.POST, zone=agreed.zone))
    starts_at, reason = form.instant("moment"), form.cleaned_data["reason"]
    return (
        lambda: appointing.move_appointment(
            by=request.user, appointment=agreed, starts_at=starts_at, reason=reason, key=key, now=now
        )
    ), _("Appointment moved, and everything around it.")


@doing
def appointment_cancellation(request: MemberRequest, prospect: Prospect, now: datetime, appointment_pk: int) -> Any:
    agreed, key = get_object_or_404(prospect.appointments, pk=appointment_pk), key_of(request)
    reason = answered(ReasonForm(request.POST)).cleaned_data["reason"]
    return (
        lambda: appointing.cancel_appointment(by=request.user, appointment=agreed, reason=reason, key=key, now=now)
    ), _("Appointment cancelled, and everything around it.")


@doing
def objection_state(request: MemberRequest, prospect: Prospect, now: datetime, objection_pk: int) -> Any:
    objection, state = get_object_or_404(prospect.objections, pk=objection_pk), chosen_state(request, ObjectionState)
    words = request.POST.get("words", "")
    return (
        lambda: learning.settle_objection(by=request.user, objection=objection, state=state, words=words, now=now)
    ), _("Objection noted.")


@doing
def person(request: MemberRequest, prospect: Prospect, now: datetime, circumstance_pk: int) -> Any:
    named = get_object_or_404(prospect.circumstances, pk=circumstance_pk)
    return (lambda: deciders.bring_in_decider(by=request.user, circumstance=named, now=now)), _(
        "They are a prospect now, with all that is known. Add how to reach them."
    )


@doing
def commitment_state(request: MemberRequest, prospect: Prospect, now: datetime, commitment_pk: int) -> Any:
    commitment, state = (
        get_object_or_404(prospect.commitments, pk=commitment_pk),
        chosen_state(request, CommitmentState),
    )
    return (lambda: learning.settle_commitment(by=request.user, commitment=commitment, state=state, now=now)), _(
        "Promise settled."
    )


def chosen_state(request: MemberRequest, words: type[Any]) -> Any:
    try:
        return words(request.POST.get("state", ""))
    except ValueError:
        raise forms.ValidationError(_("Choose one of the buttons.")) from None
