# SPDX-License-Identifier: GPL-3.0-or-later
"""Stands between desks and a server, passes on what they say to each other, and may change an answer."""
import datetime
import email.utils
import http.client
import http.server
import json
import threading
import urllib.parse

# Of one connection, and not of what is said over it.
OF_THE_WAY = {"connection", "keep-alive", "transfer-encoding", "content-length", "host"}


class GoBetween:
    """`changes` has the end of a path → function of the answer's headers and JSON, which it changes in place;
    `lost` has ends of paths to which the next answer never comes, `held` end of a path → threading.Event for which
    its answers wait; `sent` what was posted: (path, JSON, key)."""

    def __init__(self, server):
        self.server = server
        self.changes = {}
        self.lost = []
        self.held = {}
        self.sent = []
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                outer.pass_on(self)

            do_POST = do_PUT = do_DELETE = do_PATCH = do_GET

            def log_message(self, *_words):
                pass

        self.listener = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.listener.daemon_threads = True
        self.address = f"http://127.0.0.1:{self.listener.server_address[1]}"
        threading.Thread(target=self.listener.serve_forever, daemon=True).start()

    def posted(self, end):
        """The JSON of what was posted to a path that ends so, oldest first."""
        return [content for path, content, _key in self.sent if path.endswith(end)]

    def keys(self, end):
        """The idempotency keys of the same."""
        return [key for path, _content, key in self.sent if path.endswith(end)]

    def pass_on(self, exchange):
        body = exchange.rfile.read(int(exchange.headers.get("Content-Length", 0)))
        if exchange.command == "POST":
            self.sent.append((exchange.path, json.loads(body) if body else None,
                              exchange.headers.get("Idempotency-Key")))
        there = http.client.HTTPConnection(urllib.parse.urlsplit(self.server.address).netloc)
        try:
            there.request(exchange.command, exchange.path, body or None,
                          {name: value for name, value in exchange.headers.items() if name.lower() not in OF_THE_WAY})
            self.bring_back(exchange, there.getresponse())
        except (OSError, http.client.HTTPException):
            pass  # one of the two has gone; the other sees the end as well
        finally:
            there.close()

    def bring_back(self, exchange, answer):
        """Piece by piece: the feed has no end."""
        for end, event in list(self.held.items()):
            if exchange.path.endswith(end):
                event.wait(60)
        lost = next((end for end in self.lost if exchange.path.endswith(end)), None)
        if lost is not None:
            answer.read()
            self.lost.remove(lost)
            return
        headers = {name: value for name, value in answer.getheaders() if name.lower() not in OF_THE_WAY}
        change = next((change for end, change in self.changes.items() if exchange.path.endswith(end)), None)
        changed = None
        if change is not None and 200 <= answer.status < 300:
            content = json.loads(answer.read())
            change(headers, content)
            changed = json.dumps(content).encode()
        exchange.send_response_only(answer.status)
        for name, value in headers.items():
            exchange.send_header(name, value)
        exchange.end_headers()
        if changed is not None:
            exchange.wfile.write(changed)
            return
        while piece := answer.read1(65536):
            exchange.wfile.write(piece)
            exchange.wfile.flush()

    def stop(self):
        self.listener.shutdown()
        self.listener.server_close()


class WrongClock:
    """A change of challenges: the server's clock goes wrong by `hours` (or the desk's does, the other way),
    and each lives as many seconds as comes next in `lives`. `given` has their nonces."""

    def __init__(self, hours, *lives):
        self.off = datetime.timedelta(hours=hours)
        self.lives = list(lives)
        self.given = []

    def __call__(self, headers, challenge):
        now = datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0) + self.off
        headers["Date"] = email.utils.format_datetime(now, usegmt=True)
        end = now + datetime.timedelta(seconds=self.lives.pop(0))
        challenge["expires"] = f"{end:%Y-%m-%dT%H:%M:%SZ}"
        self.given.append(challenge["nonce"])
