"""The start page and the pages editors can change."""

from django.http import HttpResponse


def start(request):
    return HttpResponse("")


def page(request, slug):
    return HttpResponse("")
