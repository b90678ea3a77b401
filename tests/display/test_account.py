#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The account of the person whose card is in the reader: opened, changed, renewed, and forgotten."""
import re
import threading
import uuid

import process_memory
from card_calls import files
from card_table import CardTable, HeldAtPhoto
from counter import Counter, Place
from counter_form import TEXT, said
from desk_driver import Atspi, wait_for
from go_between import GoBetween
from tap import equal, run

counter = None
place = None
table = None
between = None

BUTTON = "Open their account"
NUMBER = "85073003328"
EMAIL = "e.v@example.org"
LANGUAGE = "Language in which they are written to"
# Somebody else, and somebody whose number must be found nowhere once the card is gone.
OTHER = {0x06: "91030300195", 0x07: "Lefebvre", 0x08: "Luc"}
STRANGER = {0x06: "16050100178", 0x07: "Çelik", 0x08: "Noël", 0x0C: "01 MEI 2016", 0x0D: "M"}


def found(number=NUMBER):
    """The account as the server has it; None where there is none."""
    items = counter.client.post("/v1/accounts/search", {"niss": number}).must(200).json["items"]
    return items[0] if items else None


def contact(number=NUMBER):
    citizen = found(number)["citizen"]
    return {word: citizen.get(word) for word in ("email", "phone", "language")}


def of(person):
    return table.office.new18(identity=person, holder=person[0x06])


def open_sheet(card="ec", state="^(No account yet|Account opened on .*)$"):
    """A card goes in, and its holder's account is there to be seen."""
    desk = place.desk
    played = table.insert(card)
    desk.click(BUTTON)
    desk.wait_title("^Account$")
    desk.wait_text(state)
    desk.wait_focus(None, "E-mail")
    return played


def close_sheet():
    place.desk.key("Escape")
    place.desk.wait_gone(Atspi.Role.DIALOG)


def pull():
    """The card goes, and the sheet, where nothing was typed, with it."""
    table.clear()
    place.desk.wait_gone(Atspi.Role.DIALOG)


def write(name, text):
    """Types over what is there; the keyboard stays in it."""
    desk = place.desk
    desk.wait_focus(None, name)
    desk.key("ctrl+a")
    desk.type(text)


def is_sensitive(name):
    button = place.desk.find(Atspi.Role.PUSH_BUTTON, name)
    return button.has_states(Atspi.StateType.SENSITIVE)


def test_no_card():
    """Without a card there is nobody whose account it could be"""
    desk = place.desk
    desk.key("ctrl+o")
    desk.wait_text("^Put the person’s card in the reader first.$")
    equal(desk.has(Atspi.Role.DIALOG), False, "the sheet")
    desk.wait_gone(name=re.compile("^Put the person’s card"))


def test_nobody_yet():
    """Nothing is read before somebody asks; then the person is there, and has no account"""
    desk = place.desk
    card = table.insert("ec")
    desk.find(name=BUTTON)
    equal(card.chip.commands, [], "what was read")
    desk.key("ctrl+o")
    desk.wait_text("^No account yet$")
    for text in ("Vandenbroucke, Éléonore Marie J", "85.07.30-033.28", "Rue de Nimy 12, 7000 Mons"):
        desk.wait_text(f"^{re.escape(text)}$")
    desk.wait_text("^30 July 1985")
    desk.wait_text("put right at the municipality in which they live")
    desk.wait_focus(None, "E-mail")
    equal(desk.unnamed(), [], "names")
    equal([node.name for node in desk.all(TEXT) if "Search" not in node.name], ["E-mail", "Telephone"], "what can be typed")


def test_wrong():
    """What cannot be is said when the keyboard leaves it, and is not sent"""
    desk = place.desk
    write("E-mail", "e.v@example")
    desk.key("Tab")
    desk.wait_text("^This is no e-mail address.$")
    desk.type("123")
    desk.key("Tab")
    desk.wait_text("^This is no telephone number")
    desk.key("ctrl+Return")
    desk.wait_focus(None, "E-mail")
    equal(between.posted("/v1/accounts"), [], "what was sent")
    desk.type("x")
    desk.wait_gone(name=re.compile("^This is no e-mail address"))


def test_opened():
    """It is opened from the card, with what the person says of themselves"""
    desk = place.desk
    write("E-mail", EMAIL)
    desk.key("Tab")
    write("Telephone", "065 12 34 56")
    desk.key("ctrl+Return")
    desk.wait_text("^The account is open.$")
    desk.wait_text("^Account opened on .* by Marie Dubois$")
    desk.wait_text(f"^{found()['account']}$")
    equal(contact()["email"], EMAIL)
    equal(found()["citizen"]["familyName"], "Vandenbroucke")
    desk.wait_focus(None, "Telephone")
    equal(is_sensitive("Save the changes"), False, "with nothing changed")


