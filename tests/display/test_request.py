#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A request, from being opened to the e-mail that tells its citizen."""
import email
import email.policy
import pathlib
import re
import uuid

from counter import Counter, Place
from desk_driver import BUTTONS, Atspi, wait_for
from guichet_server import CITIZEN, PDF
from tap import equal, run

counter = None
place = None
request = None


def wait_kind(kind, count=1):
    wait_for(lambda: counter.kinds(request).count(kind) >= count, f"{kind} in the journal")


def moves():
    """What the buttons of the next steps say, but for the one that blocks."""
    nodes = place.desk.all()
    names = [node.name for node in nodes]
    steps = nodes[names.index("Next steps"):names.index("Who asks")]
    said = [node.name for node in steps if node.role == Atspi.Role.PUSH_BUTTON]
    return [name[:len(name) // 2] if name[:len(name) // 2] == name[len(name) // 2 + 1:] else name
            for name in said if not name.startswith("Blocked by")]


def allowed_moves():
    code = counter.client.request(request)["stage"]
    stage = next(stage for stage in counter.client.catalogue().stages("POP-CM") if stage["code"] == code)
    return [move["labels"]["en"] for move in stage["moves"]]


def mail():
    return email.message_from_bytes(counter.server.messages()[-1], policy=email.policy.default)


def test_read():
    """What was asked is there, with the national number masked, and so is the history"""
    desk = place.request(request)
    desk.find(name="Name: Vandenbroucke Éloïse")
    numbers = desk.all(Atspi.Role.LIST_ITEM, re.compile("[Nn]ational"))
    for node in numbers:
        if "033" in node.name:
            raise AssertionError(f"shown in full: {node.name}")
    desk.find(name=re.compile("^Promise.*: .*in [0-9]+ days"))
    desk.wait_text("^Request filed at the counter, Marie Dubois")
    desk.wait_text("^E-mail to the citizen: .*Sent to eleonore")


def test_hidden_pages():
    """The pages behind are not there for a screen reader, and each name is in words"""
    desk = place.desk
    for name in ("Search in the requests", "Address of the server", "Sort and columns"):
        if desk.has(name=name):
            raise AssertionError(f"{name!r} is on a page that is not in front")
    equal(desk.unnamed(), [], "names")


def test_history_stays_hidden():
    """A history that was put away stays away in a window that gets narrow and wide again"""
    desk = place.desk
    for wanted in (False, True):
        desk.key("F9")
        wait_for(lambda: desk.has(name="History of the request") == wanted, f"the history to be shown: {wanted}")
        desk.resize(760)
        desk.wait_gone(name="History of the request")
        desk.resize(1280)
        wait_for(lambda: desk.has(name="History of the request") == wanted, f"the history as before: {wanted}")


def test_number_on_demand():
    """The eye shows the national number, and hides it again"""
    desk = place.desk
    desk.click("Show: National number")
    desk.find(name=re.compile("^National number: 85.07.30-033.28"))
    desk.click("Show: National number")
    desk.wait_gone(name=re.compile("85.07.30-033.28"))


def test_why_this_date():
    """Ctrl+E tells the reasons of the date"""
    desk = place.desk
    desk.key("ctrl+e")
    desk.wait_text("5 working days|working days lead")
    desk.key("ctrl+e")
    desk.wait_gone(name=re.compile("working days lead"))


def test_take_in_charge():
    """Ctrl+T takes it in charge; Release gives it back; only the allowed moves are there"""
    desk = place.desk
    desk.key("ctrl+t")
    desk.find(name="In charge: You")
    wait_kind("claimed")
    equal(moves(), allowed_moves(), "moves")
    desk.click("Release")
    desk.find(name="In charge: Nobody yet")
    wait_kind("released")
    desk.click("Take in charge")
    desk.find(name="In charge: You")
    wait_kind("claimed", 2)


def test_note():
    """A note is typed after Ctrl+I and added by Ctrl+Return"""
    desk = place.desk
    desk.key("ctrl+i")
    desk.type("Rappeler demain.")
    desk.find(name="Add note")
    desk.key("ctrl+Return")
    desk.find(name=re.compile("^Note, Marie Dubois.*Rappeler demain"))
    wait_kind("noteWritten")


def test_draft():
    """A note that is half typed is still there when one comes back"""
    desk = place.desk
    desk.key("ctrl+i")
    desk.type("a moitie")
    desk.key("alt+Left")
    desk.wait_title("^(To take|Mine)")
    place.request(request)
    view = desk.find(Atspi.Role.TEXT, "Note")
    equal(view.text(), "a moitie", "the draft")
    view.set_text("")


def test_move_with_preview():
    """The first step shows the letter first, and sends it with the sentence that was added"""
    desk = place.desk
    label = allowed_moves()[0]
    before = len(counter.server.messages())
    desk.click(label)
    desk.wait_text("^Dear |^Bonjour ")
    desk.fill(re.compile("A sentence to add"), "Nous vous appelons demain.")
    desk.wait_text("Nous vous appelons demain.")
    desk.click(f"{label} and send")
    wait_kind("stageMoved")
    counter.server.wait_messages(before + 1)
    if "Nous vous appelons demain." not in mail().get_body(("plain",)).get_content():
        raise AssertionError("the sentence is not in the e-mail")
    wait_for(lambda: moves() == allowed_moves(), "the moves of the new stage")


def test_giving_away():
    """Giving a request to a colleague is not offered to whose role does not allow it"""
    equal(place.desk.has(BUTTONS, "Give to…"), False, "offered")


def test_block_and_unblock():
    """Blocked by somebody else: whom and until when are shown; unblocking takes it away"""
    desk = place.desk
    desk.click("Blocked by…")
    desk.find(name="Whom it waits for")
    desk.fill(re.compile("^Expected until"), "31/12/2099")
    desk.fill("Why", "enquête de quartier")
    desk.click("Mark as blocked")
    desk.find(name=re.compile("^Blocked: .*2099"))
    wait_kind("blocked")
    desk.click("Unblock")
    wait_kind("unblocked")
    desk.wait_gone(name="Unblock")


def open_chooser():
    """Asks for a file; the window that does."""
    desk = place.desk
    window = desk.active_window()
    desk.key("ctrl+d")
    return wait_for(lambda: desk.active_window() not in ("", window) and desk.active_window(),
                    "the chooser to have the keyboard")


def choose(content, name):
    """Chooses a file the way a clerk without a mouse does."""
    (pathlib.Path.home() / name).write_bytes(content)
    desk = place.desk
    # Not by way of the folder that all tests make theirs in: of what goes away there, GTK's
    # completion leaks the name.
    desk.key("asciitilde")
    desk.type(f"/{name}")
    desk.key("Return")


def attach(content, name):
    open_chooser()
    choose(content, name)


def test_attach():
    """Ctrl+D attaches a PDF; what is not one is refused in words"""
    desk = place.desk
    attach(b"not a document", "lettre.pdf")
    desk.wait_text("This file is not a PDF document")
    attach(PDF, "attestation.pdf")
    desk.find(name=re.compile("attestation.pdf"))
    wait_kind("documentAttached")
    equal(len(counter.client.request(request)["documents"]), 1, "documents")


def test_attach_to_another():
    """A file is chosen for the request that it was asked for, and for none that came beneath"""
    desk = place.desk
    other = counter.submit()[0]
    chooser = open_chooser()
    # As a click on "1 new request" does.
    desk.activate("open-request", other)
    desk.wait_title(re.escape(other))
    wait_for(lambda: desk.active_window() not in ("", chooser), "the chooser to go away")
    place.back()
    place.request(request)
    attach(PDF, "acte.pdf")
    wait_kind("documentAttached", 2)
    equal(counter.kinds(other).count("documentAttached"), 0, "documents of the other request")


def test_attach_too_late():
    """A file that may no longer be attached once it is chosen is refused in words"""
    desk = place.desk
    other = counter.submit()[0]
    counter.client.command(other, "claim", counter.client.request(other)["version"]).must(200)
    place.back()
    place.request(other)
    open_chooser()
    counter.client.command(other, "release", counter.client.request(other)["version"]).must(200)
    desk.find(name="In charge: Nobody yet")
    choose(PDF, "acte.pdf")
    desk.wait_text("^Nothing can be attached to this request any more")
    equal(counter.kinds(other).count("documentAttached"), 0, "documents")
    place.back()
    place.request(request)


def test_resend():
    """An e-mail of the history is sent again"""
    desk = place.desk
    before = len(counter.server.messages())
    desk.click("Send again")
    counter.server.wait_messages(before + 1)


def test_resend_once():
    """An e-mail that is asked for once more cannot be asked for again before it is sent"""
    desk = place.desk
    letters = counter.kinds(request).count("notificationQueued")

    def wait_buttons(number, what):
        wait_for(lambda: len(desk.all(BUTTONS, "Send again")) == number, what)

    wait_buttons(letters, "every e-mail to be sent")
    counter.server.stop()
    desk.wait_text("^Offline since")
    desk.click("Send again")
    desk.find(name=re.compile("^Send the e-mail again"))
    # Also those of its repeats: it is the same letter.
    wait_for(lambda: len(desk.all(BUTTONS, "Send again")) < letters, "the button to go away")
    counter.server.start()
    wait_buttons(letters + 1, "the repeat to be sent")
    equal(counter.kinds(request).count("notificationQueued"), letters + 1, "letters")


def test_move_without_address():
    """Nothing is said to be sent to a citizen without an address"""
    desk = place.desk
    citizen = {name: value for name, value in CITIZEN.items() if name != "email"}
    body = {"kind": "submit", "procedure": "POP-CM", "channel": "counter", "citizen": citizen,
            "answers": counter.client.fill("POP-CM", CITIZEN)}
    other = counter.client.post("/v1/requests", body, str(uuid.uuid4())).must(201).json["reference"]
    counter.client.command(other, "claim", counter.client.request(other)["version"]).must(200)
    place.back()
    place.request(other)
    label = next(move["labels"]["en"] for stage in counter.client.catalogue().stages("POP-CM")
                 if stage["code"] == counter.client.request(other)["stage"] for move in stage["moves"])
    desk.click(label)
    desk.wait_text("^no address: nothing can be sent")
    equal(desk.has(BUTTONS, f"{label} and send"), False, "said to be sent")
    desk.key("Escape")
    desk.wait_gone(name="no address: nothing can be sent")


def test_end():
    """The window closes with nothing lost"""
    place.close()


def main():
    global counter, place, request
    with Counter() as counter:
        request = counter.submit()[0]
        with Place(counter.server) as place:
            place.open()
            place.sign_in()
            run([test_read, test_hidden_pages, test_history_stays_hidden, test_number_on_demand, test_why_this_date, test_take_in_charge, test_note,
                 test_draft, test_move_with_preview, test_giving_away,
                 test_block_and_unblock, test_attach, test_attach_to_another,
                 test_attach_too_late, test_resend, test_resend_once, test_move_without_address, test_end])


if __name__ == "__main__":
    main()
