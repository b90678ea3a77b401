#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A session that ends with something half typed: out of sight at once, and for nobody but its clerk afterwards."""
import re

from counter import Counter, Place
from desk_driver import BUTTONS, Atspi, wait_for
from tap import equal, run

counter = None
place = None
references = []

DATA = re.compile("Vandenbroucke|vandenbroucke|Müller|@example.org")
SENTENCE = "Nous vous appelons demain."
ENTRIES = {Atspi.Role.TEXT, Atspi.Role.ENTRY}


def write_note(reference):
    desk = place.request(reference)
    desk.key("ctrl+i")
    desk.wait_focus(Atspi.Role.TEXT, "Note")
    desk.type("a moitie")


def note():
    return place.desk.find(Atspi.Role.TEXT, "Note").text()


def step(reference):
    """What the first move of the request's stage is called."""
    code = counter.client.request(reference)["stage"]
    stage = next(stage for stage in counter.client.catalogue().stages("POP-CM") if stage["code"] == code)
    return stage["moves"][0]["labels"]["en"]


def write_sentence(reference):
    """Opens the sheet of the first move, and types into it."""
    desk = place.request(reference)
    desk.click(step(reference))
    desk.wait_text("^Dear |^Bonjour ")
    desk.fill(re.compile("A sentence to add"), SENTENCE)
    desk.wait_text(f"^(Dear|Bonjour).*{SENTENCE}|{SENTENCE}")


def sentence():
    return place.desk.find(Atspi.Role.TEXT, re.compile("A sentence to add")).text()


def leave(said="What you were typing waits here until you sign in again."):
    """The session expires, and nothing of it stays in sight."""
    counter.expire(place)
    place.desk.wait_text(f"^Your session has expired. {said}$")
    nothing_shown()


def nothing_shown():
    """Neither whose request it was, nor what was typed about it."""
    desk = place.desk
    desk.wait_gone(Atspi.Role.DIALOG)
    equal([text for text in desk.texts() if DATA.search(text) or SENTENCE in text], [], "what is shown to nobody")
    if desk.has(Atspi.Role.TEXT, "Note") or desk.has(name=re.compile("A sentence to add")):
        raise AssertionError("what was typed is there for nobody")


def test_note():
    """A note that is half typed waits for its clerk, and so does its request"""
    desk = place.desk
    write_note(references[0])
    counter.expire(place)
    desk.wait_text("^Your session has expired. What you were typing waits here until you sign in again.$")
    nothing_shown()
    place.enter(place.login)
    desk.wait_title(re.escape(references[0]))
    desk.find(name="Copy: Name")
    equal(note(), "a moitie", "the note")
    desk.find(Atspi.Role.TEXT, "Note").set_text("")


def test_sheet():
    """A letter goes from the screen with the session; its clerk has it back as it was, and sends it"""
    desk = place.desk
    write_sentence(references[1])
    leave()
    place.enter(place.login)
    desk.wait_title(re.escape(step(references[1])))
    equal(sentence(), SENTENCE, "the sentence")
    desk.wait_text(f"^(Dear|Bonjour).*{SENTENCE}|{SENTENCE}")
    desk.key("ctrl+Return")
    wait_for(lambda: "stageMoved" in counter.kinds(references[1]), "the move in the journal")
    desk.wait_gone(Atspi.Role.DIALOG)
    desk.wait_title(re.escape(references[1]))
    equal([event["sentence"] for event in counter.client.events(references[1]) if "sentence" in event], [SENTENCE],
          "what was sent")


def test_blocked():
    """Who keeps a request waiting, until when and why, is there again, after a second session that expired too"""
    desk = place.desk
    desk.click("Take in charge")
    desk.click("Blocked by…")
    desk.fill(re.compile("Expected until"), "31/12/2099")
    desk.fill("Why", SENTENCE)
    leave()
    place.enter(place.login)
    desk.wait_title("^Blocked by somebody else$")
    leave()
    place.enter(place.login)
    desk.wait_title("^Blocked by somebody else$")
    equal(desk.find(ENTRIES, re.compile("Expected until")).text(), "31/12/2099", "until when")
    equal(desk.find(ENTRIES, "Why").text(), SENTENCE, "why")
    desk.key("Escape")
    desk.wait_gone(Atspi.Role.DIALOG)
    desk.click("Blocked by…")
    desk.wait_title("^Blocked by somebody else$")
    equal(desk.find(ENTRIES, "Why").text(), "", "what was given up")
    desk.key("Escape")
    desk.wait_gone(Atspi.Role.DIALOG)


