# SPDX-License-Identifier: GPL-3.0-or-later
"""A real guichetd on a free loopback port with a folder of its own, and a client for it.

The programs are found through GUICHETD and GUICHETCTL, the data through GUICHET_DATA. With
GUICHET_CONTRACT every exchange is held against that OpenAPI document.
"""
import base64
import contextlib
import http.client
import json
import os
import pathlib
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import threading
import time
import urllib.parse
import uuid

PATIENCE = float(os.environ.get("GUICHET_TEST_PATIENCE", "60"))
PASSWORD = "Mons-demo-2026-essai"

STAFF = {
    "marie.dubois": ("Marie Dubois", ["population:officer"]),
    "luc.lefebvre": ("Luc Lefebvre", ["population:clerk", "civilStatus:clerk"]),
    "sofia.peeters": ("Sofia Peeters", ["civilStatus:officer"]),
    "thomas.lambert": ("Thomas Lambert", ["planning:officer"]),
    "nadia.benali": ("Nadia Benali", ["archives:officer"]),
    "anne.mercier": ("Anne Mercier", ["population:supervisor", "civilStatus:supervisor",
                                      "planning:supervisor", "archives:supervisor"]),
    "guichet.un": ("Guichet 1", ["population:reception"]),
    "dpo": ("Déléguée", ["population:protection", "civilStatus:protection"]),
    "admin": ("Administratrice", ["population:administrator"]),
}

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n" \
      b"trailer<</Root 1 0 R>>\n%%EOF\n"

CITIZEN = {
    "familyName": "Vandenbroucke", "givenNames": "Éléonore", "niss": "85073003328",
    "birthDate": "1985-07-30", "email": "eleonore.vandenbroucke@example.org", "phone": "+3265000042",
    "street": "rue de Nimy", "number": "12", "postcode": "7000", "locality": "Mons", "country": "BE",
    "language": "fr", "level": "counter",
}