def test_changed():
    """What was changed is saved; the language is one of a list"""
    desk = place.desk
    write("Telephone", "")
    desk.key("BackSpace", "Tab")
    desk.wait_focus(Atspi.Role.PUSH_BUTTON, f"{LANGUAGE}: English")
    desk.key("space")
    desk.wait_text("^Dutch$")
    desk.key("Home", "Down", "Down", "Return")
    desk.find(Atspi.Role.PUSH_BUTTON, f"{LANGUAGE}: Dutch")
    wait_for(lambda: is_sensitive("Save the changes"), "something to save")
    desk.click("Save the changes")
    desk.wait_text("^The changes are saved.$")
    equal(contact(), {"email": EMAIL, "phone": None, "language": "nl"})
    close_sheet()
    pull()


def change_elsewhere(**members):
    """A colleague changes the account."""
    account = found()
    counter.colleague.post(f"/v1/accounts/{account['account']}/commands",
                           {"kind": "changeContact", "expectedVersion": account["version"],
                            "contact": {"language": "fr", **members}}, str(uuid.uuid4())).must(200)


def test_conflict():
    """What a colleague changed in the meantime is not written over unseen; what was typed stays"""
    desk = place.desk
    open_sheet()
    change_elsewhere(phone="+3265000001")
    write("E-mail", "second@example.org")
    desk.key("ctrl+Return")
    desk.wait_text("^A colleague has changed this account in the meantime.")
    wait_for(lambda: said(desk, "Telephone") == "+3265000001", "what the colleague wrote")
    equal(said(desk, "E-mail"), "second@example.org", "what was typed")
    desk.key("ctrl+Return")
    desk.wait_text("^The changes are saved.$")
    equal(contact(), {"email": "second@example.org", "phone": "+3265000001", "language": "fr"})
    close_sheet()
    pull()


def test_renewed():
    """What the card says since is offered, and the account says it afterwards"""
    desk = place.desk
    moved = table.office.new18(address={0x01: "Grand-Place 1"})
    open_sheet(moved)
    desk.wait_text("^The card says something else than the account$")
    desk.wait_text("^Street and number: Grand-Place 1 on the card, Rue de Nimy 12 in the account$")
    desk.click("Renew the account from the card")
    desk.wait_text("^The account says now what the card says.$")
    desk.wait_gone(name=re.compile("^The card says something else"))
    equal(found()["citizen"]["street"], "Grand-Place")
    close_sheet()
    pull()


def test_out():
    """A card that is out takes with it what was read; with nothing typed the sheet as well"""
    desk = place.desk
    open_sheet()
    table.clear()
    desk.wait_gone(Atspi.Role.DIALOG)
    desk.wait_text("^The card is out: what was read of it is forgotten.$")


def test_out_while_read():
    """A card that is out while it is read is said to be, and read when it is back"""
    desk = place.desk
    held = HeldAtPhoto()
    table.insert("ec", held)
    desk.click(BUTTON)
    held.reached.wait(60)
    desk.find(Atspi.Role.PROGRESS_BAR)
    held.go_on()
    table.clear()
    desk.wait_text("^The card was pulled out while it was read$")
    table.insert("ec")
    desk.wait_text("^Account opened on ")
    close_sheet()
    pull()


def test_typed():
    """What was typed waits for the same card, and is gone with that of somebody else"""
    desk = place.desk
    open_sheet()
    write("E-mail", "third@example.org")
    table.clear()
    desk.wait_text("^The card is out$")
    desk.wait_text("What you typed waits here: put the same card in again to go on.$")
    equal(is_sensitive("Open the account"), False, "without a card")
    equal([text for text in desk.texts() if "Vandenbroucke, " in text], [], "whose it was")
    table.insert("ec")
    desk.wait_text("^Account opened on ")
    equal(said(desk, "E-mail"), "third@example.org")
    table.clear()
    desk.wait_text("^The card is out$")
    table.insert(of(OTHER))
    desk.wait_text("^This is the card of somebody else")
    desk.wait_text("^No account yet$")
    equal(said(desk, "E-mail"), "")
    close_sheet()
    pull()


