#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A clerk of several departments, whose rights change while they are at work and while they are away."""
import re

from counter import Counter, Place
from desk_driver import BUTTONS, Atspi, wait_for
from tap import equal, run

LOGIN = "luc.lefebvre"
BOTH = ("population:clerk", "civilStatus:clerk")

counter = None
place = None
civil = None


def change_posts(*posts):
    """An administrator gives the clerk other posts."""
    counter.server.control("staff", "change", LOGIN, *(word for post in posts for word in ("--post", post)))


def view(spoken):
    return place.desk.find(name=re.compile(f"^{spoken}, [0-9]+ requests?$"))


def choose(spoken):
    place.desk.point_at(view(spoken))
    place.desk.wait_title("^" + spoken.replace(", ", ": ") + " – ")


def wait_views(*departments):
    """Until there are views of these departments apart, beside those of all."""
    def shown():
        return {node.name.split(", ")[0] for node in place.desk.all(name=re.compile("^[^,]*, [^,]*, [0-9]+ request"))}

    view("All open")
    wait_for(lambda: shown() == set(departments), f"views of {departments or 'no department apart'}")


def wait_rows(count):
    wait_for(lambda: len(place.desk.rows()) == count, f"{count} rows")


def test_each_department():
    """Each department has its views, with its requests only"""
    desk = place.desk
    wait_views("Population", "Civil status")
    for name, count in (("Population", 2), ("Civil status", 1)):
        desk.find(name=f"{name}, To take, {count} request{'s' if count > 1 else ''}")
        choose(f"{name}, To take")
        wait_rows(count)
    desk.find_row(civil)
    choose("All open")
    wait_rows(3)


def test_department_lost():
    """Without a department, its views and its requests are gone; what was chosen stays without it"""
    desk = place.desk
    choose("Civil status, All open")
    change_posts("population:clerk")
    wait_views()
    desk.wait_title("^All open – ")
    wait_rows(2)
    equal(any(civil in row.name for row in desk.rows()), False, "a request of civil status in the list")


def test_department_gained():
    """With another department its views are there, and what was chosen stays"""
    desk = place.desk
    choose("To take")
    change_posts(*BOTH)
    wait_views("Population", "Civil status")
    desk.wait_title("^To take – ")
    desk.find(name="Civil status, To take, 1 request")
    wait_rows(3)


def selected():
    """The references of the rows that are selected."""
    return [row.name.rsplit(", ", 1)[-1] for row in place.desk.rows() if row.has_states(Atspi.StateType.SELECTED)]


def into_list():
    """The keyboard goes from wherever it is to the chosen row."""
    place.desk.key("ctrl+f")
    place.desk.wait_focus(Atspi.Role.ENTRY, "Search in the requests")
    place.desk.key("Down")


def choose_last_found():
    """Looks a national number up and chooses the last of its three requests."""
    desk = place.desk
    desk.fill("Search in the requests", "85073003328")
    desk.wait_text("^3 requests of this person")
    wait_rows(3)
    last = desk.rows()[-1].name.rsplit(", ", 1)[-1]
    into_list()
    desk.key("Down", "Down")
    wait_for(lambda: selected() == [last], "the last one to be chosen")
    return last


def test_found_in_any_view():
    """Another view behind what a national number found leaves the chosen request chosen, also when it changes"""
    desk = place.desk
    last = choose_last_found()
    choose("All open")
    into_list()
    desk.key("p")
    desk.find_row(f"Luc Lefebvre.*{last}")
    equal(selected(), [last], "what is chosen after it was taken")
    desk.key("l")
    desk.wait_row_gone(f"Luc Lefebvre.*{last}")
    equal(selected(), [last], "what is chosen after it was given back")
    choose("To take")
    desk.fill("Search in the requests", "")


def test_found_again():
    """What a national number found is asked for anew by whoever may see less; what was chosen of it stays"""
    desk = place.desk
    last = choose_last_found()
    change_posts("population:clerk")
    desk.wait_text("^2 requests of this person")
    wait_for(lambda: selected() == [last], "the last one to be chosen still")
    desk.key("Return")
    desk.wait_title(last)
    desk.find(name="Copy: Name")
    change_posts(*BOTH)
    desk.key("alt+Left")
    desk.wait_text("^3 requests of this person")
    wait_for(lambda: selected() == [last], "the last one to be chosen when the list is in front again")
    desk.fill("Search in the requests", "")


def test_other_role():
    """Another role in the same departments: what it may do is offered, on the page that is open and in the list"""
    desk = place.request(civil)
    equal(desk.has(BUTTONS, "Give to…"), False, "a clerk gives away")
    change_posts("population:supervisor", "civilStatus:supervisor")
    desk.find(BUTTONS, "Give to…")
    place.back()
    wait_views("Population", "Civil status")
    desk.find_row(civil)
    # The list may still have been on its way when the page was left: then the keyboard is in the views.
    desk.key("ctrl+f")
    desk.wait_focus(Atspi.Role.ENTRY, "Search in the requests")
    desk.key("Down", "a")
    desk.wait_focus(Atspi.Role.ENTRY, "Search for a colleague")
    desk.key("Escape")
    desk.wait_gone(name="Search for a colleague")
    change_posts(*BOTH)
    wait_rows(3)


def test_changed_while_away():
    """Rights that changed while the window was closed are what it shows next"""
    wait_views("Population", "Civil status")
    choose("Civil status, To take")
    place.close()
    change_posts("civilStatus:clerk")
    desk = place.open()
    wait_views()
    desk.wait_title("^To take – ")
    wait_rows(1)
    desk.find_row(civil)


def test_end():
    """The window closes with nothing lost"""
    place.close()


def main():
    global counter, place, civil
    with Counter(LOGIN, "sofia.peeters") as counter:
        counter.submit(2)
        civil = counter.submit(procedure="EC-NAI", client=counter.colleague)[0]
        with Place(counter.server, LOGIN) as place:
            place.open()
            place.sign_in()
            run([test_each_department, test_department_lost, test_department_gained, test_found_in_any_view,
                 test_found_again, test_other_role, test_changed_while_away, test_end])


if __name__ == "__main__":
    main()
