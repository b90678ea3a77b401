#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The window gets narrow, in the languages with the longest words."""
import re

from counter import Counter, Place
from tap import run

NARROW = 360

counter = None
place = None


def narrow(language):
    """What the window shows while a request is open that can be given, taken and let go."""
    reference, = counter.submit()
    version = counter.colleague.request(reference)["version"]
    counter.colleague.command(reference, "claim", version).must(200)
    desk = place.open(LANGUAGE=language)
    desk.wait_title(" – Guichetier")
    desk.resize(NARROW)
    desk.key("ctrl+g")
    desk.type(reference)
    desk.key("Return")
    desk.wait_title(re.escape(reference))
    desk.find(name=re.compile("Vandenbroucke"))
    desk.resize(NARROW)
    place.close()


def test_french():
    """360 pixels suffice for the queue and a request in French"""
    narrow("fr")


def test_german():
    """And in German"""
    narrow("de")


def gnome_buttons():
    """The window has the one button that GNOME gives it; without a desktop GTK draws three."""
    folder = place.home / "config" / "gtk-4.0"
    folder.mkdir(parents=True)
    (folder / "settings.ini").write_text("[Settings]\ngtk-decoration-layout=:close\n", encoding="utf-8")


if __name__ == "__main__":
    with Counter("anne.mercier", "luc.lefebvre") as counter, Place(counter.server, "anne.mercier") as place:
        gnome_buttons()
        place.open()
        place.sign_in()
        place.close()
        run([test_french, test_german])
