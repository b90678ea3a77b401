#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The queue, as a clerk uses it."""
import os
import re

from counter import Counter, Place
from desk_driver import MENU_ITEMS, Atspi, wait_for
from tap import equal, run

SEARCH = "Search in the requests"

counter = None
place = None


def references():
    """The references of the list, from top to bottom."""
    return [row.name.rsplit(", ", 1)[-1] for row in place.desk.rows()]


def citizens():
    return [row.name.split(", ")[1] for row in place.desk.rows()]


def cells():
    """What the cells of the first row say."""
    return [name for name in (child.look().name for child in place.desk.rows()[0].children) if name]


def shows_receipt():
    return any(re.match("[0-9]+ [A-Z][a-z]+$", cell) for cell in cells())


def view(name):
    """The number that a view of the side bar says."""
    spoken = place.desk.find(name=re.compile(f"^{name}, ")).name
    return int(spoken.split(", ")[-1].split()[0])


def wait_view(name, count):
    wait_for(lambda: view(name) == count, f"{count} requests in {name}")


def search(text):
    place.desk.fill(SEARCH, text)


def go_to_search():
    """Ctrl+F, and nothing more before the keyboard is there: a closing menu still has the next keys."""
    place.desk.wait_gone(MENU_ITEMS)
    place.desk.key("ctrl+f")
    place.desk.wait_focus(Atspi.Role.ENTRY, SEARCH)


def test_views():
    """Every view is in the side bar with its count, and shows so many rows"""
    desk = place.desk
    for name, count in (("Mine", 1), ("To take", 5), ("Waiting for the citizen", 0), ("Late", 0),
                        ("All open", 6), ("Closed", 0)):
        wait_view(name, count)
        place.choose(name)
        if count:
            wait_for(lambda: len(desk.rows()) == count, f"{count} rows in {name}")
        else:
            wait_for(lambda: not desk.all(Atspi.Role.TABLE_ROW), f"no rows in {name}")
    place.choose("All open")
    wait_for(lambda: len(desk.rows()) == 6, "the list of all")


def test_row_names():
    """A row says in words what its cells show"""
    row = place.desk.find_row("Vandenbroucke Éloïse").name
    for part in ("Household composition certificate", "Received", "due in ", counter.references[0]):
        if part not in row:
            raise AssertionError(f"{part!r} is not in {row!r}")
    mine = place.desk.find_row(counter.references[5]).name
    if "Marie Dubois" not in mine:
        raise AssertionError(mine)


def test_columns_fill():
    """The columns fill the list, and the cells stand below each other"""
    left, _, width, _ = place.desk.table().extents()
    lefts = []
    for row in place.desk.rows():
        cells = [cell for cell in (child.extents() for child in row.children) if cell[2] > 0]
        equal(len(cells), 6, "cells of a row")
        lefts.append([cell[0] for cell in cells])
        right = cells[-1][0] + cells[-1][2]
        if left + width - right > 12:
            raise AssertionError(f"the columns end at {right}, the list at {left + width}")
    equal(len({tuple(row) for row in lefts}), 1, "different beginnings of cells")


def sort_by(name):
    place.desk.click("Sort and columns")
    place.desk.click(name)


def test_sort_by_menu():
    """The menu sorts, and the foot says how"""
    desk = place.desk
    sort_by("Citizen")
    desk.wait_text("Sorted by citizen$")
    wait_for(lambda: citizens()[0] == "Çelik Noël" and citizens()[-1] == "Vandenbroucke Éloïse",
             "the citizens in the order of the alphabet")
    sort_by("The other way round")
    desk.wait_text("the other way round$")
    wait_for(lambda: citizens()[-1] == "Çelik Noël", "the citizens the other way round")
    sort_by("The other way round")


def test_sort_by_keyboard():
    """Without the mouse: Tab to the button, then the arrows"""
    desk = place.desk
    go_to_search()
    desk.key("Tab")
    desk.wait_focus({Atspi.Role.PUSH_BUTTON, Atspi.Role.TOGGLE_BUTTON}, "Sort and columns")
    desk.key("space")
    desk.find(MENU_ITEMS, "Reference")
    for _ in range(3):
        desk.key("Down")
    desk.key("Return")
    desk.wait_text("Sorted by reference$")
    wait_for(lambda: references() == sorted(references()), "the references in order")


