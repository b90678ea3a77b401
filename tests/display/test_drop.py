#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Documents that are dropped on a request, out of another program's window."""
import pathlib
import re

from counter import Counter, Place
from desk_driver import BUTTONS, Atspi, wait_for
from dragging import Dragged
from tap import equal, run

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"

counter = None
place = None
reference = None


def write(name, content=PDF):
    path = pathlib.Path.home() / name
    path.write_bytes(content)
    return path


def documents():
    """Where files are dropped, scrolled to if need be."""
    desk = place.desk
    heading = desk.find(Atspi.Role.HEADING, "Documents of the town")
    window = desk.all(Atspi.Role.FRAME)[0]
    height = window.extents()[3]
    places = []

    def in_sight():
        places.append(heading.extents()[1])
        if not 80 < places[-1] < height - 40:
            desk.scroll_down(window)
            return False
        return places[-2:-1] == places[-1:]  # and at rest

    wait_for(in_sight, "the documents to be in sight")
    return heading


def drop(*paths):
    """What became of files that were dropped on the documents of the request."""
    target = documents()
    with Dragged(*paths) as files:
        files.take()
        files.over(place.desk, target)
        if place.in_charge:
            wait_for(lambda: files.are_taken() or files.over(place.desk, target), "the files to be wanted")
        return files.let_go()


def attached():
    return sorted(document["name"] for document in counter.client.request(reference)["documents"])


def test_not_in_charge():
    """Whoever does not have the request in charge cannot drop anything on it"""
    place.request(reference)
    equal(drop(write("refused.pdf")), "refused", "the file")
    equal(attached(), [], "documents")


def test_one():
    """A PDF that is dropped is attached, as it is"""
    desk = place.desk
    desk.key("ctrl+t")
    desk.find(BUTTONS, "Attach a PDF…")
    desk.find(name="In charge: You")
    place.in_charge = True
    equal(drop(write("attestation.pdf")), "dropped", "the file")
    desk.find(name=re.compile("attestation.pdf"))
    wait_for(lambda: attached() == ["attestation.pdf"], "the document at the server")
    document = counter.client.request(reference)["documents"][0]
    equal(document["size"], len(PDF), "its size")


def test_several():
    """Several at once are all attached"""
    drop(write("un.pdf"), write("deux.pdf"))
    wait_for(lambda: attached() == ["attestation.pdf", "deux.pdf", "un.pdf"], "the documents at the server")


def test_not_a_pdf():
    """What is not a PDF is refused in words, and attached to nothing"""
    desk = place.desk
    drop(write("lettre.pdf", b"not a document"))
    desk.wait_text("This file is not a PDF document")
    equal(attached(), ["attestation.pdf", "deux.pdf", "un.pdf"], "documents")


def test_end():
    """The window closes with nothing lost"""
    place.close()


def main():
    global counter, place, reference
    with Counter() as counter:
        reference, = counter.submit(1)
        with Place(counter.server) as place:
            place.in_charge = False
            place.open()
            place.sign_in()
            run([test_not_in_charge, test_one, test_several, test_not_a_pdf, test_end])


if __name__ == "__main__":
    main()
