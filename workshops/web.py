"""One polite request to a foreign web server: what it answered, without reading the page.

Addresses in sources come from many hands, so a request goes to public addresses only. The address is checked
where the connection is made, so a name that changes its mind between two look-ups leads nowhere either.
"""

import http.client
import ipaddress
import socket
import ssl
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from django.conf import settings

NAME = "Wissenskompendium-Innenstadt-Linkpruefung"
TIMEOUT_SECONDS = 15
PORTS = {"http": 80, "https": 443}
BODY_BYTES = 512_000
# What stays as it is in an address: the characters RFC 3986 gives a meaning, and % of what is quoted already
MEANINGFUL = "/%:=&?~+!$,;'@()*[]"


class NotPublicError(OSError):
    """The address is not http or https, or lies in a private network."""


@dataclass(frozen=True)
class Answer:
    """The status of an answer, where it redirects to (a full address, else empty), and its text if asked for."""

    status: int
    location: str = ""
    text: str = ""


def user_agent():
    """How the check names itself: with the address of the site where it has a public one."""
    host = next((host.lstrip(".") for host in settings.ALLOWED_HOSTS if "." in host.strip(".*")), "")
    return f"{NAME}/1.0 (+https://{host}/)" if settings.PRODUCTION and host else f"{NAME}/1.0"


def ask(method, url, *, private=False, timeout=TIMEOUT_SECONDS, read=False):
    """The :class:`Answer` of the server; no redirect is followed.

    ``private`` also allows addresses of private networks. Raises ``OSError`` (``NotPublicError``,
    ``ssl.SSLError``, ``TimeoutError``, ``socket.gaierror`` …), ``http.client.HTTPException`` where the server
    does not speak HTTP, and ``ValueError`` for what is no address.
    """
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname:
        raise NotPublicError(url)
    host = parts.hostname.encode("idna").decode() if not parts.hostname.isascii() else parts.hostname
    port = parts.port or PORTS[parts.scheme]
    connection = http.client.HTTPConnection(host, port, timeout=timeout)
    connection.sock = connect(host, port, timeout, private)
    try:
        if parts.scheme == "https":
            connection.sock = ssl.create_default_context().wrap_socket(connection.sock, server_hostname=host)
        target = urlunsplit(("", "", quote(parts.path or "/", MEANINGFUL), quote(parts.query, MEANINGFUL), ""))
        name = f"[{host}]" if ":" in host else host
        connection.request(method, target, headers={
            "Host": name if port == PORTS[parts.scheme] else f"{name}:{port}",
            "User-Agent": user_agent(), "Accept": "*/*", "Accept-Language": "de, en;q=0.5", "Connection": "close",
        })  # fmt: skip
        response = connection.getresponse()
        location = response.headers.get("Location", "").encode("latin-1", "replace").decode("utf-8", "replace")
        text = response.read(BODY_BYTES).decode("utf-8", "replace") if read else ""
        return Answer(response.status, urljoin(url, location) if location else "", text)
    finally:
        connection.close()


def connect(host, port, timeout, private):
    """A socket to the first address of ``host`` that answers; every address must be public unless ``private``."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [address for *_, address in found]
    if not private and not all(ipaddress.ip_address(address[0].split("%")[0]).is_global for address in addresses):
        raise NotPublicError(host)
    for address in addresses[:-1]:
        try:
            return socket.create_connection(address[:2], timeout)
        except OSError:
            continue
    return socket.create_connection(addresses[-1][:2], timeout)
