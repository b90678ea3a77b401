#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The desk and what happens around it: colleagues, a server that goes away, conflicts."""
import contextlib
import re
import subprocess
import threading

from counter import Counter, Place
from desk_driver import BUTTONS, Atspi, wait_for
from tap import equal, run

counter = None
place = None
references = []


def wait_kind(reference, kind):
    wait_for(lambda: kind in counter.kinds(reference), f"{kind} in the journal")


def back_online():
    """Starts the server; the desk may find it by itself before "Try now" can be pressed."""
    counter.server.start()

    def online():
        for button in place.desk.all(BUTTONS, "Try now"):
            button.press()
        return not place.desk.has(name=re.compile("^Offline since"))

    wait_for(online, "the desk to be online again")


def test_colleague():
    """What a colleague does shows in the list, marked as new until it is looked at"""
    desk = place.desk
    reference = references[0]
    place.request(reference)
    place.back()
    place.choose("All open")
    version = counter.client.request(reference)["version"]
    counter.colleague.command(reference, "claim", version).must(200)
    desk.find_row(f"Luc Lefebvre, something new, {reference}")
    place.request(reference)
    desk.find(name="In charge: Luc Lefebvre")
    desk.wait_text("A colleague has it in charge")
    place.back()
    desk.find_row(f"Luc Lefebvre, {reference}")


def test_colleague_live_on_the_page():
    """What a colleague does shows on the page that is open"""
    desk = place.desk
    reference = references[0]
    place.request(reference)
    counter.colleague.command(reference, "note", counter.client.request(reference)["version"],
                              text="vu au guichet").must(200)
    desk.wait_text("^Note, Luc Lefebvre.*vu au guichet")
    counter.colleague.command(reference, "release", counter.client.request(reference)["version"]).must(200)
    desk.find(name="In charge: Nobody yet")
    place.back()


@contextlib.contextmanager
def window_away():
    """The window is not the one that the clerk looks at."""
    desk = place.desk
    window = desk.active_window()
    subprocess.run(["xdotool", "windowminimize", window], check=True)
    wait_for(lambda: desk.active_window() != window, "the window to be away")
    yield
    if desk.process.poll() is None:
        subprocess.run(["xdotool", "windowactivate", "--sync", window], check=True)


def test_new_while_away():
    """What arrives on an open page while the window is away is not taken for seen"""
    desk = place.desk
    reference = references[0]
    place.request(reference)
    with window_away():
        counter.colleague.command(reference, "note", counter.client.request(reference)["version"],
                                  text="rappelé").must(200)
        desk.wait_text("^Note, Luc Lefebvre.*rappelé")
        desk.process.terminate()  # before it is looked at again
        desk.process.wait(60)
    desk = place.open()
    desk.find_row(f"something new, {reference}")
    place.request(reference)
    desk.wait_text("^Note, Luc Lefebvre.*rappelé")
    with window_away():
        counter.colleague.command(reference, "note", counter.client.request(reference)["version"],
                                  text="revenu").must(200)
        desk.wait_text("^Note, Luc Lefebvre.*revenu")
    place.back()
    desk.find_row(f"nobody’s, {reference}")


def test_notification():
    """A new request is told while the window is away, without anybody's name"""
    desk = place.desk
    monitor = subprocess.Popen(["dbus-monitor", "--session", "interface='org.freedesktop.Notifications'"],
                               stdout=subprocess.PIPE, text=True)
    heard = []
    listener = threading.Thread(target=lambda: heard.extend(iter(monitor.stdout.readline, "")), daemon=True)
    listener.start()
    try:
        with window_away():
            references.extend(counter.submit(1, client=counter.colleague))
            wait_for(lambda: any("1 new request" in line for line in heard), "the notification")
        said = "".join(heard)
        if references[-1] not in said or "Vandenbroucke" in said:
            raise AssertionError(said)
    finally:
        monitor.terminate()
        monitor.wait(10)
        listener.join(10)
    desk.find_row(references[-1])


