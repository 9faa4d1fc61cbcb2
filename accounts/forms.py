"""Forms of the login and the second factor."""

from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.models import User
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _


class LoginForm(AdminAuthenticationForm):
    """Name and password. Django only tells browsers how long a name can be; the brake could keep no longer one."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        longest = User._meta.get_field("username").max_length
        self.fields["username"].validators.append(MaxLengthValidator(longest))


class CodeForm(forms.Form):
    """A code from the phone, or a recovery code."""

    code = forms.CharField(
        label=_("Code from your phone, or a recovery code"), max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True, "spellcheck": "false"}),
    )  # fmt: skip

    def refuse(self):
        """Say that the code did not fit."""
        self.add_error(
            "code",
            _("This code is not right or has been used. Wait for the next one on your phone and try that."),
        )


class PhoneCodeForm(CodeForm):
    """The first code of a phone that is being set up."""

    code = forms.CharField(
        label=_("Code from your phone"), max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )  # fmt: skip
