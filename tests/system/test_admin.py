#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The administrator's tool: staff, catalogue, sample data, verification, backup and restore."""
import collections
import contextlib
import ctypes
import itertools
import os
import pathlib
import pty
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import termios
import threading

from guichet_server import CITIZEN, PASSWORD, Client, Server
from tap import Skipped, equal, run

LANGUAGES = {"fr", "nl", "de", "en"}
DEPARTMENTS = {"population", "civilStatus", "planning", "archives"}
# The user and group nobody, for the user that systemd makes for the daemon.
DAEMON = 65534
PHASES = {"received", "processing", "waiting", "decided", "closed"}


def refused(done, status, *words):
    """Its status, and that its first line names what is wrong."""
    equal(done.returncode, status, done.stderr)
    for word in words:
        if word not in done.stderr:
            raise AssertionError(f"“{word}” is not said: {done.stderr}")


def niss_is_valid(niss):
    """Written down here a second time: 97 less the remainder, with a 2 before it for who was born from 2000 on."""
    check = int(niss[9:])
    return len(niss) == 11 and check in (97 - int(niss[:9]) % 97, 97 - int("2" + niss[:9]) % 97)


def staff(running):
    with Server() as server:
        control = server.control
        server.add_staff(["marie.dubois"])
        if running:
            server.start()
        refused(control("staff", "add", "marie.dubois", "--name", "X", "--post", "population:clerk",
                        "--password-file", "-", text="Un mot de passe long\n", check=False), 1, "marie.dubois")
        refused(control("staff", "add", "Marie", check=False), 2, "“Marie” is no login")
        refused(control("staff", "add", "luc", "--name", "Luc", check=False), 2, "--password-file")
        refused(control("staff", "add", "luc", "--name", "Luc", "--post", "population:boss", "--password-file", "-",
                        text="x\n", check=False), 2, "“population:boss” is no post")
        refused(control("staff", "add", "luc", "--name", "Luc", "--post", "population:clerk", "--password-file", "-",
                        text="short\n", check=False), 1, "shorter than")
        refused(control("staff", "add", "luc", "--name", "Luc", "--post", "population:clerk", "--password-file",
                        "/nowhere/password", check=False), 1, "/nowhere/password", "No such file")
        refused(control("staff", "change", "nobody", "--name", "X", check=False), 1, "“nobody”")
        refused(control("staff", "change", "marie.dubois", "--restricted", "POP-CM", check=False), 2, "POP-CM")
        refused(control("staff", "change", "marie.dubois", "--language", "es", check=False), 2, "“es”")
        refused(control("staff", "dismiss", "marie.dubois", check=False), 2, "“dismiss”")
        refused(control("unheard-of", check=False), 2, "Usage")

        control("staff", "add", "luc", "--name", "Luc Lefebvre", "--post", "population:clerk", "--post",
                "archives:reception", "--restricted", "POP-CAS", "--language", "nl", "--password-file", "-",
                text=PASSWORD + "\n")
        control("staff", "change", "luc", "--name", "Luc Lefèvre", "--bar")
        control("staff", "change", "luc", "--unbar", "--restricted", "", "--post", "planning:clerk")
        listed = control("staff", "list").stdout
        if "Luc Lefèvre" not in listed or "planning:clerk" not in listed or "archives" in listed:
            raise AssertionError(listed)
        if not running:
            server.start()
        clerk = Client(server, "luc").get("/v1/me").must(200).json["clerk"]
        equal(clerk, {"login": "luc", "name": "Luc Lefèvre", "language": "nl", "active": True,
                      "posts": [{"department": "planning", "role": "clerk"}], "restricted": []})


def test_staff_running():
    """Staff are added, changed and listed while the daemon runs, and mistakes are named"""
    staff(True)


def test_staff_alone():
    """The same without a daemon"""
    staff(False)


