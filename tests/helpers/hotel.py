"""A network before its login page: ``python -m tests.helpers.hotel ADDRESS``.

Whatever is asked on port 80, at whatever address, is sent to the login page at ADDRESS; that is
answered, too. Serves until killed.
"""

import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class LoginPage(BaseHTTPRequestHandler):
    """Sends everybody to the login page."""

    def do_GET(self) -> None:
        """Answer."""
        here = self.headers.get("Host", "") == sys.argv[1]
        body = b"<h1>Welcome to the hotel</h1>"
        self.send_response(200 if here else 302)
        if not here:
            self.send_header("Location", f"http://{sys.argv[1]}/login")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing of a request."""


if __name__ == "__main__":
    with ThreadingHTTPServer(("", 80), LoginPage) as hotel:
        print("Serving", flush=True)
        hotel.serve_forever()