def test_offline():
    """Without the server the desk says so, goes on, and sends what was done when it is back"""
    desk = place.desk
    reference = references[1]
    place.request(reference)
    counter.server.stop()
    desk.wait_text("^Offline since [0-9]+:[0-9]+. What you do is kept and sent later")
    desk.key("ctrl+t")
    desk.find(name="In charge: You (on its way)")
    desk.fill("Note", "sans serveur")
    desk.click("Add note")
    desk.wait_text("^Offline since .*2 actions wait to be sent")
    desk.wait_text("Waits until the server answers")
    place.back()
    desk.find_row(f"an action of yours is on its way, {reference}")


def test_sign_out_asks():
    """Signing out with acts that were not sent asks first"""
    desk = place.desk
    desk.click("Menu")
    desk.click("Sign out")
    desk.wait_text("Sign out before everything is sent")
    desk.wait_text("2 actions have not reached the server yet")
    desk.click("Stay signed in")
    desk.wait_gone(name=re.compile("Sign out before everything is sent"))


def test_restart_offline():
    """Closed and opened again without a server: everything is still there"""
    place.close()
    desk = place.open()
    desk.wait_title("^All open")
    desk.find_row(f"an action of yours is on its way, {references[1]}")
    desk.wait_text("^Offline since .*2 actions wait to be sent")


def test_back_online():
    """The server is back: what was done is sent, in order, once"""
    desk = place.desk
    back_online()
    wait_kind(references[1], "noteWritten")
    equal([kind for kind in counter.kinds(references[1]) if kind in ("claimed", "noteWritten")],
          ["claimed", "noteWritten"], "what was sent")
    desk.find_row(f"Marie Dubois, .*{references[1]}|Marie Dubois, {references[1]}")


def lose_the_race(reference, note):
    """Takes it in charge and writes a note, both without the server, while a colleague claims it."""
    desk = place.desk
    place.request(reference)
    counter.server.stop()
    desk.wait_text("^Offline since")
    desk.key("ctrl+t")
    desk.find(name="In charge: You (on its way)")
    desk.fill("Note", note)
    desk.click("Add note")
    desk.wait_text("2 actions wait to be sent")
    with counter.elsewhere():
        counter.colleague.command(reference, "claim", counter.client.request(reference)["version"]).must(200)
    back_online()
    desk.wait_text("^2 actions were given back to you")


def test_conflict():
    """An act that a colleague was faster with is given back with what changed, and what was typed behind it"""
    desk = place.desk
    reference = references[2]
    lose_the_race(reference, "je m'en charge")
    desk.find(name="In charge: Luc Lefebvre")
    desk.click("Review…")
    desk.wait_text(f"{reference}: .*Luc Lefebvre took the request in charge, today at")
    desk.wait_text("je m'en charge")
    desk.wait_text("It was typed behind an action that was given back")


def test_sign_out_given_back():
    """Signing out says what becomes of acts that were given back, and nothing of what there is none of"""
    desk = place.desk
    desk.key("Escape")
    place.back()
    desk.click("Menu")
    desk.click("Sign out")
    desk.wait_text("^2 actions were given back to you and have not been done[.] They stay on this computer")
    equal([text for text in desk.texts() if "not reached the server" in text], [], "what was not sent")
    desk.click("Stay signed in")
    desk.wait_gone(name=re.compile("Sign out before everything is sent"))
    desk.click("Review…")
    desk.find(BUTTONS, "Discard")


def test_discard():
    """What is no longer needed is discarded, and the strip goes away"""
    desk = place.desk
    while desk.has(BUTTONS, "Discard"):
        left = len(desk.all(BUTTONS, "Discard"))
        desk.click("Discard")
        wait_for(lambda: len(desk.all(BUTTONS, "Discard")) < left, "an act to be discarded")
    desk.wait_text("^Nothing was given back")
    desk.key("Escape")
    desk.wait_gone(name=re.compile("given back to you"))
    equal([kind for kind in counter.kinds(references[2]) if kind in ("claimed", "noteWritten")], ["claimed"],
          "what reached the server")


def test_try_again():
    """An act that was given back is tried again, and what was typed behind it follows"""
    desk = place.desk
    reference = references[3]
    lose_the_race(reference, "à rappeler")
    counter.colleague.command(reference, "release", counter.client.request(reference)["version"]).must(200)
    desk.find(name="In charge: Nobody yet")
    desk.click("Review…")
    desk.click("Try again")
    desk.wait_text("^Nothing was given back")
    desk.key("Escape")
    desk.find(name="In charge: You")
    wait_kind(reference, "noteWritten")
    equal([kind for kind in counter.kinds(reference) if kind in ("claimed", "released", "noteWritten")],
          ["claimed", "released", "claimed", "noteWritten"], "what was done")


