"""The way into the admin and the pages of the second factor."""

import django_otp
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.views import LoginView
from django.http import HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from . import second_factor
from .forms import CodeForm, LoginForm, PhoneCodeForm
from .second_factor import SECRET, Waiting

# Entries in the session: codes are still to be shown, with where to go then; the phone may be replaced
SHOW_CODES = "recovery_codes_are_new"
REPLACE = "second_factor_may_be_replaced"


class Login(LoginView):
    """Name and password. Who has a second factor, or needs one, is logged in only after that."""

    authentication_form = LoginForm
    template_name = "admin/login.html"

    def form_valid(self, form):
        user = form.get_user()
        known = second_factor.has_one(user)
        if not known and not settings.REQUIRE_2FA:
            return super().form_valid(form)
        Waiting.begin(self.request, user, self.get_success_url())
        return redirect("admin:second_factor_code" if known else "admin:second_factor_set_up")


def page(request, template, title, **context):
    """A page in the frame of the admin."""
    context = {**admin.site.each_context(request), "title": title, **context}
    return TemplateResponse(request, f"accounts/{template}.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def code(request):
    """Ask for the code of somebody whose password was right."""
    waiting = Waiting.of(request)
    if not waiting:
        return start_anew(request)
    if not second_factor.has_one(waiting.user):
        return redirect("admin:second_factor_set_up")
    form = CodeForm(request.POST or None)
    if form.is_valid():
        if device := second_factor.verify(waiting.user, form.cleaned_data["code"]):
            waiting.finish(request, device)
            return HttpResponseRedirect(waiting.next)
        waiting.failed(request)
        if not Waiting.of(request):
            return start_anew(request)
        form.refuse()
    return page(request, "code", _("Second factor"), form=form)


def start_anew(request):
    """Back to the beginning of the login, with the reason."""
    messages.warning(request, _("Please log in again: it took too long, or there were too many wrong codes."))
    return redirect("admin:login")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def set_up(request):
    """Set up the phone: for somebody who must before the first login, or who is signed in and wants to."""
    waiting = Waiting.of(request)
    if waiting and second_factor.has_one(waiting.user):
        return redirect("admin:second_factor_code")  # a password alone must not replace the phone
    if not waiting and not admin.site.has_permission(request):
        return redirect("admin:login")
    user = waiting.user if waiting else request.user
    if not waiting and second_factor.has_one(user) and REPLACE not in request.session:
        return redirect("admin:second_factor")
    secret = request.session.setdefault(SECRET, second_factor.new_secret())
    form = PhoneCodeForm(request.POST or None)
    if form.is_valid():
        if device := second_factor.set_up(user, secret, form.cleaned_data["code"], by=user):
            del request.session[SECRET]
            request.session.pop(REPLACE, None)
            if waiting:
                waiting.finish(request, device)
            else:
                django_otp.login(request, device)
            request.session[SHOW_CODES] = waiting.next if waiting else ""
            return redirect("admin:second_factor_codes")
        form.refuse()
    link = second_factor.address(user, secret)
    context = {"link": link, "qr_code": second_factor.qr_code(link), "secret": second_factor.legible(secret)}
    return page(request, "set_up", _("Set up the second factor"), form=form, forced=waiting is not None, **context)


@require_http_methods(["GET", "HEAD", "POST"])
def codes(request):
    """Show new recovery codes until they are said to be kept."""
    if SHOW_CODES not in request.session:
        return redirect("admin:second_factor")
    if request.method == "POST":
        following = request.session.pop(SHOW_CODES)
        return HttpResponseRedirect(following) if following else redirect("admin:second_factor")
    return page(request, "codes", _("Your recovery codes"), codes=second_factor.codes(request.user))


@require_http_methods(["GET", "HEAD", "POST"])
def manage(request):
    """What is set up, and the ways to change it; each asks for a code, as the browser may have been left alone."""
    known = second_factor.has_one(request.user)
    form = CodeForm(request.POST or None)
    form.fields["code"].widget.attrs.pop("autofocus")
    if known and form.is_valid():
        if second_factor.verify(request.user, form.cleaned_data["code"]):
            return change(request)
        form.refuse()
    left = len(second_factor.codes(request.user))
    return page(
        request, "manage", _("Second factor"), form=form, known=known, left=left, required=settings.REQUIRE_2FA
    )


@require_POST
def change(request):
    """Do what was asked for on the page, after the code was right."""
    user = request.user
    if "codes" in request.POST:
        second_factor.new_codes(user, by=user)
        request.session[SHOW_CODES] = ""
        return redirect("admin:second_factor_codes")
    if "remove" in request.POST and not settings.REQUIRE_2FA:
        second_factor.remove(user, by=user)
        messages.success(request, _("The second factor is removed."))
        return redirect("admin:second_factor")
    request.session.pop(SECRET, None)
    request.session[REPLACE] = True
    return redirect("admin:second_factor_set_up")
