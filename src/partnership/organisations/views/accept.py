"""The page behind the link of an invitation: for somebody who has no account yet."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from ...access.who import system
from ..account_forms import AcceptForm
from ..models import User
from ..roles import ROLES
from ..steps import accounts
from ..steps.invitations import invited


@never_cache
def accept(request: HttpRequest, link: str) -> HttpResponse:
    """Set a password and begin; one who has an account already signs in with the password they have."""
    today = timezone.localdate()
    found = invited(link, today)
    if found is None:
        return render(request, "organisations/invitation_ended.html", status=404)
    known = User.objects.filter(email=found.email).exists()
    form = None if known else AcceptForm(found, request.POST or None)
    if request.method == "POST" and (form is None or form.is_valid()):
        by = system(found.partnership, today, "The person invited")
        accounts.accept(found, by=by, password=form.cleaned_data["password"] if form else "")
        messages.success(request, "Welcome. Sign in to begin.")
        return redirect("sign-in")
    roles = [ROLES[name] for name in found.roles if name in ROLES]
    facts = {"form": form or "", "title": f"Take part in {found.partnership}", "invitation": found, "roles": roles}
    return render(request, "organisations/accept.html", {**facts, "button": "Begin"})