def test_offline():
    """Without the server there is nothing to see, and that is said; with it, it is tried again"""
    desk = place.desk
    table.insert("ec")
    counter.server.stop()
    desk.click(BUTTON)
    desk.wait_text("^The account could not be looked for$")
    desk.wait_text("^The server does not answer, and accounts are only there.")
    counter.server.start()
    desk.click("Try again")
    desk.wait_text("^Account opened on ")
    write("E-mail", "fourth@example.org")
    counter.server.stop()
    desk.key("ctrl+Return")
    desk.wait_text("^The server does not answer, and accounts are only there.")
    counter.server.start()
    equal(contact()["email"], "second@example.org", "before it is saved again")
    desk.key("ctrl+Return")
    desk.wait_text("^The changes are saved.$")
    equal(contact()["email"], "fourth@example.org")
    close_sheet()
    pull()


def test_lost_answer():
    """An answer that was lost is asked for again, and the account opened once"""
    desk = place.desk
    open_sheet(of(OTHER), "^No account yet$")
    write("E-mail", "luc@example.org")
    between.lost.append("/v1/accounts")
    desk.key("ctrl+Return")
    desk.wait_text("^The server does not answer")
    desk.key("ctrl+Return")
    desk.wait_text("^The account is open.$")
    keys = between.keys("/v1/accounts")[-2:]
    equal(keys[0], keys[1], "the keys")
    equal(found(OTHER[0x06])["version"], 1)
    close_sheet()
    pull()


def test_opened_before():
    """Whose answer was lost, and who typed on, is told that it was they who opened it; what they typed stays on top"""
    desk = place.desk
    third = {0x06: "90020100130", 0x07: "Lenoir"}
    open_sheet(of(third), "^No account yet$")
    write("E-mail", "lenoir@example.org")
    between.lost.append("/v1/accounts")
    desk.key("ctrl+Return")
    desk.wait_text("^The server does not answer")
    desk.key("Tab")
    write("Telephone", "+3265000009")
    desk.key("ctrl+Return")
    desk.wait_text("^You have opened this account already, and the answer was lost; you see it here.")
    desk.wait_text("^Account opened on .* by Marie Dubois$")
    desk.key("ctrl+Return")
    desk.wait_text("^The changes are saved.$")
    equal(contact(third[0x06])["phone"], "+3265000009")
    close_sheet()
    pull()


def test_opened_elsewhere():
    """Who was given an account by a colleague in the meantime has that one, with what was typed on top"""
    desk = place.desk
    fourth = {0x06: "90020600867", 0x07: "Lebrun"}
    card = of(fourth)
    open_sheet(card, "^No account yet$")
    write("E-mail", "lebrun@example.org")
    counter.colleague.post("/v1/accounts", {"contact": {"phone": "+3265000008", "language": "nl"},
                                            "files": files(card)}, str(uuid.uuid4())).must(201)
    desk.key("ctrl+Return")
    desk.wait_text("^This person has an account already; you see it here.")
    desk.wait_text("^Account opened on .* by Luc Lefebvre$")
    equal((said(desk, "E-mail"), said(desk, "Telephone")), ("lebrun@example.org", "+3265000008"))
    desk.key("ctrl+Return")
    desk.wait_text("^The changes are saved.$")
    equal(contact(fourth[0x06]), {"email": "lebrun@example.org", "phone": "+3265000008", "language": "nl"})
    close_sheet()
    pull()


def test_looked_for_again():
    """What is saved may be saved and not seen again: that is said, and looked for again on demand"""
    desk = place.desk
    open_sheet()
    write("E-mail", "seventh@example.org")
    between.lost.append("/v1/accounts/search")
    desk.key("ctrl+Return")
    desk.wait_text("^The changes are saved.\nThe server does not answer")
    equal(contact()["email"], "seventh@example.org")
    change_elsewhere(email="fourth@example.org", phone="+3265000001")
    desk.click("Try again")
    wait_for(lambda: said(desk, "E-mail") == "fourth@example.org", "what the account says now")
    equal(is_sensitive("Save the changes"), False, "with nothing changed")
    desk.wait_gone(name=re.compile("^The changes are saved"))
    close_sheet()
    pull()


def test_other_card():
    """What the reader has to say is said while what was typed waits in sight"""
    desk = place.desk
    open_sheet()
    write("E-mail", "third@example.org")
    table.clear()
    desk.wait_text("^The card is out$")
    table.insert("ec", lambda _number, _command: b"\x6A\x82", atr=bytes.fromhex("3B6500002063CBBC00"))
    desk.wait_text("^This is not a Belgian identity card")
    equal(said(desk, "E-mail"), "third@example.org")
    equal(is_sensitive("Open the account"), False, "with such a card")
    table.clear()
    desk.wait_text("What you typed waits here: put the same card in again to go on.$")
    close_sheet()


