#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What tools/demo shows where there is no display: a clerk's main job, at a server with sample data."""
import os
import pathlib
import subprocess
import sys
import tempfile

from guichet_server import PASSWORD, Server
from tap import equal, run

TOUR = pathlib.Path(__file__).resolve().parents[2] / "tools/tour"
LOGIN = "marie.dubois"
STEPS = 12


def tour(server, mail, pictures):
    programs = os.path.dirname(os.environ["GUICHETIER"])
    return subprocess.run([TOUR, "--address", server.address, "--login", LOGIN, "--mail", mail, "--pictures", pictures],
                          input=PASSWORD + "\n", stdout=subprocess.PIPE, text=True, check=False,
                          env={**os.environ, "PATH": f"{programs}:{os.environ['PATH']}", "LANGUAGE": "en"})


def test_tour():
    """It ends well, with a picture of each step"""
    with Server() as server, tempfile.TemporaryDirectory() as pictures:
        server.add_staff([LOGIN])
        server.control("sample", "--requests", "200", "--seed", "2026")
        server.start()
        done = tour(server, server.mail, pictures)
        print(*(f"# {line}" for line in done.stdout.splitlines()), sep="\n", file=sys.stderr)
        equal(done.returncode, 0, "status")
        shown = sorted(path.name for path in pathlib.Path(pictures).iterdir())
        equal(len(shown), STEPS, ", ".join(shown))


if __name__ == "__main__":
    run([test_tour])
