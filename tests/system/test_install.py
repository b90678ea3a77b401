#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What `meson install` lays out, where it is laid out: every program starts there.

    test_install.py BUILD

Run by tests/support/with-readers.
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

from eid_cards import Office
from tap import equal, run
from virtual_card import PATIENCE, Chip, Daemon, VirtualCard, loopback_up, wait_for

PROGRAMS = {"guichetier", "guichetd", "guichetctl", "guichet-eid"}

OTHER_PROJECT = pathlib.Path(__file__).with_name("other-project.c")
PORT = 20001

folder = None
prefix = None
sanitizers = None


def test_laid_out():
    """All programs are there"""
    subprocess.run(["meson", "install", "-C", sys.argv[1], "--no-rebuild", "--quiet", "--destdir", folder], check=True,
                   stdout=subprocess.DEVNULL)
    # Into a folder that is not yet its own place, meson leaves this to whoever moves it there.
    subprocess.run(["glib-compile-schemas", folder + prefix + "/share/glib-2.0/schemas"], check=True)
    equal({path.name for path in pathlib.Path(folder + prefix, "bin").iterdir()}, PROGRAMS, "programs")


def test_start():
    """Each of them starts and says what it can do"""
    # Meson lets tests find the library of the build.
    environment = {name: value for name, value in os.environ.items() if name != "LD_LIBRARY_PATH"}
    for program in sorted(PROGRAMS):
        told = where_installed('"$0/bin/$1" --help', program, env=environment)
        if told.returncode != 0 or program not in told.stdout:
            raise AssertionError(f"{program}: {told.returncode}\n{told.stdout}{told.stderr}")


def test_other_project():
    """A program of another project is made with the installed header and guichet-eid.pc alone, and lists the readers"""
    environment = {name: value for name, value in os.environ.items() if name != "LD_LIBRARY_PATH"}
    libraries = next(pathlib.Path(folder + prefix).rglob("guichet-eid.pc")).parent.parent.relative_to(folder)
    environment["PKG_CONFIG_PATH"] = f"/{libraries}/pkgconfig"
    program = f"{folder}/other-project"
    made = where_installed("$CC -std=c99 -D_DEFAULT_SOURCE -Wall -Wextra -Werror $2 -o \"$1\" \"$3\" "
                           "$(pkg-config --cflags --libs guichet-eid)",
                           program, sanitizers, str(OTHER_PROJECT), env=environment)
    equal((made.returncode, made.stderr), (0, ""), "the compiler")
    loopback_up()
    daemon = Daemon(folder)
    daemon.start(Alpha=PORT)
    environment["LD_LIBRARY_PATH"] = f"/{libraries}"
    with VirtualCard(Chip(Office().new18()), PORT):
        def lists_card():
            told = where_installed('"$1"', program, env=environment)
            if told.returncode != 0:
                raise AssertionError(f"{told.returncode}\n{told.stdout}{told.stderr}")
            return told.stdout == "running\nAlpha 00 00: card\nAlpha 00 01: empty\n"
        wait_for(lists_card, "the card in the list")
    daemon.stop()


def where_installed(script, *words, env):
    """Runs a script, whose $0 is the prefix, in a place where the folder is what is installed."""
    return subprocess.run(["unshare", "--map-root-user", "--mount", "sh", "-c",
                           'mount --bind "$1$2" "$2" && shift 2 && exec sh -c "$@"', "sh",
                           folder, prefix, script, prefix, *words],
                          capture_output=True, text=True, check=False, env=env, timeout=PATIENCE)


if __name__ == "__main__":
    options = subprocess.run(["meson", "introspect", "--buildoptions", sys.argv[1]], check=True, capture_output=True,
                             text=True).stdout
    chosen = {option["name"]: option["value"] for option in json.loads(options)}
    prefix = chosen["prefix"]
    sanitizers = "" if chosen["b_sanitize"] == "none" else f"-fsanitize={chosen['b_sanitize']}"
    with tempfile.TemporaryDirectory(prefix="guichet-install-") as folder:
        run([test_laid_out, test_start, test_other_project])
