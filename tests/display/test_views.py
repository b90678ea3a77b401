#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The views of the side bar say and show what the server says, when there is something in each of them."""
import datetime
import re

from counter import Place
from desk_driver import wait_for
from guichet_server import Client, Server
from tap import equal, run

LOGIN = "marie.dubois"
OPEN = ["received", "processing", "waiting", "decided"]

# What each view is, as the server is asked for it.
QUESTIONS = {
    "Mine": {"assignee": "me", "phase": OPEN},
    "To take": {"assignee": "none", "phase": ["received", "processing"]},
    "Waiting for the citizen": {"phase": ["waiting"]},
    "Late": {"late": True, "phase": OPEN},
    "All open": {"phase": OPEN},
    "Closed": {"phase": ["closed"]},
}

place = None
clerk = None


def said(view):
    """The number in the side bar."""
    spoken = place.desk.find(name=re.compile(f"^{view}, ")).name
    return int(re.search("([0-9]+) requests?$", spoken).group(1))


def is_recent(line):
    """Whether it was closed in the last 90 days: of the others a desk keeps no copy."""
    last = datetime.datetime.fromisoformat(line["lastInstant"])
    return datetime.datetime.now(datetime.timezone.utc) - last < datetime.timedelta(days=90)


def asked(view):
    """The references that the server has for it."""
    answer = clerk.post("/v1/requests/search", {"pageSize": 200, **QUESTIONS[view]}).must(200).json
    equal(answer["total"], len(answer["items"]), "requests on one page")
    return {line["reference"] for line in answer["items"] if view != "Closed" or is_recent(line)}


def listed():
    return {row.name.rsplit(", ", 1)[-1] for row in place.desk.rows()}


def check(view):
    def test():
        wanted = asked(view)
        if not wanted:
            raise AssertionError("there is nothing in it")
        equal(said(view), len(wanted), f"requests in {view}")
        place.choose(view)
        wait_for(lambda: listed() == wanted, f"{len(wanted)} requests in the list of {view}")
        place.desk.wait_text(f"^{len(wanted)} requests?$")

    test.__doc__ = f"{view}: as many as the server says, and the same ones"
    return test


def test_end():
    """The window closes with nothing lost"""
    place.close()


def main():
    global place, clerk
    with Server() as server:
        server.add_staff()
        server.control("sample", "--requests", "160", "--seed", "7")
        server.start()
        server.keep_address()
        clerk = Client(server, LOGIN)
        with Place(server, LOGIN) as place:
            place.open()
            place.sign_in()
            wait_for(lambda: said("All open"), "the first synchronisation")
            run([*(check(view) for view in QUESTIONS), test_end])


if __name__ == "__main__":
    main()