class Server:
    """The daemon, its folder, and the administrator's tool for it."""

    def __init__(self, extra="", env=None, mail=None, passwords="memory-mib=8\npasses=1"):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="guichet-test-"))
        self.config = self.folder / "guichetd.conf"
        self.mail = self.folder / "mail"
        self.env = {**os.environ, **(env or {})}
        self.process = None
        self.address = None
        data = os.environ["GUICHET_DATA"]
        mail = mail or f"maildir={self.mail}\nfrom=no-reply-e-guichet@mons.be\n"
        self.config.write_text(f"""[server]
listen=127.0.0.1:0
data={self.folder}/server
catalogue={data}/catalogue
texts={data}/texts
town=Ville de Mons
link=https://e-guichet.example/demandes/
contact=065 00 00 00
[mail]
{mail}
[passwords]
{passwords}
{extra}""", encoding="utf-8")

    def control(self, *words, check=True, text=None):
        """guichetctl with these words; what it printed, if it went well."""
        done = subprocess.run([os.environ["GUICHETCTL"], "--config", str(self.config), *words],
                              input=text, capture_output=True, text=True, timeout=600, env=self.env,
                              check=False)
        if check and done.returncode != 0:
            raise AssertionError(f"guichetctl {' '.join(words)}: {done.returncode}\n{done.stderr}")
        return done

    def purges(self):
        """Reference → day, by whom and why, as guichetctl lists them."""
        lines = [line.split(maxsplit=4) for line in self.control("purges").stdout.splitlines()]
        return {reference: (day, by, why) for reference, day, _, by, why in lines}

    def add_staff(self, logins=None):
        for login in logins or STAFF:
            name, posts = STAFF[login]
            words = [word for post in posts for word in ("--post", post)]
            self.control("staff", "add", login, "--name", name, *words, "--password-file", "-",
                         text=PASSWORD + "\n")

    def start(self):
        log = open(self.folder / "guichetd.log", "ab")
        self.process = subprocess.Popen([os.environ["GUICHETD"], "--config", str(self.config)],
                                        stdout=subprocess.PIPE, stderr=log, env=self.env)
        log.close()
        line = self.process.stdout.readline().decode()
        if not line.startswith("listening on "):
            raise AssertionError(f"guichetd did not start:\n{self.log()}")
        self.address = line.removeprefix("listening on ").strip()
        return self

    def log(self):
        path = self.folder / "guichetd.log"
        return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""

    def keep_address(self):
        """Lets it come back where it is now: desks go on looking for it there."""
        text = self.config.read_text(encoding="utf-8")
        self.config.write_text(text.replace("listen=127.0.0.1:0", "listen=" + self.address.removeprefix("http://")),
                               encoding="utf-8")

    def stop(self):
        """Asks it to end, as systemd does, and gives its status."""
        return self._end(signal.SIGTERM)

    def kill(self):
        """Ends it where it stands."""
        return self._end(signal.SIGKILL)

    @contextlib.contextmanager
    def silent(self):
        """Takes what it is asked, and answers nothing for a while."""
        self.process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self.process.send_signal(signal.SIGCONT)

    def expire_sessions(self):
        """While it does not run: whoever is signed in has been away for too long."""
        with contextlib.closing(sqlite3.connect(self.folder / "server" / "journal.db")) as database, database:
            database.execute("UPDATE session SET expires = created + 1000000")

    def _end(self, number):
        if self.process is None:
            return None
        self.process.send_signal(number)
        status = self.process.wait(PATIENCE)
        self.process.stdout.close()
        self.process = None
        return status

    def messages(self):
        """What is in the maildir, oldest first."""
        new = self.mail / "new"
        return [path.read_bytes() for path in sorted(new.iterdir())] if new.exists() else []

    def wait_messages(self, count):
        return wait_for(lambda: (found := self.messages()) if len(self.messages()) >= count else None,
                        f"{count} messages in the maildir")

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        self.kill()
        if kind is not None and kind is not SystemExit:
            for line in self.log().splitlines()[-30:]:
                print(f"# guichetd: {line}")
        shutil.rmtree(self.folder, ignore_errors=True)


def wait_for(question, what):
    end = time.monotonic() + PATIENCE
    while True:
        answer = question()
        if answer:
            return answer
        if time.monotonic() > end:
            raise AssertionError(f"waited {PATIENCE:.0f} s for {what}")
        time.sleep(0.02)


class Answer:
    def __init__(self, status, headers, body):
        self.status = status
        self.headers = headers
        self.body = body

    @property
    def json(self):
        return json.loads(self.body) if self.body else None

    def must(self, status):
        if self.status != status:
            raise AssertionError(f"status {self.status} instead of {status}: {self.body[:600]!r}")
        return self


def contract():
    """What every exchange is held against; None where nothing is, as in a measurement."""
    path = os.environ.get("GUICHET_CONTRACT")
    if path is None:
        return None
    from openapi import Document  # needs more than Python's own modules
    return Document(pathlib.Path(path))


