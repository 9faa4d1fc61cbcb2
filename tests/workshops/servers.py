"""Web servers of our own for the link check: each path behaves in one way."""

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Site(ThreadingHTTPServer):
    """A server that answers each path as ``pages`` says, and remembers what it was asked.

    A page is a status, or a status with headers, or a function that gets the handler. Unknown paths are 404.
    """

    daemon_threads = True

    def __init__(self, pages, robots):
        super().__init__(("127.0.0.1", 0), Handler)
        self.pages = {"/robots.txt": (200, {}, robots) if robots is not None else 404, **pages}
        self.asked = []
        self.agents = set()

    @property
    def address(self):
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    """Looks up what the path is to do."""

    def answer(self):
        self.server.asked.append((self.command, self.path))
        self.server.agents.add(self.headers["User-Agent"])
        page = self.server.pages.get(self.path, 404)
        if callable(page):
            page = page(self)
        status, headers, body = page if isinstance(page, tuple) else (page, {}, "")
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body.encode())

    do_GET = do_HEAD = answer

    def log_message(self, *arguments):
        """Say nothing."""


@contextmanager
def serving(pages, robots=None):
    """A running :class:`Site`."""
    with Site(pages, robots) as site:
        thread = threading.Thread(target=site.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield site
        finally:
            site.shutdown()
            thread.join()


def redirect(target, status=301):
    """A page that has moved to ``target``."""
    return (status, {"Location": target}, "")