def test_columns_by_keyboard():
    """A column is chosen without the mouse, and the keyboard goes on from where it was"""
    desk = place.desk
    for wanted in (True, False):
        go_to_search()
        desk.key("Tab")
        desk.key("space")
        desk.find(MENU_ITEMS, "Reference")
        desk.key("Up")
        desk.wait_focus(MENU_ITEMS, "Columns")
        desk.key("Return")
        desk.wait_focus(MENU_ITEMS, "Procedure")
        for _ in range(3):
            desk.key("Down")
        desk.wait_focus(MENU_ITEMS, "Received")
        desk.key("Return")
        wait_for(lambda: shows_receipt() == wanted, f"the date of receipt to be shown: {wanted}")
        desk.wait_focus({Atspi.Role.PUSH_BUTTON, Atspi.Role.TOGGLE_BUTTON}, "Sort and columns")


def cells_from_left():
    """What the cells of the first row say and how wide they are, from left to right."""
    seen = sorted((child.extents(), child.look().name) for child in place.desk.rows()[0].children)
    return [(name, extents[2]) for extents, name in seen if extents[2] > 0]


def arrange(column, how):
    """By the keyboard alone."""
    desk = place.desk
    go_to_search()
    desk.key("Tab")
    desk.key("space")
    desk.find(MENU_ITEMS, "Reference")
    desk.key("Up", "Up")
    for wanted in ("Arrange the columns", column, how):
        for _ in range(12):
            if desk.has_focus(MENU_ITEMS, wanted):
                break
            desk.key("Down")
        desk.wait_focus(MENU_ITEMS, wanted)
        desk.key("Return")
    desk.wait_focus({Atspi.Role.PUSH_BUTTON, Atspi.Role.TOGGLE_BUTTON}, "Sort and columns")


def is_arranged(left, right):
    """Whether the cell that says the one is just left of the cell that says the other."""
    said = [name for name, _ in cells_from_left()]
    at = [index for index, name in enumerate(said[:-1]) if left in name and right in said[index + 1]]
    return bool(at)


def due_width():
    return next(width for name, width in cells_from_left() if name.startswith("in "))


def test_arrange_by_keyboard():
    """Columns change places and widths without the mouse"""
    procedure, citizen = "Household composition", citizens()[0]
    equal(is_arranged(procedure, citizen), True, "the procedure left of the citizen")
    arrange("Citizen", "Move left")
    wait_for(lambda: is_arranged(citizen, procedure), "the citizen left of the procedure")
    arrange("Citizen", "Move right")
    wait_for(lambda: is_arranged(procedure, citizen), "the procedure left of the citizen again")
    arrange("Citizen", "Move left")
    before = due_width()
    for how, more in (("Wider", 24), ("Narrower", 0)):
        arrange("Due", how)
        wait_for(lambda: due_width() == before + more, f"{more} pixels more")


def offered(column):
    """How a column can be arranged, as the menu says."""
    desk = place.desk
    desk.click("Sort and columns")
    desk.click("Arrange the columns")
    desk.click(column)
    desk.find(MENU_ITEMS, "Sort by this column" if column == "Received" else "Show this column")
    names = [node.name for node in desk.all(MENU_ITEMS)]
    desk.key("Escape")
    desk.wait_gone(MENU_ITEMS)
    return [how for how in ("Move left", "Move right", "Wider", "Narrower") if any(how in name for name in names)]


def show(column):
    """Shows it, or takes it away."""
    desk = place.desk
    desk.click("Sort and columns")
    desk.click("Columns")
    desk.click(column)
    desk.wait_gone(MENU_ITEMS)


def test_arrange_what_is_shown():
    """Only what is on display is moved and made wider; a column that comes back is offered again"""
    hows = ["Move left", "Move right", "Wider", "Narrower"]
    equal(offered("Due"), hows, "for a column on display")
    equal(offered("Received"), [], "for one that is away")
    show("Received")
    equal(offered("Received"), hows, "for one that is there again")
    show("Received")
    equal(offered("Received"), [], "for one that is away again")


def test_search():
    """What is typed is looked for at once, without accents and capitals"""
    desk = place.desk
    for text, count in (("eloise", 1), ("MULLER", 1), ("lefev franc", 1), ("d’hondt", 1), ("celik", 1),
                        ("household", 6), ("vanden eloi", 1)):
        search(text)
        wait_for(lambda: len(desk.rows()) == count, f"{count} hits for {text}")
        desk.wait_text(f"^{count} hit")
    search("vande")
    wait_for(lambda: citizens() == ["Vandenbroucke Éloïse"], "the beginning of a name")


