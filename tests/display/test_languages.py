#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The window and its sheets in each language of the clerks, in the dark: named in words, and gone by Escape."""
import gettext
import os
import re

from card_table import CardTable
from counter import Counter, Place
from desk_driver import Atspi, Desk, wait_for
from tap import equal, run

counter = None
place = None
table = None
begun = None
fresh = None
_ = None


def claimed(reference):
    counter.client.command(reference, "claim", counter.client.request(reference)["version"]).must(200)
    return reference


def moved(reference, to):
    counter.client.command(reference, "move", counter.client.request(reference)["version"], to=to, notify=False).must(200)
    return reference


def picture(name):
    """For who wants to look at them."""
    folder = os.environ.get("GUICHET_TEST_PICTURES")
    if folder:
        Desk.screenshot(f"{folder}/{name}.png")


def look_at_sheet(name, open_sheet, whole=True):
    """Opened, looked at and put away; of libadwaita's own ones not the whole is ours."""
    desk = place.desk
    window = desk.active_window()
    open_sheet()
    sheet = desk.find(Atspi.Role.DIALOG)
    wait_for(lambda: desk.active_window() not in ("", window), f"{sheet.name} to have the keyboard")
    if whole:
        equal(desk.unnamed(), [], f"what has no name in {sheet.name}")
    picture(name)
    desk.key("Escape")
    desk.wait_gone(Atspi.Role.DIALOG)
    wait_for(lambda: desk.active_window() == window, "the window to have the keyboard again")


def open_request(reference):
    desk = place.desk
    desk.key("ctrl+g")
    desk.type(reference, "Return")
    desk.wait_title(re.escape(reference))
    desk.find(name=_("Release"))


def open_account():
    """The card of somebody who has none yet goes in."""
    table.insert("ec")
    place.desk.click(_("Open their account"))
    place.desk.find(name=_("No account yet"))


def work_in(language):
    """From the list to two requests and all sheets."""
    global _
    _ = gettext.translation("guichetier", os.environ["TEXTDOMAINDIR"], [language]).gettext
    desk = place.open("--eid-config", str(table.config), LANGUAGE=language)
    desk.wait_title(re.escape(" – Guichetier"))
    desk.table()
    equal(desk.unnamed(), [], "what has no name in the list")
    picture(f"{language}-list")
    look_at_sheet(f"{language}-preferences", lambda: desk.key("ctrl+comma"), whole=False)
    look_at_sheet(f"{language}-account", open_account)
    table.clear()
    open_request(begun)
    equal(desk.unnamed(), [], "what has no name beside a request")
    picture(f"{language}-request")
    look_at_sheet(f"{language}-assign", lambda: desk.click(_("Give to…")))
    look_at_sheet(f"{language}-block", lambda: desk.click(_("Blocked by…")))
    open_request(fresh)
    look_at_sheet(f"{language}-compose", lambda: desk.key("ctrl+Return"))
    place.close()


def test_dark():
    """What is chosen in the preferences, by keys, holds at once: light, dark"""
    desk = place.desk
    window = desk.active_window()
    equal(Desk.is_dark(), False, "dark before")
    desk.key("ctrl+comma")
    desk.wait_title("^Preferences")
    wait_for(lambda: desk.active_window() not in ("", window), "the preferences to have the keyboard")
    desk.wait_focus(None, "Light or dark")
    desk.key("space", "Down", "Down", "Return")
    wait_for(Desk.is_dark, "the dark")
    desk.key("Escape")
    desk.wait_gone(Atspi.Role.DIALOG)
    place.close()


def test_french():
    """French"""
    work_in("fr")


def test_dutch():
    """Dutch"""
    work_in("nl")


def test_german():
    """German"""
    work_in("de")


if __name__ == "__main__":
    with CardTable() as table, Counter("anne.mercier", "luc.lefebvre", extra=table.configuration) as counter, \
            Place(counter.server, "anne.mercier") as place:
        table.plug()
        begun, fresh = counter.submit(3)[:2]
        moved(claimed(begun), "verification")
        claimed(fresh)
        place.open()
        place.sign_in()
        run([test_dark, test_french, test_dutch, test_german])
