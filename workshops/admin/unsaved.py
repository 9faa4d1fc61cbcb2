"""What was typed at the desk and not saved, because the login had ended or the window was left.

A script (``keep.js``) keeps it in the browser's window, and sends it here to be shown in the form again.
"""

from django.utils.translation import gettext as _

from .mistakes import mistakes

SHOW_AGAIN = "_show_again"


def refused(form, reason):
    """The class of a form that shows what was sent and cannot be saved now although each field is right."""

    class Refused(form):
        def full_clean(self):
            super().full_clean()
            self.add_error(None, reason)

    Refused.__name__ = form.__name__
    return Refused


class KeepsTyped:
    """Base of admins in whose forms nothing that was typed gets lost. What is wrong is listed above the form."""

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        if SHOW_AGAIN in request.POST:
            shown_again = _("What you had typed is back in the form. It is not saved yet: please do so now.")
            form = refused(form, shown_again)
        return form

    def render_change_form(self, request, context, *args, **kwargs):
        context["keeps_typed"] = True
        if context["errors"]:
            formsets = [each.formset for each in context["inline_admin_formsets"]]
            context["mistakes"] = mistakes(context["adminform"].form, formsets)
            context["errors"] = None  # Django's sentence below our list names no field
        return super().render_change_form(request, context, *args, **kwargs)