def ask_password(server, leader, follower):
    """Adds a member of staff at a terminal, up to the question; the process, and what is shown."""
    process = subprocess.Popen(
        [os.environ["GUICHETCTL"], "--config", server.config, "staff", "add", "marie.dubois", "--name", "Marie",
         "--post", "population:clerk", "--password-file", "-"],
        stdin=follower, stdout=follower, stderr=follower, env=server.env)
    shown = b""
    while not shown.endswith(b"Password: "):
        shown += os.read(leader, 1000)
    return process, shown


def echoes(terminal):
    return bool(termios.tcgetattr(terminal)[3] & termios.ECHO)


def signal_thread(process, chosen, number):
    """The system may give a signal that is sent to a process to any of its threads."""
    thread = chosen(int(task) for task in os.listdir(f"/proc/{process.pid}/task"))
    equal(ctypes.CDLL(None).tgkill(process.pid, thread, number), 0)


def test_interrupted_password():
    """Whoever gives up at the question has a terminal that shows what they type"""
    with Server() as server:
        leader, follower = pty.openpty()
        for number, thread in itertools.product((signal.SIGINT, signal.SIGTERM), (min, max)):
            equal(echoes(follower), True, "echo before the question")
            process, _ = ask_password(server, leader, follower)
            equal(echoes(follower), False, "echo at the question")
            signal_thread(process, thread, number)
            equal(process.wait(60), -number)
            equal(echoes(follower), True, f"echo after {number.name}")
        os.close(follower)
        os.close(leader)


def test_typed_password():
    """A password that is typed is not shown"""
    with Server() as server:
        leader, follower = pty.openpty()
        process, shown = ask_password(server, leader, follower)
        os.write(leader, PASSWORD.encode() + b"\n")
        equal(process.wait(60), 0)
        os.close(follower)
        with contextlib.suppress(OSError):  # the end of a terminal is an error
            while more := os.read(leader, 1000):
                shown += more
        os.close(leader)
        equal(shown.split(), [b"Password:"])
        server.start()
        Client(server, "marie.dubois")


def damage(folder, name, change):
    path = folder / name
    text = path.read_text(encoding="utf-8")
    changed = change(text)
    if changed == text:
        raise AssertionError(f"{name} is as it was")
    path.write_text(changed, encoding="utf-8")


# What is done to which file, and the words that must be said of it.
FAULTS = [
    ("catalogue/procedures/POP-CM.json", lambda text: text[:-20], ["procedures/POP-CM.json", "at byte 1165"]),
    ("catalogue/procedures/POP-CM.json", lambda text: text.replace('"certificate"', '"unheardOf"', 1),
     ["procedures/POP-CM.json", "flow", "unheardOf"]),
    ("catalogue/flows/certificate.json", lambda text: text.replace('"to": "', '"to": "un', 1),
     ["flows/certificate.json", "/stages/0/moves/0/to"]),
    ("catalogue/calendar.json", lambda text: text.replace("-", "/"), ["calendar.json"]),
    ("catalogue/flows/certificate.json", lambda text: text.replace('"inProgress"', '"unheardOf"', 1),
     ["unheardOf.fr.txt", "is missing", "names it"]),
    ("texts/received.nl.txt", lambda text: text.replace("{{procedure}}", "{{procedur}}", 1),
     ["received.nl.txt", "procedur"]),
    ("texts/received.de.txt", lambda text: text.replace("Subject", "Betreff", 1), ["received.de.txt"]),
]


