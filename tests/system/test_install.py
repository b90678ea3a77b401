#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What `meson install` lays out, where it is laid out: every program starts there.

    test_install.py BUILD
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

from tap import equal, run

PROGRAMS = {"guichetier", "guichetd", "guichetctl", "guichet-eid"}

folder = None
prefix = None


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
        # In a place where the folder is what is installed.
        told = subprocess.run(["unshare", "--map-root-user", "--mount", "sh", "-c",
                               'mount --bind "$1$2" "$2" && exec "$2/bin/$3" --help', "sh", folder, prefix, program],
                              capture_output=True, text=True, check=False, env=environment)
        if told.returncode != 0 or program not in told.stdout:
            raise AssertionError(f"{program}: {told.returncode}\n{told.stdout}{told.stderr}")


if __name__ == "__main__":
    options = subprocess.run(["meson", "introspect", "--buildoptions", sys.argv[1]], check=True, capture_output=True,
                             text=True).stdout
    prefix = next(option["value"] for option in json.loads(options) if option["name"] == "prefix")
    with tempfile.TemporaryDirectory(prefix="guichet-install-") as folder:
        run([test_laid_out, test_start])