def test_no_longer_possible():
    """What was typed for an act that is no longer possible is in the note"""
    desk = place.desk
    desk.click("Blocked by…")
    desk.fill(re.compile("Expected until"), "31/12/2099")
    desk.fill("Why", SENTENCE)
    leave()
    counter.client.command(references[1], "release", counter.client.request(references[1])["version"]).must(200)
    place.enter(place.login)
    desk.wait_title(re.escape(references[1]))
    wait_for(lambda: note() == f"{SENTENCE}\n31/12/2099", "what was typed to be in the note")
    equal(desk.has(Atspi.Role.DIALOG), False, "a sheet")
    desk.find(Atspi.Role.TEXT, "Note").set_text("")
    leave("Sign in again to go on.")
    place.enter(place.login)
    desk.wait_title(re.escape(references[1]))
    equal(note(), "", "the note")
    desk.click("Take in charge")
    desk.find(BUTTONS, "Blocked by…")


GONE = "^You can no longer work on this request: what you had typed about it is gone.$"


def come_back_to_nothing(reference):
    """Its clerk is told that what was typed is gone, once, and nothing waits any more."""
    desk = place.desk
    place.enter(place.login)
    desk.wait_title(re.escape(reference))
    desk.wait_text(GONE)
    equal(desk.has(Atspi.Role.DIALOG), False, "a sheet")
    equal([text for text in desk.texts() if SENTENCE in text], [], "what was typed")
    leave("Sign in again to go on.")
    place.enter(place.login)
    desk.wait_title(re.escape(reference))


def test_purged():
    """What was typed about a request that is purged meanwhile ends with it"""
    write_sentence(references[3])
    leave()
    counter.server.control("purge", references[3], "--reason", "Demande de la personne")
    come_back_to_nothing(references[3])
    place.back()


def test_purged_in_view():
    """A request that is purged while one writes about it leaves nothing on the screen"""
    desk = place.desk
    write_note(references[4])
    counter.server.control("purge", references[4], "--reason", "Demande de la personne")
    desk.wait_text(GONE)
    wait_for(lambda: [text for text in desk.texts() if DATA.search(text)] == [], "the person to be out of sight")
    leave("Sign in again to go on.")
    place.enter(place.login)
    desk.wait_title(re.escape(references[4]))
    place.back()


CHOICE = "^Attach a PDF$"
CLOSED = "^You can no longer work on this request: the sheet is closed, with all that was in it.$"


def order(reference, to):
    """The clerk moves it on, at another program."""
    counter.client.command(reference, "move", counter.client.request(reference)["version"], to=to,
                           notify=False).must(200)


def purge(reference, said):
    """While its sheet is open: that goes with it, for a reason that is said, and nothing of it is kept."""
    desk = place.desk
    counter.server.control("purge", reference, "--reason", "Demande de la personne")
    desk.wait_text(said)
    desk.wait_gone(Atspi.Role.DIALOG)
    desk.wait_gone(name=re.compile(CHOICE))
    desk.wait_title(re.escape(reference))
    equal([text for text in desk.texts() if DATA.search(text) or SENTENCE in text], [], "what is left of it")
    leave("Sign in again to go on.")
    place.enter(place.login)
    desk.wait_title(re.escape(reference))
    desk.wait_text("^There is no such request")
    equal(desk.has(Atspi.Role.DIALOG), False, "a sheet")
    place.back()


def test_letter_purged_in_view():
    """A letter is closed with the request that it is about"""
    write_sentence(references[6])
    purge(references[6], CLOSED)


def test_blocking_purged_in_view():
    """So is the sheet that says who keeps it waiting, with the note behind it"""
    desk = place.desk
    order(references[7], "verification")
    write_note(references[7])
    desk.click("Take in charge")
    desk.click("Blocked by…")
    desk.fill("Why", SENTENCE)
    purge(references[7], GONE)


