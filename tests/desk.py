"""An editor's browser: opens the form of an entry and sends it back."""

import re

from django.test import Client

from tests.factories import make_source
from workshops.admin.collisions import as_sent
from workshops.admin.history import basis_of, histories

PREFIX = "examples"


class Desk(Client):
    """An editor's browser: opens the form of an entry and sends it back with changes."""

    def __init__(self, user):
        super().__init__()
        self.force_login(user)

    def open(self, idea, address="change"):
        """What the fields of the form hold, as a browser would send it."""
        response = self.get(f"/admin/ideas/idea/{idea.pk}/change/")
        assert response.status_code == 200
        form = response.context["adminform"].form
        data = {"basis": re.search(r'name="basis" value="(\w+)"', response.text)[1]}
        for field in form:
            put(data, field)
        for inline in response.context["inline_admin_formsets"]:
            for field in inline.formset.management_form:
                put(data, field)
            for each in inline.formset.forms:
                for field in each:
                    put(data, field)
        return data

    def save(self, idea, data, button="_save", address="change"):
        """Press a button of the form."""
        return self.post(f"/admin/ideas/idea/{idea.pk}/{address}/", data | {button: "1"}, follow=True)

    def add_example(self, data, **values):
        """Fill in one more practice example."""
        place = int(data[f"{PREFIX}-TOTAL_FORMS"])
        data[f"{PREFIX}-TOTAL_FORMS"] = place + 1
        values = {"fact": "Geht.", "source": make_source().pk, "evidence": "quelle", "position": ""} | values
        return data | {f"{PREFIX}-{place}-{name}": value for name, value in values.items()}


def put(data, field):
    """Add what a browser sends for ``field``."""
    value = field.value()
    if value is None or value == [] or (value is False):
        return
    data[field.html_name] = [getattr(each, "pk", each) for each in value] if isinstance(value, list) else value


def basis(record, *belonging):
    """What the form of a record carries if it is opened now."""
    return basis_of(histories(record, belonging))


def filled(response):
    """What a browser sends back of the form on a page of the desk that nobody has touched."""
    data = {}
    inlines = [each.formset for each in response.context["inline_admin_formsets"]]
    for form in [
        response.context["adminform"].form,
        *(each.management_form for each in inlines),
        *(form for each in inlines for form in each.forms),
    ]:
        for field in form:
            if texts := as_sent(field):
                data[field.html_name] = [text.replace("\n", "\r\n") for text in map(str, texts)]
    return data
