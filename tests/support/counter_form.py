# SPDX-License-Identifier: GPL-3.0-or-later
"""How a clerk fills in a form at the counter, by keys alone."""
import re

from desk_driver import Atspi

CHECKED = "I have checked their identity card: it is in order, and it is theirs"
TEXT = {Atspi.Role.TEXT, Atspi.Role.ENTRY}


def open_form(desk, words, title):
    """Some letters of the procedure's name, and Return."""
    desk.wait_title("^File a request")
    desk.wait_focus(None, "Search for a procedure")
    desk.type(words)
    desk.find(Atspi.Role.LIST_ITEM, title)
    desk.key("Return")
    desk.find(Atspi.Role.HEADING, title)
    desk.wait_focus(None, "Family name")


def choose(desk, label, item, last):
    """Takes the first item of the choice that has the keyboard; `last` is there only while it is open."""
    desk.wait_focus(Atspi.Role.PUSH_BUTTON, f"{label}: Choose…")
    desk.key("space")
    desk.wait_text(f"^{re.escape(last)}$")
    desk.key("Down", "Return")
    desk.find(Atspi.Role.PUSH_BUTTON, f"{label}: {item}")


def who(desk, name):
    """Who asks, from the family name on; the keyboard is then in the first question after it."""
    for text in (name, "Noel", "", "30/07/1985", "rue de Nimy", "12", "", "7000", "Mons"):
        if text:
            desk.type(text)
        desk.key("Tab")
    desk.key("Tab", "Tab", "Tab")


def what(desk):
    """What a certificate of Population wants to know beside, from its first question on."""
    choose(desk, "For whom do you ask for this document?", "For myself", "For somebody else")
    desk.key("Tab")
    choose(desk, "Purpose", "Personal use", "Other purpose")
    desk.key("Tab")
    choose(desk, "How do you want to receive the document?", "In my E-guichet account", "By post")
    desk.key("Tab")
    desk.wait_focus(None, "Number of copies")
    desk.type("2")


def tick_checked(desk):
    """From the family name up to the box, and back."""
    desk.key("shift+Tab", "shift+Tab")
    desk.wait_focus(Atspi.Role.CHECK_BOX, CHECKED)
    desk.key("space", "Tab", "Tab")
    desk.wait_focus(None, "Family name")


def said(desk, name):
    """What stands in the entry of that name."""
    return desk.find(TEXT, name).text()


def submitted(client):
    """Every request there is, as the server has it."""
    found = client.post("/v1/requests/search", {"pageSize": 200}).must(200).json["items"]
    return {line["reference"] for line in found}