def test_choosing_purged_in_view():
    """So is the choice of a file for it"""
    desk = place.request(references[8])
    desk.click("Take in charge")
    desk.click("Attach a PDF…")
    desk.wait_text(CHOICE)
    purge(references[8], "^There is no such request")


def test_right_lost_in_view():
    """Who may only read it any more does not go on with a letter about it"""
    desk = place.desk
    write_sentence(references[5])
    counter.server.control("staff", "change", place.login, "--post", "population:protection")
    desk.wait_text(CLOSED)
    desk.wait_gone(Atspi.Role.DIALOG)
    desk.find(name="Copy: Name")
    equal(desk.has(BUTTONS, step(references[5])), False, "a step")
    counter.server.control("staff", "change", place.login, "--post", "population:officer")
    desk.find(BUTTONS, step(references[5]))
    desk.click(step(references[5]))
    desk.wait_text("^Dear |^Bonjour ")
    equal(sentence(), "", "the sentence")
    desk.key("Escape")
    desk.wait_gone(Atspi.Role.DIALOG)
    place.back()


def test_right_lost():
    """Who may only read a request any more has no note to find what they typed in: it is not said to be there"""
    write_sentence(references[5])
    leave()
    counter.server.control("staff", "change", place.login, "--post", "population:protection")
    come_back_to_nothing(references[5])
    counter.server.control("staff", "change", place.login, "--post", "population:officer")
    place.desk.find(BUTTONS, step(references[5]))
    place.back()


def test_nothing_typed():
    """Who only read comes back to what they read"""
    desk = place.desk
    desk.wait_title(re.escape(references[1]))
    desk.click("Blocked by…")
    desk.wait_title("^Blocked by somebody else$")
    leave("Sign in again to go on.")
    place.enter(place.login)
    desk.wait_title(re.escape(references[1]))
    desk.find(name="Copy: Name")
    equal(desk.has(Atspi.Role.DIALOG), False, "a sheet")
    place.back()


def test_question():
    """A question that is open when the session expires is not asked any more"""
    desk = place.desk
    desk.key("ctrl+shift+r")
    desk.wait_text("^Nothing was given back")
    counter.expire(place)
    nothing_shown()
    place.enter(place.login)
    desk.wait_title("^To take")


def test_somebody_else():
    """Whoever else signs in finds nothing of it, nor does the first clerk after them"""
    desk = place.desk
    write_note(references[0])
    write_sentence(references[2])
    counter.expire(place)
    place.enter("luc.lefebvre")
    desk.wait_title("^To take")
    nothing_there()
    counter.expire(place)
    place.enter(place.login)
    desk.wait_title("^To take")
    nothing_there()


def nothing_there():
    desk = place.desk
    equal(desk.has(Atspi.Role.DIALOG), False, "a sheet")
    place.request(references[0])
    equal(note(), "", "the note")
    place.back()
    place.request(references[2])
    desk.click(step(references[2]))
    desk.wait_text("^Dear |^Bonjour ")
    equal(sentence(), "", "the sentence")
    desk.key("Escape")
    desk.wait_gone(Atspi.Role.DIALOG)
    place.back()


def test_revoked():
    """A session that was ended by an administrator leaves nothing of it behind"""
    desk = place.desk
    write_sentence(references[2])
    counter.server.control("staff", "change", place.login, "--bar")
    desk.wait_title("^Sign in")
    nothing_shown()
    counter.server.control("staff", "change", place.login, "--unbar")
    counter.sign_in()
    place.enter(place.login)
    desk.wait_title("^To take")
    nothing_there()


def test_end():
    """The window closes with nothing lost"""
    place.close()


def main():
    global counter, place, references
    with Counter() as counter:
        references = counter.submit(9)
        with Place(counter.server) as place:
            place.open()
            place.sign_in()
            run([test_note, test_sheet, test_blocked, test_no_longer_possible, test_nothing_typed, test_purged,
                 test_purged_in_view, test_letter_purged_in_view, test_blocking_purged_in_view,
                 test_choosing_purged_in_view, test_right_lost_in_view, test_right_lost, test_question, test_somebody_else, test_revoked, test_end])


if __name__ == "__main__":
    main()