def test_faulty_data():
    """A broken catalogue or text is refused at start with file, place and cause, and said without starting"""
    with Server() as server, tempfile.TemporaryDirectory() as folder:
        for number, (name, change, words) in enumerate(FAULTS):
            data = pathlib.Path(folder) / str(number)
            for part in ("catalogue", "texts"):
                shutil.copytree(pathlib.Path(os.environ["GUICHET_DATA"]) / part, data / part)
            damage(data, name, change)
            config = server.folder / f"faulty-{number}.conf"
            config.write_text(server.config.read_text("utf-8").replace(os.environ["GUICHET_DATA"], str(data)),
                              encoding="utf-8")
            kept, server.config = server.config, config
            try:
                server.start()
            except AssertionError:
                said = server.log().rpartition("guichetd: ")[2]
            else:
                raise AssertionError(f"started with {name} broken")
            finally:
                server.process.wait(60)
                server.process.stdout.close()
                server.process, server.config = None, kept
            for word in words:
                if word not in said:
                    raise AssertionError(f"“{word}” is not said of {name}: {said}")
            refused(server.control("check-catalogue", str(data / "catalogue"), check=False), 1, *words)
        whole = pathlib.Path(os.environ["GUICHET_DATA"])
        texts = str(data / "texts")
        refused(server.control("check-catalogue", str(whole / "catalogue"), "--texts", texts, check=False), 1, *words)
        said = server.control("check-catalogue", str(whole / "catalogue")).stdout
        if "nothing wrong" not in said:
            raise AssertionError(said)


def sample(requests, seed):
    """The lines of sample data, as a supervisor of everything has them, and the people in them."""
    with Server() as server:
        server.add_staff()
        server.control("sample", "--requests", str(requests), "--seed", str(seed), "--until", "2026-11-20")
        verified = server.control("verify").stdout
        server.start()
        anne = Client(server, "anne.mercier")
        lines, cursor = [], {}
        while True:
            page = anne.post("/v1/requests/search", {"pageSize": 200, **cursor}).must(200).json
            lines += page["items"]
            if "next" not in page:
                break
            cursor = {"cursor": page["next"]}
        people = [anne.request(line["reference"])["citizen"] for line in lines[:50]]
        return lines, people, verified


def test_sample():
    """Sample data are the same from the same seed, believable, and of every kind"""
    lines, people, verified = sample(110, 7)
    again, _, _ = sample(110, 7)
    other, _, _ = sample(12, 8)
    if again != lines:
        raise AssertionError("the same seed makes other requests")
    if {line["reference"] for line in other} & {line["reference"] for line in lines}:
        raise AssertionError("another seed makes the same requests")
    if "the chains are whole" not in verified:
        raise AssertionError(verified)
    for name, wanted in (("language", LANGUAGES), ("department", DEPARTMENTS), ("phase", PHASES)):
        equal({line[name] for line in lines}, wanted, name)
    months = collections.Counter(line["received"][:7] for line in lines)
    if len(months) < 4 or len({line["stage"] for line in lines}) < 10:
        raise AssertionError(f"{months}, {len({line['stage'] for line in lines})} stages")
    if not any(line.get("due") for line in lines) or not any(line["stopped"] for line in lines):
        raise AssertionError("no deadlines")
    with_number = [person for person in people if "niss" in person]
    if len(with_number) < 20:
        raise AssertionError("hardly anybody has a national number")
    for person in with_number:
        if not niss_is_valid(person["niss"]):
            raise AssertionError(f"{person['niss']} is no national number")


def test_sample_beside_real():
    """Sample requests never come beside real ones, whose mail they would take for sent"""
    with Server(mail="smtp=localhost:1\nfrom=no-reply-e-guichet@mons.be\n") as server:
        server.add_staff(["marie.dubois"])
        server.start()
        marie = Client(server, "marie.dubois")
        reference = marie.submit().must(201).json["reference"]
        equal(server.stop(), 0)
        verified = server.control("verify").stdout
        refused(server.control("sample", "--requests", "1", check=False), 1, "empty", "taken for sent")
        equal(server.control("verify").stdout, verified)
        with contextlib.closing(sqlite3.connect(server.folder / "server/journal.db")) as db:
            equal(db.execute("SELECT reference FROM mail").fetchall(), [(reference,)])
        server.start()
        kinds = {event["kind"] for event in marie.events(reference)}
        if {"notificationSent", "notificationFailed"} & kinds:
            raise AssertionError(f"mail that never left is taken for sent: {kinds}")