def test_search_by_reference():
    """A reference is found by its beginning, and opened by Return, typed in any case"""
    desk = place.desk
    reference = counter.references[1]
    search(reference[:7].lower())
    desk.find_row(reference)
    search(reference.lower().replace("-", ""))
    go_to_search()
    desk.key("Return")
    desk.wait_title(re.escape(reference))
    desk.key("alt+Left")
    desk.wait_title("^All open")


def type_search(text):
    """Types into the search as a scanner does, with Return right behind."""
    go_to_search()
    place.desk.type(text, "Return")


def test_return_before_the_hits():
    """Return right behind a name opens what the name finds, and nothing that was listed before"""
    desk = place.desk
    for name, reference in (("vandenbroucke", counter.references[0]), ("lefevre", counter.references[2]),
                            ("zoe", counter.references[1])):
        type_search(name)
        desk.wait_title(re.escape(reference))
        place.back()


def test_return_behind_a_number():
    """Return behind a national number waits for the server, and opens what that person has"""
    desk = place.desk
    other = counter.client.submit("POP-CM", citizen={"familyName": "Aerts", "niss": "93051822361"}).must(201)
    desk.find_row("Aerts")
    sort_by("Citizen")
    sort_by("The other way round")
    wait_for(lambda: citizens()[-1].startswith("Aerts"), "other people first")
    with counter.server.silent():
        type_search("93051822361")
        desk.wait_text("^Asking the server")
        desk.wait_title("^All open")
    desk.wait_title(re.escape(other.json["reference"]))
    desk.key("alt+Left")
    desk.wait_text("^1 request of this person")
    with counter.server.silent():
        type_search("93051822361")
        desk.wait_text("^Asking the server")
        desk.key("BackSpace")  # another question
        desk.wait_gone(name=re.compile("^Asking the server"))
    type_search("85073003329")
    desk.wait_text("its check digits are wrong")
    desk.key("Return", "Escape")
    wait_for(lambda: len(desk.rows()) == 7, "the list again")
    desk.wait_title("^All open")
    sort_by("The other way round")


def test_nothing_found():
    """What is not there is said, with a way on"""
    desk = place.desk
    place.choose("Mine")
    search("celik")
    wait_for(lambda: desk.has(name=re.compile("Nothing found for “celik”")) or
             desk.has(Atspi.Role.TABLE_ROW, re.compile("Çelik")), "an answer")
    search("eloise")
    desk.wait_text("Nothing found for “eloise”")
    desk.wait_text("Only this view was searched")
    desk.click("Search in all open requests")
    desk.find_row("Vandenbroucke Éloïse")


def test_national_number():
    """Eleven digits are looked up at the server; wrong ones are told apart"""
    desk = place.desk
    search("85.07.30-033.28")
    desk.wait_text("^6 requests of this person, found at the server")
    equal(len(desk.rows()), 6, "requests of the person")
    search("85073003329")
    desk.wait_text("its check digits are wrong")
    search("")
    wait_for(lambda: len(desk.rows()) == 6, "the list again")


def test_found_rows_live():
    """What a national number found shows what is done to it, from the list, from its page and elsewhere"""
    desk = place.desk
    search("85.07.30-033.28")
    desk.wait_text("^6 requests of this person, found at the server")
    reference = counter.references[2]
    desk.find_row(f"nobody’s.*{reference}")
    go_to_search()
    desk.key("Down")
    desk.key("Home")
    for _ in range(references().index(reference)):
        desk.key("Down")
    desk.type("p")
    desk.find_row(f"Marie Dubois.*{reference}")
    desk.key("Return")
    desk.wait_title(re.escape(reference))
    desk.click("Release")
    desk.find(name="In charge: Nobody yet")
    desk.key("alt+Left")
    desk.find_row(f"nobody’s.*{reference}")
    for act, shown in (("claim", "Marie Dubois"), ("release", "nobody’s")):
        counter.client.command(reference, act, counter.client.request(reference)["version"]).must(200)
        desk.find_row(f"{shown}.*{reference}")
    equal(len(desk.rows()), 6, "requests of the person")
    search("")


def test_unreadable():
    """A list that cannot be read says so in words, with a way on"""
    desk = place.desk
    log = next(place.home.rglob("mirrors/*.db-wal"))  # where all of the copy is until it is closed
    content = log.read_bytes()
    os.truncate(log, 0)
    sort_by("Date of receipt")
    desk.wait_text("^The list cannot be shown")
    desk.wait_text("on this computer cannot be read.*sign out and in again")
    if desk.has(Atspi.Role.TABLE_ROW):
        raise AssertionError("rows in another order are still there")
    log.write_bytes(content)
    desk.click("Try again")
    wait_for(lambda: len(desk.rows()) == 6, "the list")
    desk.wait_text("^Sorted by date of receipt")