def test_closed_while_saved():
    """Who closes the sheet before the answer is there is told that nobody knows"""
    desk = place.desk
    open_sheet(of({0x06: "90020700144", 0x07: "Leroy"}), "^No account yet$")
    write("E-mail", "leroy@example.org")
    go_on = between.held["/v1/accounts"] = threading.Event()
    sent = len(between.posted("/v1/accounts"))
    desk.key("ctrl+Return")
    wait_for(lambda: len(between.posted("/v1/accounts")) > sent, "what was sent")
    desk.key("Escape")
    desk.wait_gone(Atspi.Role.DIALOG)
    desk.wait_text("^It is not known whether it was done: look the account up again.$")
    go_on.set()
    wait_for(lambda: found("90020700144") is not None, "the account")
    pull()


def out_while_saved(person, email):
    """The account of somebody new is asked for, and their card out before the answer comes, which go_on lets go."""
    desk = place.desk
    open_sheet(of(person), "^No account yet$")
    write("E-mail", email)
    go_on = between.held["/v1/accounts"] = threading.Event()
    sent = len(between.posted("/v1/accounts"))
    desk.key("ctrl+Return")
    wait_for(lambda: len(between.posted("/v1/accounts")) > sent, "what was sent")
    table.clear()
    desk.wait_text("^The card is out$")
    return go_on


def test_out_while_saved():
    """What comes of it after the card is out is said of the card before, on the form of the next one as well"""
    desk = place.desk
    go_on = out_while_saved({0x06: "90020300365", 0x07: "Lambert"}, "lambert@example.org")
    table.insert(of(OTHER))
    desk.wait_text("^Account opened on ")
    desk.wait_text("^About the card before: The account is being opened…")
    equal(said(desk, "E-mail"), "luc@example.org")
    go_on.set()
    desk.wait_text("^About the card before: The account is open.$")
    equal(said(desk, "E-mail"), "luc@example.org")
    sent = len(between.posted("/v1/accounts"))
    write("E-mail", "lefebvre@example.org")
    desk.key("ctrl+Return")
    desk.wait_text("^The changes are saved.$")
    equal(contact(OTHER[0x06])["email"], "lefebvre@example.org")
    equal(contact("90020300365")["email"], "lambert@example.org")
    equal(len(between.posted("/v1/accounts")), sent, "accounts asked for")
    close_sheet()
    pull()


def test_out_while_lost():
    """What went wrong is said with the card out as well, and is not sent again for the next one"""
    desk = place.desk
    go_on = out_while_saved({0x06: "90020400533", 0x07: "Simon"}, "simon@example.org")
    between.lost.append("/v1/accounts")
    go_on.set()
    desk.wait_text("^About the card before: The server does not answer")
    desk.wait_text("What you typed waits here: put the same card in again to go on.$")
    equal(said(desk, "E-mail"), "simon@example.org")
    key = between.keys("/v1/accounts")[-1]
    table.insert(of({0x06: "90020500701", 0x07: "Dupont"}))
    desk.wait_text("^This is the card of somebody else")
    desk.wait_text("^No account yet$")
    wait_for(lambda: is_sensitive("Open the account"), "an account to open")
    desk.key("ctrl+Return")
    desk.wait_text("^The account is open.$")
    equal(between.keys("/v1/accounts")[-1] == key, False, "sent again")
    equal(found("90020500701")["citizen"]["familyName"], "Dupont")
    close_sheet()
    pull()


def test_not_accepted():
    """With a card that is not to be accepted no account is opened"""
    desk = place.desk
    card = of({0x06: "93051822361", 0x07: "Maes"})
    card.files["address"] = card.files["address"].replace(b"Nimy 12", b"Nimy 21")
    open_sheet(card, "^No account yet$")
    desk.wait_text("^(Warning|Attention): ")
    equal(is_sensitive("Open the account"), False, "the button")
    close_sheet()
    pull()


def test_filing():
    """Who has an account need not say again how they are reached; what the clerk typed stays"""
    desk = place.desk
    table.insert("ec")
    desk.click("File a request for them")
    desk.wait_text("^The card is read. Choose what the person asks for.$")
    desk.type("household")
    desk.key("Return")
    wait_for(lambda: said(desk, "E-mail address") == "fourth@example.org", "the e-mail of the account")
    equal(said(desk, "Telephone"), "+3265000001")
    desk.wait_text("^Filled in from the card and from their account.")
    desk.find(Atspi.Role.PUSH_BUTTON, f"{LANGUAGE}: French")
    leave_filing()


def leave_filing(typed=False):
    """What was typed is given up."""
    desk = place.desk
    desk.key("alt+Left")
    if typed:
        desk.click("Discard")
    desk.wait_focus(None, "Search for a procedure")
    desk.key("alt+Left")
    desk.wait_title("^To take")
    pull()