def test_backup_and_restore():
    """A backup made under load is whole; it comes back without sessions, and without whom was purged since"""
    with Server() as server:
        server.add_staff(["marie.dubois"])
        server.start()
        marie = Client(server, "marie.dubois")
        doomed = marie.submit(citizen={"familyName": "Zwanenburgh"}).must(201).json["reference"]
        kept = marie.submit().must(201).json["reference"]
        over = threading.Event()
        thread = threading.Thread(target=write_until, args=(server, kept, over))
        thread.start()
        backup = server.folder / "backup"
        server.control("backup", str(backup))
        if "the chains are whole" not in server.control("verify").stdout:
            raise AssertionError("the journal is not whole while it is written")
        over.set()
        thread.join()
        refused(server.control("backup", str(backup), check=False), 1, "journal.db", "already")
        refused(server.control("restore", str(backup), check=False), 1, "guichetd runs")

        server.control("purge", doomed, "--reason", "demande de la personne")
        purges = server.purges()
        equal(set(purges), {doomed})
        later = server.folder / "later"
        server.control("backup", str(later))
        for path in later.iterdir():
            if b"zwanenburgh" in path.read_bytes().lower():
                raise AssertionError(f"{path.name} of a later backup names the person")
        equal(server.stop(), 0)

        refused(server.control("restore", str(server.folder / "nowhere"), check=False), 1, "nowhere")
        said = server.control("restore", str(backup)).stdout
        if "1 requests or accounts that were purged since are purged again" not in said:
            raise AssertionError(said)
        if "the chains are whole" not in server.control("verify").stdout:
            raise AssertionError("the restored journal is not whole")
        equal(server.purges(), purges, "who purged what, when and why, after the restore")
        server.start()
        marie.get("/v1/me").must(401)
        marie = Client(server, "marie.dubois")
        equal(marie.request(kept)["citizen"]["familyName"], CITIZEN["familyName"])
        marie.get(f"/v1/requests/{doomed}").must(404)
        equal(marie.post("/v1/requests/search", {"text": "zwanenburgh"}).must(200).json["total"], 0)
        equal(server.stop(), 0)
        for path in (server.folder / "server").iterdir():
            if path.is_file() and b"zwanenburgh" in path.read_bytes().lower():
                raise AssertionError(f"{path.name} names the person after the restore")


def as_root(server, *words, text=None):
    """The tool of root, in a folder of the daemon's; all that is in it afterwards must be the daemon's."""
    server.control(*words, text=text)
    for path in [server.folder / "server", *(server.folder / "server").rglob("*")]:
        found = path.lstat()
        equal((found.st_uid, found.st_gid), (DAEMON, DAEMON), f"{path} after {words[0]}")


def test_owner():
    """What root's tool makes in the daemon's folder is the daemon's, who could not start otherwise"""
    if os.geteuid() != 0:
        raise Skipped("only root works in a folder of somebody else")
    with Server() as server, tempfile.TemporaryDirectory() as elsewhere:
        (server.folder / "server").mkdir(0o700)
        os.chown(server.folder / "server", DAEMON, DAEMON)
        as_root(server, "staff", "add", "marie.dubois", "--name", "Marie", "--post", "population:clerk",
                "--password-file", "-", text=PASSWORD + "\n")
        as_root(server, "sample", "--requests", "1", "--deposits")
        backup = pathlib.Path(elsewhere) / "backup"
        as_root(server, "backup", str(backup))
        as_root(server, "restore", str(backup))
        with contextlib.closing(sqlite3.connect(server.folder / "server/journal.db")) as db:
            (reference,), = db.execute("SELECT reference FROM request").fetchall()
        as_root(server, "purge", reference, "--reason", "délai")
        as_root(server, "verify")
        # Nor is anything given away that was not made here.
        mine = pathlib.Path(elsewhere) / "mine"
        mine.touch()
        (server.folder / "server/keys.db-wal").symlink_to(mine)
        (server.folder / "server/lock").unlink()
        os.link(mine, server.folder / "server/lock")
        server.control("verify", check=False)
        equal(mine.stat().st_uid, 0)


