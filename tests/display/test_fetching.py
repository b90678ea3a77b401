#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The first fetch of the queue: how far it is is said for as long as it lasts."""
import re
import threading

from counter import Counter, Place
from desk_driver import Atspi
from go_between import GoBetween
from tap import equal, run

# The end of each question for changes.
PAGE = "&limit=1000"

counter = None
place = None
between = None
waiting = threading.Event()


def more_to_come(_headers, page):
    """The page is not the last one, and the one after it is kept waiting."""
    page.update(more=True, total=8)
    between.changes.pop(PAGE)
    between.held[PAGE] = waiting


def test_nothing_yet():
    """Before anything has come, that it is being fetched is said in the place of the list, and below it"""
    desk = place.desk
    first = between.held[PAGE] = threading.Event()
    place.sign_in()
    desk.wait_text("^Fetching your requests")
    desk.wait_text("^Fetching: 0 requests?$")
    between.held.pop(PAGE)
    between.changes[PAGE] = more_to_come
    first.set()


def test_part():
    """While more is to come, the foot says how much of it is there; a part of the queue is not taken for all of it"""
    desk = place.desk
    desk.wait_text("^Fetching: 3 of 8 requests$")
    equal(desk.find(Atspi.Role.PROGRESS_BAR, "Requests fetched").value(), 3 / 8, "how full the bar is")
    equal(desk.has(Atspi.Role.TABLE_ROW), False, "a list")


def test_all():
    """When all is there, it is listed, and the foot says how many there are"""
    desk = place.desk
    between.held.pop(PAGE)
    waiting.set()
    desk.wait_text("^3 requests$")
    equal(len(desk.rows()), 3, "rows")
    equal(desk.has(name=re.compile("^Fetching")), False, "a fetch")


def test_end():
    """The window closes with nothing lost"""
    place.close()


def main():
    global counter, place, between
    with Counter() as counter:
        counter.submit(3)
        between = GoBetween(counter.server)
        with Place(between) as place:
            place.open()
            run([test_nothing_yet, test_part, test_all, test_end])


if __name__ == "__main__":
    main()
