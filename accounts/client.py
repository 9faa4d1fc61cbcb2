"""From where a request comes."""

import ipaddress

from django.conf import settings


def address(request):
    """The address of the client, for the brake on logins; None where there is none.

    Behind ``PROXY_COUNT`` trusted proxies it is the one the outermost of them added to X-Forwarded-For. What
    stands before that was sent by the client and is not believed.
    """
    found = request.META.get("REMOTE_ADDR", "")
    if settings.PROXY_COUNT:
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        if len(forwarded) >= settings.PROXY_COUNT:
            found = forwarded[-settings.PROXY_COUNT].strip() or found
    try:
        return str(ipaddress.ip_address(found))
    except ValueError:
        return None