def test_traps():
    """What the owner of the folder put into it leads root's tool nowhere else"""
    if os.geteuid() != 0:
        raise Skipped("only root works in a folder of somebody else")
    with Server() as server:
        data, elsewhere = server.folder / "server", server.folder / "elsewhere"
        data.mkdir(0o700)
        os.chown(data, DAEMON, DAEMON)
        server.add_staff(["marie.dubois"])
        server.control("backup", str(server.folder / "backup"))
        elsewhere.mkdir(0o755)
        for name in ("journal.db", "keys.db", "lock", "ready", "target"):
            (elsewhere / name).write_text("of root", encoding="utf-8")
            (elsewhere / name).chmod(0o644)

        def leads_nowhere(*words):
            done = server.control(*words, check=False)
            if done.returncode == 0 or str(data) not in done.stderr:
                raise AssertionError(f"{words}: {done.returncode} {done.stderr}")
            equal({(path.name, path.read_text(encoding="utf-8"), path.stat().st_mode & 0o777, path.stat().st_uid)
                   for path in elsewhere.iterdir()},
                  {(name, "of root", 0o644, 0) for name in ("journal.db", "keys.db", "lock", "ready", "target")})

        (data / "restoring").symlink_to(elsewhere)
        leads_nowhere("restore", str(server.folder / "backup"))
        (data / "restoring").unlink()

        # A folder that the tool did not make: who knows what it would open there.
        (data / "restoring").mkdir(0o700)
        (data / "restoring" / "journal.db-journal").symlink_to(elsewhere / "target")
        leads_nowhere("restore", str(server.folder / "backup"))
        shutil.rmtree(data / "restoring")

        for name in ("journal.db", "keys.db"):
            (data / name).rename(data / "aside")
            (data / name).symlink_to(elsewhere / "made-by-root")
            leads_nowhere("staff", "list")
            (data / name).unlink()
            (data / "aside").rename(data / name)
        server.control("restore", str(server.folder / "backup"))
        if "marie.dubois" not in server.control("staff", "list").stdout:
            raise AssertionError("the restore that nothing was in the way of")


def write_until(server, reference, over):
    client = Client(server, "marie.dubois")
    while not over.is_set():
        client.command(reference, "note", client.request(reference)["version"], text="note").must(200)


def test_tampering():
    """verify finds a changed line, and says which"""
    with Server() as server:
        server.add_staff(["marie.dubois"])
        server.start()
        marie = Client(server, "marie.dubois")
        reference = marie.submit().must(201).json["reference"]
        marie.command(reference, "claim", 1).must(200)
        equal(server.stop(), 0)
        db = sqlite3.connect(server.folder / "server/journal.db")
        try:
            db.execute("UPDATE event SET actor = 'somebody.else' WHERE number = 1")
            raise AssertionError("the database lets itself be changed")
        except sqlite3.Error:
            pass
        triggers = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'event'"
        for name, in db.execute(triggers).fetchall():
            db.execute(f"DROP TRIGGER {name}")
        db.execute("UPDATE event SET actor = 'somebody.else' WHERE number = 1")
        db.commit()
        db.close()
        refused(server.control("verify", check=False), 1, "event 1")
        server.start()
        refused(server.control("verify", check=False), 1, "event 1")


if __name__ == "__main__":
    run([test_staff_running, test_staff_alone, test_typed_password, test_interrupted_password, test_faulty_data, test_sample,
         test_sample_beside_real, test_backup_and_restore, test_owner, test_traps, test_tampering])