def test_open_by_enter():
    """Down and Return open the row; Alt+Left comes back to it; Alt+Down goes to the next"""
    desk = place.desk
    order = references()
    go_to_search()
    desk.key("Down")
    desk.key("Home")
    desk.key("Return")
    desk.wait_title(re.escape(order[0]))
    desk.key("alt+Down")
    desk.wait_title(re.escape(order[1]))
    desk.key("alt+Up")
    desk.wait_title(re.escape(order[0]))
    desk.key("alt+Left")
    desk.wait_title("^All open")
    desk.key("Down")
    desk.key("Return")
    desk.wait_title(re.escape(order[1]))
    desk.key("alt+Left")
    desk.wait_title("^All open")


def test_keys_of_the_list():
    """P takes the selected request in charge, L releases it; pressed twice they do it once"""
    desk = place.desk
    reference = references()[0]
    go_to_search()
    desk.key("Down")
    desk.key("Home")
    desk.type("pp")
    wait_for(lambda: "claimed" in counter.kinds(reference), "the request to be taken")
    desk.find_row(f"Marie Dubois.*{reference}")
    desk.type("ll")
    wait_for(lambda: "released" in counter.kinds(reference), "the request to be released")
    desk.find_row(f"nobody’s.*{reference}")
    equal([counter.kinds(reference).count(kind) for kind in ("claimed", "released")], [1, 1], "acts")
    equal(desk.has(name=re.compile("given back")), False, "anything given back")


def views_shown():
    """Whether the views are there, for the eye and for a screen reader."""
    return place.desk.has(name=re.compile("^Mine, "))


def test_views_stay_hidden():
    """What the clerk put away stays away in a window that gets narrow and wide again"""
    desk = place.desk
    for wanted in (False, True, False, True):
        desk.key("F9")
        wait_for(lambda: views_shown() == wanted, f"the views to be shown: {wanted}")
        for _ in range(2):
            desk.resize(760)
            wait_for(lambda: not views_shown(), "the views to make room")
            desk.resize(1280)
            wait_for(lambda: views_shown() == wanted, f"the views to be shown as before: {wanted}")
    desk.resize(760)
    desk.key("F9")
    wait_for(views_shown, "the views over the list")
    place.choose("Mine")
    wait_for(lambda: not views_shown(), "the views to make room once one is chosen")
    desk.resize(1280)
    wait_for(views_shown, "the views beside the list")
    place.choose("All open")


def test_layout_remembered():
    """Columns, order and view are there again after a restart, and so is the session"""
    desk = place.desk
    sort_by("Citizen")
    for column in ("Received", "In charge"):
        desk.click("Sort and columns")
        desk.click("Columns")
        desk.click(column)
    wait_for(shows_receipt, "the date of receipt")
    place.close()
    desk = place.open()
    desk.wait_title("^All open")
    desk.find_row("Vandenbroucke")
    desk.wait_text("Sorted by citizen$")
    equal(shows_receipt(), True, "the columns as they were left")
    equal(is_arranged(citizens()[0], "Household composition"), True, "the columns in their order")
    test_columns_fill()


def test_every_name():
    """No accessible is called after its type"""
    equal(place.desk.unnamed(), [], "names")


def test_end():
    """The window closes with nothing lost"""
    place.close()


def main():
    global counter, place
    with Counter() as counter:
        counter.references = counter.submit(6)
        last = counter.references[5]
        counter.client.command(last, "claim", counter.client.request(last)["version"]).must(200)
        with Place(counter.server) as place:
            place.open()
            place.sign_in()
            run([test_views, test_row_names, test_every_name, test_columns_fill, test_sort_by_menu, test_sort_by_keyboard,
                 test_columns_by_keyboard, test_arrange_by_keyboard, test_arrange_what_is_shown, test_search, test_search_by_reference,
                 test_return_before_the_hits, test_nothing_found,
                 test_national_number, test_found_rows_live, test_unreadable, test_open_by_enter, test_keys_of_the_list, test_views_stay_hidden,
                 test_return_behind_a_number, test_layout_remembered, test_end])


if __name__ == "__main__":
    main()