def test_held_move():
    """A step that was given back says which, where the request is now, and what was typed for the citizen"""
    desk = place.desk
    reference = references[4]
    moves = [move for stage in counter.client.catalogue().stages("POP-CM") for move in stage["moves"]
             if stage["code"] == counter.client.request(reference)["stage"]]
    label = moves[0]["labels"]["en"]
    place.request(reference)
    counter.server.stop()
    desk.wait_text("^Offline since")
    desk.click(label)
    desk.fill(re.compile("A sentence to add"), "Nous vous rappelons.")
    desk.key("ctrl+Return")
    desk.wait_text("1 action waits to be sent")
    with counter.elsewhere():
        counter.colleague.command(reference, "move", counter.client.request(reference)["version"],
                                  to=moves[0]["to"], notify=False).must(200)
    back_online()
    desk.wait_text("^1 action was given back to you")
    desk.click("Review…")
    desk.wait_text(f"^{reference}: {label}$")
    desk.wait_text("Luc Lefebvre moved the request.*today at .* It is at “[A-Z][^”]*” now.")
    desk.wait_text("^Nous vous rappelons.$")
    desk.click("Discard")
    desk.wait_text("^Nothing was given back")
    desk.key("Escape")


def test_moved_behind_a_sheet():
    """A step decided on a letter that was written for another stage is given back, with what was typed for it"""
    desk = place.desk
    reference = references[4]
    stages = {stage["code"]: {move["to"]: move["labels"]["en"] for move in stage["moves"]}
              for stage in counter.client.catalogue().stages("POP-CM")}
    label = stages[counter.client.request(reference)["stage"]]["withdrawn"]
    equal(label, stages["documentsAwaited"]["withdrawn"], "the same step from both stages")
    place.request(reference)
    desk.click(label)
    desk.fill(re.compile("^Reason"), "A sa demande")
    desk.fill(re.compile("A sentence to add"), "Votre dossier est clos.")
    desk.wait_text("Votre dossier est clos.")
    counter.colleague.command(reference, "move", counter.client.request(reference)["version"],
                              to="documentsAwaited", text="il manque une preuve").must(200)
    # The page behind the sheet goes on.
    desk.find(name=stages["documentsAwaited"]["verification"])
    desk.click(f"{label} and send")
    desk.wait_text("^1 action was given back to you")
    equal(counter.client.request(reference)["stage"], "documentsAwaited", "the stage")
    desk.click("Review…")
    desk.wait_text(f"^{reference}: {label}$")
    desk.wait_text("Luc Lefebvre moved the request.*today at")
    desk.wait_text("^A sa demande\nVotre dossier est clos.$")
    desk.click("Try again")
    desk.wait_text("^Nothing was given back")
    wait_for(lambda: counter.client.request(reference)["stage"] == "withdrawn", "what was ordered once more")
    desk.key("Escape")


def test_sign_out():
    """Signed out: the sign-in page, and nothing of the requests is left on this computer"""
    desk = place.desk
    place.back()
    desk.click("Menu")
    desk.click("Sign out")
    desk.wait_title("^Sign in")
    desk.wait_text("Your requests are no longer on this computer")
    left = [path for path in place.home.rglob("*") if path.is_file() and b"Vandenbroucke" in path.read_bytes()]
    equal(left, [], "files with a citizen's name")
    if desk.has(Atspi.Role.TABLE_ROW):
        raise AssertionError("rows are still there")


def test_end():
    """The window closes with nothing lost"""
    place.close()


def main():
    global counter, place, references
    with Counter() as counter:
        references = counter.submit(5)
        with Place(counter.server) as place:
            place.open()
            place.sign_in()
            run([test_colleague, test_colleague_live_on_the_page, test_new_while_away, test_notification, test_offline,
                 test_sign_out_asks, test_restart_offline, test_back_online, test_conflict, test_sign_out_given_back,
                 test_discard, test_try_again, test_held_move, test_moved_behind_a_sheet, test_sign_out, test_end])


if __name__ == "__main__":
    main()
