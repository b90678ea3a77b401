#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The citizen's mail through a real SMTP server: encrypted, authenticated, in their language, once."""
import contextlib
import email
import email.policy
import pathlib
import shutil
import sqlite3
import subprocess
import tempfile

from guichet_server import CITIZEN, Client, Server, wait_for
from tap import equal, run

SINK = pathlib.Path(__file__).parent.parent / "support/smtp-sink"

# How each language begins its acknowledgment of receipt: written down here a second time on purpose.
GREETINGS = {"fr": "Bonjour", "nl": "Beste", "de": "Guten Tag", "en": "Dear"}


class Sink:
    """A mail server that demands STARTTLS and a password, with a certificate of its own."""

    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="guichet-sink-"))
        self.certificate = self.folder / "cert.pem"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
                        "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
                        "-keyout", self.folder / "key.pem", "-out", self.certificate],
                       check=True, capture_output=True)
        self.mail = self.folder / "mail"
        self.mail.mkdir()
        self.process = subprocess.Popen(
            ["/usr/bin/python3", SINK, self.mail, self.certificate, self.folder / "key.pem"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.port = int(self.process.stdout.readline())

    def messages(self):
        return [email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
                for path in sorted(self.mail.glob("*.eml"))]

    def wait(self, count):
        wait_for(lambda: len(self.messages()) >= count, f"{count} messages at the mail server")
        return self.messages()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait(60)
        self.process.stdout.close()
        shutil.rmtree(self.folder)


@contextlib.contextmanager
def town(password="secret"):
    """A server that sends by a sink, and a clerk of it."""
    with Sink() as sink, Server(mail=f"""smtp=localhost:{sink.port}
starttls=true
ca-file={sink.certificate}
user=desk
password-file={sink.folder}/password
from=e-guichet@mons.example
from-name=Ville de Mons
""") as server:
        secret = sink.folder / "password"
        secret.write_text(password + "\n", encoding="utf-8")
        secret.chmod(0o600)
        server.add_staff(["marie.dubois"])
        server.start()
        yield server, sink, Client(server, "marie.dubois")


def wait_kinds(client, reference, kind, count=1):
    wait_for(lambda: [event["kind"] for event in client.events(reference)].count(kind) >= count,
             f"{count} {kind}")
    return [event for event in client.events(reference) if event["kind"].startswith("notification")]


def test_languages():
    """Each citizen is written to in their language, encrypted and authenticated, as text and as HTML"""
    with town() as (server, sink, marie):
        references = {}
        for language in GREETINGS:
            who = {"language": language, "email": f"{language}@example.be"}
            references[f"{language}@example.be"] = marie.submit(citizen=who).must(201).json["reference"]
        messages = sink.wait(len(GREETINGS))
        equal(len(messages), len(GREETINGS))
        equal(len({message["Message-ID"] for message in messages}), len(GREETINGS))
        for message in messages:
            to, language = message["To"], message["To"][:2]
            equal(message["X-Envelope"], f"e-guichet@mons.example {to} tls=True")
            equal(message["Auto-Submitted"], "auto-generated")
            equal(message["From"], "Ville de Mons <e-guichet@mons.example>")
            equal([part.get_content_type() for part in message.iter_parts()], ["text/plain", "text/html"])
            plain, html = (part.get_content() for part in message.iter_parts())
            if not plain.startswith(GREETINGS[language]) or f'lang="{language}"' not in html:
                raise AssertionError(f"{language}: {plain[:60]!r}, {html[:200]!r}")
            for content in (plain, html):
                if references[to] not in content or CITIZEN["niss"] in content or "{{" in content:
                    raise AssertionError(f"{language}: {content}")
        for reference in references.values():
            equal([event["kind"] for event in wait_kinds(marie, reference, "notificationSent")],
                  ["notificationQueued", "notificationSent"])


def test_later():
    """What the server takes later is sent again after a restart, as the same message, and said once"""
    with town() as (server, sink, marie):
        reference = marie.submit(citizen={"email": "once@example.be"}).must(201).json["reference"]
        told = wait_kinds(marie, reference, "notificationDelayed")[-1]
        equal(told["detail"], "451 4.3.0 Taken, but say it again")
        if told["nextAttempt"] <= told["instant"]:
            raise AssertionError("the next attempt is in the past")
        equal(server.stop(), 0)
        # Some minutes pass while the server is away.
        with contextlib.closing(sqlite3.connect(server.folder / "server/journal.db")) as db, db:
            equal(db.execute("UPDATE mail SET next = next - 300000000").rowcount, 1)
        server.start()
        messages = sink.wait(2)
        wait_kinds(marie, reference, "notificationSent")
        equal(len(sink.messages()), 2)
        equal(messages[0]["Message-ID"], messages[1]["Message-ID"])
        equal(marie.request(reference)["notifications"][0]["delivery"], "sent")


def test_never():
    """What the server refuses for good ends, says why, and can be sent again to a better address"""
    with town() as (server, sink, marie):
        reference = marie.submit(citizen={"email": "nobody@example.be"}).must(201).json["reference"]
        told = wait_kinds(marie, reference, "notificationFailed")
        equal([event["kind"] for event in told], ["notificationQueued", "notificationFailed"])
        equal(told[-1]["detail"], "550 5.1.1 No such mailbox here")
        line = marie.get(f"/v1/requests/{reference}").must(200).json["line"]
        equal(line["deliveryFailed"], True)

        notification = marie.request(reference)["notifications"][0]
        marie.command(reference, "resendNotification", line["version"], notification=notification["id"],
                      address="eleonore@example.be", sentence="À votre nouvelle adresse.").must(200)
        message, = sink.wait(1)
        equal(message["To"], "eleonore@example.be")
        if "À votre nouvelle adresse." not in message.get_body(("plain",)).get_content():
            raise AssertionError("the clerk's sentence is not in it")
        wait_kinds(marie, reference, "notificationSent")
        equal(marie.get(f"/v1/requests/{reference}").json["line"]["deliveryFailed"], False)


def test_own_trouble():
    """A wrong password of ours is not the citizen's trouble: it is tried again once it is mended"""
    with town(password="forgotten") as (server, sink, marie):
        reference = marie.submit().must(201).json["reference"]
        told = wait_kinds(marie, reference, "notificationDelayed")[-1]
        if "535" not in told["detail"]:
            raise AssertionError(told["detail"])
        equal(server.stop(), 0)
        (sink.folder / "password").write_text("secret\n", encoding="utf-8")
        with contextlib.closing(sqlite3.connect(server.folder / "server/journal.db")) as db, db:
            db.execute("UPDATE mail SET next = next - 300000000")
        server.start()
        sink.wait(1)
        wait_kinds(marie, reference, "notificationSent")
        if "forgotten" in server.log() or "secret" in server.log():
            raise AssertionError("the password is in the log")


if __name__ == "__main__":
    run([test_languages, test_later, test_never, test_own_trouble])
