from __future__ import annotations

from django.urls import path

from .views import accept, accounts

urlpatterns = [
    path("accounts/invite/<slug:name>/", accounts.invite, name="account-invite"),
    path("accounts/invitations/<slug:reference>/", accounts.invitation, name="invitation"),
    path("accounts/invitations/<slug:reference>/<slug:verb>/", accounts.invitation_step, name="invitation-step"),
    path("accounts/<slug:reference>/", accounts.page, name="membership"),
    path("accounts/<slug:reference>/<slug:verb>/", accounts.step, name="membership-step"),
    path("invited/<str:link>/", accept.accept, name="invitation-accept"),
]
