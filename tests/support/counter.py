# SPDX-License-Identifier: GPL-3.0-or-later
"""A clerk's place at the counter: the real window, with a home of its own, and a real server.

The program is found through GUICHETIER; it speaks English here, the language of the sources.
"""
import contextlib
import os
import pathlib
import re
import shutil
import tempfile

from desk_driver import Absent, Desk
from guichet_server import PASSWORD, Client, Server

GIVEN_NAMES = ["Éloïse", "Zoé", "François", "Ève", "Hélène", "Noël"]
FAMILY_NAMES = ["Vandenbroucke", "Müller", "Lefèvre", "D’Hondt", "Peeters", "Çelik"]


class Place:
    """Where one clerk sits: settings, mirror, outbox and window of one person."""

    def __init__(self, server, login="marie.dubois"):
        self.server = server
        self.login = login
        self.home = pathlib.Path(tempfile.mkdtemp(prefix="guichet-place-"))
        self.desk = None

    def open(self, *options, pass_fds=(), **env):
        """Starts the window, with options of the command line, inherited descriptors and the environment."""
        home = {"XDG_DATA_HOME": "data", "XDG_CONFIG_HOME": "config", "XDG_CACHE_HOME": "cache"}
        for folder in home.values():
            (self.home / folder).mkdir(exist_ok=True)
        self.desk = Desk([os.environ["GUICHETIER"], *options], pass_fds=pass_fds, env={
            **os.environ, **{name: str(self.home / folder) for name, folder in home.items()},
            "GSETTINGS_BACKEND": "keyfile", **env})
        return self.desk

    def sign_in(self, password=PASSWORD):
        """Fills in the first page, as often as it is there, and waits for the queue."""
        desk = self.desk
        desk.wait_title("Sign in")
        desk.fill("Address of the server", self.server.address)
        self.enter(self.login, password)
        desk.wait_title("^(Mine|To take|Waiting for the citizen|Late|All open|Closed|.*: .*) – Guichetier")
        return desk

    def enter(self, login, password=PASSWORD):
        """Signs in at the server that the first page knows already."""
        desk = self.desk
        desk.fill("User name", login)
        desk.fill("Password", password)
        desk.click("Sign in")

    def choose(self, view):
        """Clicks a view of the side bar."""
        desk = self.desk
        desk.point_at(desk.find(name=re.compile(f"^{view}, ")))
        desk.wait_title(f"^{view} ")

    def request(self, reference):
        """Opens a request the way a scanned reference does."""
        desk = self.desk
        desk.key("ctrl+g")
        desk.fill("Search in the requests", reference)
        desk.key("Return")
        desk.wait_title(re.escape(reference))
        desk.find(name="Copy: Name")
        return desk

    def back(self):
        """Goes back to the list, the whole of it."""
        self.desk.key("alt+Left")
        self.desk.wait_text("^Sorted by ")
        self.desk.fill("Search in the requests", "")

    def close(self):
        """Closes the window; a leak, or a critical, shows in its status."""
        status = self.desk.close()
        if status != 0:
            raise AssertionError(f"the window ended with status {status}")

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        if self.desk is not None:
            if kind is not None:
                picture = os.environ.get("GUICHET_TEST_PICTURES")
                if picture:
                    Desk.screenshot(f"{picture}/{self.login}.png")
                with contextlib.suppress(Absent):
                    print("# the window said: " + " | ".join(self.desk.texts())[:3000].replace("\n", " "))
            self.desk.__exit__()
        shutil.rmtree(self.home, ignore_errors=True)


class Counter:
    """A server, its clerks, and requests that wait for them."""

    def __init__(self, *logins, extra=""):
        self.logins = list(logins) or ["marie.dubois", "luc.lefebvre"]
        self.server = Server(extra)
        self.clients = []

    @property
    def client(self):
        """The same clerk as the window's, at another program."""
        return self.connected(0)

    @property
    def colleague(self):
        return self.connected(1)

    def connected(self, number):
        self.clients[number].close()  # an idle connection may have ended, and the server with it
        return self.clients[number]

    def __enter__(self):
        self.server.__enter__()
        self.server.add_staff(self.logins)
        self.server.start()
        self.server.keep_address()
        self.sign_in()
        return self

    def __exit__(self, *what):
        self.server.__exit__(*what)

    def sign_in(self):
        """Each of the clerks at another program."""
        self.clients = [Client(self.server, login) for login in self.logins]

    def expire(self, place):
        """The session ends by itself, and the desk at that place has heard of it."""
        self.server.stop()
        self.server.expire_sessions()
        self.server.start()
        self.sign_in()
        place.desk.wait_title("^Sign in")

    def submit(self, count=1, procedure="POP-CM", client=None):
        """So many requests by different people; their references."""
        references = []
        for number in range(count):
            person = {"givenNames": GIVEN_NAMES[number % len(GIVEN_NAMES)],
                      "familyName": FAMILY_NAMES[number % len(FAMILY_NAMES)]}
            answer = (client or self.client).submit(procedure, citizen=person).must(201)
            references.append(answer.json["reference"])
        return references

    @contextlib.contextmanager
    def elsewhere(self):
        """The server, where the desks do not look for it: what happens now, they learn later."""
        text = self.server.config.read_text(encoding="utf-8")
        self.server.config.write_text(re.sub("listen=.*", "listen=127.0.0.1:0", text), encoding="utf-8")
        self.server.start()
        yield
        self.server.stop()
        self.server.config.write_text(text, encoding="utf-8")

    def kinds(self, reference):
        return [event["kind"] for event in self.client.events(reference)]
