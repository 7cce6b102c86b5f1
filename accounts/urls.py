"""Addresses of signing in: those of allauth that we use, under the names by which it reverses them."""

from allauth.account import views as allauth
from django.urls import path, re_path

from accounts import views
from accounts.codes import to_the_present_address
from accounts.faults import with_faults

urlpatterns = [
    path("", views.your_account, name="your_account"),
    path("login/", with_faults(allauth.login), name="account_login"),
    path("login/code/", with_faults(allauth.request_login_code), name="account_request_login_code"),
    path(
        "login/code/confirm/",
        to_the_present_address(with_faults(allauth.confirm_login_code)),
        name="account_confirm_login_code",
    ),
    path("logout/", allauth.logout, name="account_logout"),
    path("inactive/", allauth.account_inactive, name="account_inactive"),
    path("signup/", views.invitation_only, name="account_signup"),
    path("kept/<uuid:token>/", views.held_post, name="held_post"),
    path("password/change/", with_faults(allauth.password_change), name="account_change_password"),
    path("password/set/", with_faults(allauth.password_set), name="account_set_password"),
    path("password/reset/", with_faults(allauth.password_reset), name="account_reset_password"),
    path("password/reset/done/", allauth.password_reset_done, name="account_reset_password_done"),
    path(
        "password/reset/key/done/",
        allauth.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        with_faults(allauth.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
]
