#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Desks that are started from a command line, as tools/demo does: signed in by a descriptor, and two on one bus."""
import os
import subprocess

from counter import PASSWORD, Counter, Place
from tap import equal, run

counters = []
places = []


def open_signed_in(counter, *options):
    """A desk that is told on its command line who sits at it, and by a descriptor with which password."""
    place = Place(counter.server)
    places.append(place)
    reader, writer = os.pipe()
    os.write(writer, f"{PASSWORD}\n".encode())
    os.close(writer)
    try:
        place.open("--server", counter.server.address, "--login", place.login, "--password-fd", str(reader), *options,
                   pass_fds=[reader])
    finally:
        os.close(reader)
    return place.desk


def test_password_descriptor():
    """The password of an inherited descriptor signs in, and stands on no command line"""
    desk = open_signed_in(counters[0])
    desk.find_row("Vandenbroucke")
    with open(f"/proc/{desk.process.pid}/cmdline", encoding="utf-8") as line:
        if PASSWORD in line.read():
            raise AssertionError("the password is on the command line")


def test_no_password():
    """A descriptor that is none is said in a sentence"""
    ended = subprocess.run([os.environ["GUICHETIER"], "--password-fd", "77"], capture_output=True, text=True,
                           check=False, timeout=60)
    equal((ended.returncode, ended.stderr), (1, "No password could be read from descriptor 77.\n"))


def test_second():
    """Started once more for another server: the window that is open is not that, and a sentence says so"""
    ended = subprocess.run([os.environ["GUICHETIER"], "--server", counters[1].server.address], capture_output=True,
                           text=True, check=False, timeout=60)
    equal(ended.returncode, 1, "status")
    equal(ended.stderr.splitlines(), ["Guichetier is open here already, and its window goes on as it is: close it first, "
                                      "or start this one with --gapplication-app-id and an ID of its own."])
    places[0].desk.find_row("Vandenbroucke")


def test_raise():
    """Started once more with nothing to say, it shows the window that is open"""
    ended = subprocess.run([os.environ["GUICHETIER"]], capture_output=True, text=True, check=False, timeout=60)
    equal((ended.returncode, ended.stderr), (0, ""))


def test_two():
    """Under an ID of its own a second desk works beside the first, each at its server"""
    second = open_signed_in(counters[1], "--gapplication-app-id=be.mons.Guichetier.second")
    second.find_row("Müller")
    equal([row.name for row in second.rows() if "Vandenbroucke" in row.name], [], "the first server's")
    first = places[0].desk
    first.find_row("Vandenbroucke")
    equal([row.name for row in first.rows() if "Müller" in row.name], [], "the second server's")


def test_end():
    """Each closes by itself, the second first"""
    for place in reversed(places):
        place.close()


if __name__ == "__main__":
    with Counter("marie.dubois") as one, Counter("marie.dubois") as other:
        counters += [one, other]
        one.submit(1)
        other.client.submit("POP-CM", citizen={"familyName": "Müller"}).must(201)
        try:
            run([test_password_descriptor, test_no_password, test_second, test_raise, test_two, test_end])
        finally:
            for place in places:
                place.__exit__(None)