def test_filing_typed():
    """What the clerk has typed before the account was found stays"""
    desk = place.desk
    go_on = between.held["/v1/accounts/search"] = threading.Event()
    table.insert("ec")
    desk.click("File a request for them")
    desk.wait_text("^The card is read. Choose what the person asks for.$")
    desk.type("household")
    desk.key("Return")
    desk.wait_text("^Filled in from the card. ")
    desk.find(TEXT, "E-mail address").set_text("typed@example.org")
    go_on.set()
    desk.wait_text("^Filled in from the card and from their account.")
    equal((said(desk, "E-mail address"), said(desk, "Telephone")), ("typed@example.org", "+3265000001"))
    del between.held["/v1/accounts/search"]
    leave_filing(typed=True)


def test_filing_not_accepted():
    """Of who shows a card that is not to be accepted no account is looked for"""
    desk = place.desk
    card = table.office.profiles()["ec"]()
    card.files["address"] = card.files["address"].replace(b"Nimy 12", b"Nimy 21")
    asked = len(between.posted("/v1/accounts/search"))
    table.insert(card)
    desk.click("File a request for them")
    desk.wait_text("^The card is read. Choose what the person asks for.$")
    desk.type("household")
    desk.key("Return")
    desk.wait_text("^The card in the reader is not to be accepted.$")
    equal((said(desk, "E-mail address"), len(between.posted("/v1/accounts/search"))), ("", asked))
    leave_filing()


def test_memory():
    """What was read and what the server said is in the memory while the sheet is open, and nowhere after"""
    desk = place.desk
    pid = desk.process.pid
    numbers = (b"16050100178", b"16.05.01-001.78")
    open_sheet(of(STRANGER))
    equal([process_memory.holds(pid, number) for number in numbers], [True, True], "while it is open")
    close_sheet()
    wait_for(lambda: not any(process_memory.holds(pid, number) for number in numbers), "the number to be gone from memory")
    for path in place.home.rglob("*"):
        if path.is_file() and any(number in path.read_bytes() for number in numbers):
            raise AssertionError(f"the number is in {path}")
    pull()


def expire_typed(email):
    """The session ends with something typed of an account, and nothing of that stays in sight."""
    desk = place.desk
    open_sheet()
    write("E-mail", email)
    counter.expire(place)
    desk.wait_gone(Atspi.Role.DIALOG)
    desk.wait_text("^Your session has expired. What you had typed of an account waits here")
    equal([text for text in desk.texts() if "Vandenbroucke, " in text or email in text], [], "what is in sight")


def test_expired():
    """The sheet closes with the session; what was typed waits for its clerk, and for the same card"""
    desk = place.desk
    expire_typed("fifth@example.org")
    place.enter(place.login)
    desk.wait_title("^To take")
    desk.key("ctrl+o")
    desk.wait_text("^Account opened on ")
    equal((said(desk, "E-mail"), said(desk, "Telephone")), ("fifth@example.org", "+3265000001"))
    desk.key("ctrl+Return")
    desk.wait_text("^The changes are saved.$")
    equal(contact()["email"], "fifth@example.org")
    close_sheet()
    pull()


def test_expired_other_card():
    """It is gone with the card of somebody else"""
    desk = place.desk
    expire_typed("sixth@example.org")
    place.enter(place.login)
    desk.wait_title("^To take")
    open_sheet(of(OTHER))
    desk.wait_text("^This is the card of somebody else: what you had typed for the person before is gone.$")
    equal(said(desk, "E-mail"), "lefebvre@example.org")
    close_sheet()
    open_sheet()
    equal(said(desk, "E-mail"), "fifth@example.org")
    close_sheet()
    pull()


def test_end():
    """The window closes with nothing lost"""
    place.close()


def main():
    global counter, place, table, between
    with CardTable() as table, Counter(extra=table.configuration) as counter:
        counter.submit(2)
        table.plug()
        between = GoBetween(counter.server)
        with Place(between) as place:
            place.open("--eid-config", str(table.config))
            place.sign_in()
            run([test_no_card, test_nobody_yet, test_wrong, test_opened, test_changed, test_conflict, test_renewed,
                 test_out, test_out_while_read, test_typed, test_offline, test_lost_answer, test_opened_before,
                 test_opened_elsewhere, test_looked_for_again, test_other_card, test_closed_while_saved,
                 test_out_while_saved, test_out_while_lost, test_not_accepted, test_filing, test_filing_typed,
                 test_filing_not_accepted, test_memory, test_expired, test_expired_other_card,
                 test_end])


if __name__ == "__main__":
    main()