class Client:
    """Speaks the API over one connection of its own; use one a thread."""

    document = contract()

    def __init__(self, server, login=None):
        self.server = server
        self.address = None
        self.connection = None
        self.token = None
        self.login = login
        if login:
            answer = self.call("POST", "/v1/sessions", {"login": login, "password": PASSWORD}).must(201)
            self.token = answer.json["token"]

    def call(self, method, path, body=None, headers=None, raw=None):
        content = raw if raw is not None else (json.dumps(body).encode() if body is not None else None)
        lines = {"Content-Type": "application/json"} if content is not None else {}
        if self.token:
            lines["Authorization"] = f"Bearer {self.token}"
        lines.update(headers or {})
        if self.address != self.server.address:
            self.close()  # the server was started anew, on another port
        if self.connection is None:
            self.address = self.server.address
            self.connection = http.client.HTTPConnection(self.host, self.port, timeout=PATIENCE)
        try:
            self.connection.request(method, path, content, lines)
            answer = self.read_answer()
        except (OSError, http.client.HTTPException):
            self.close()
            raise
        if self.document is not None:
            self.document.hold(method, path, content, answer)
        return answer

    def read_answer(self):
        response = self.connection.getresponse()
        return Answer(response.status, response.headers, response.read())

    @property
    def host(self):
        return urllib.parse.urlsplit(self.server.address).hostname

    @property
    def port(self):
        return urllib.parse.urlsplit(self.server.address).port

    def close(self):
        if self.connection is not None:
            self.connection.close()
            self.connection = None

    def get(self, path, **headers):
        return self.call("GET", path, headers=headers)

    def post(self, path, body, key=None):
        return self.call("POST", path, body, {"Idempotency-Key": key} if key else None)

    # What the clerk does

    def submit(self, procedure="POP-CM", citizen=None, answers=None, key=None, channel="counter"):
        who = {**CITIZEN, **(citizen or {})}
        body = {"kind": "submit", "procedure": procedure, "channel": channel, "citizen": who,
                "answers": answers if answers is not None else self.fill(procedure, who)}
        return self.post("/v1/requests", body, key or str(uuid.uuid4()))

    def command(self, reference, kind, version=None, key=None, **members):
        body = {"kind": kind, **members}
        if version is not None:
            body["expectedVersion"] = version
        return self.post(f"/v1/requests/{reference}/commands", body, key or str(uuid.uuid4()))

    def attach(self, reference, version, content=PDF, name="attestation.pdf", key=None):
        return self.command(reference, "attachDocument", version, key, documentName=name,
                            document=base64.b64encode(content).decode())

    def request(self, reference):
        return self.get(f"/v1/requests/{reference}").must(200).json["request"]

    def events(self, reference):
        return self.get(f"/v1/requests/{reference}/events").must(200).json["items"]

    def catalogue(self):
        files = self.get("/v1/catalogue").must(200).json["files"]
        return Catalogue(files)

    def fill(self, procedure, citizen):
        return self.catalogue().fill(procedure, citizen)


class Catalogue:
    """The catalogue's files as the server hands them out."""

    def __init__(self, files):
        self.files = files

    def procedure(self, code):
        return self.files[f"procedures/{code}.json"]

    def codes(self):
        return sorted(path[len("procedures/"):-len(".json")] for path in self.files
                      if path.startswith("procedures/"))

    def stages(self, code):
        procedure = self.procedure(code)
        return procedure.get("stages") or self.files[f"flows/{procedure['flow']}.json"]["stages"]

    def fields(self, code):
        for page in self.procedure(code)["form"]:
            if "block" in page:
                page = self.files[f"blocks/{page['block']}.json"]
            yield from page["fields"]

    def fill(self, code, citizen):
        """Answers to everything that must be answered."""
        answers = {}
        for field in self.fields(code):
            seen = field.get("visibleIf")
            if seen and str(answers.get(seen["field"], "")).lower() != str(seen["value"]).lower():
                continue
            known = citizen.get(field.get("profile", ""))
            if known is not None:
                answers[field["code"]] = known
            elif field.get("required"):
                answers[field["code"]] = self.answer(field)
        return answers

    @staticmethod
    def answer(field):
        kind = field["type"]
        if kind == "choice":
            return field["choices"][0]["code"]
        return {"boolean": True, "integer": max(1, field.get("min", 1)), "date": "2020-02-03",
                "email": "quelquun@example.org", "phone": "+3265000042", "niss": "85073003328",
                "postcode": "7000"}.get(kind, "Mons")


def in_threads(count, work):
    """Runs work(number) in so many threads; the first failure is raised here."""
    failures = []

    def guarded(number):
        try:
            work(number)
        except Exception as failure:  # handed to the caller
            failures.append(failure)

    threads = [threading.Thread(target=guarded, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
