# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests as functions, answered in the Test Anything Protocol that meson reads."""
import sys
import traceback


class Skipped(Exception):
    """Raised by a test that cannot be run here, saying why; it is counted as such."""


def run(tests):
    """Runs functions one after the other; their first line of documentation is their name."""
    print(f"1..{len(tests)}", flush=True)
    failed = 0
    for number, test in enumerate(tests, 1):
        name = (test.__doc__ or test.__name__).strip().splitlines()[0].rstrip(".")
        try:
            test()
            print(f"ok {number} {name}", flush=True)
        except Skipped as why:
            print(f"ok {number} {name} # SKIP {why}", flush=True)
        except Exception:  # every failure is a point, and the next test still runs
            failed += 1
            for line in traceback.format_exc().splitlines():
                print(f"# {line}")
            # Meson shows what came on the other stream of a test that failed.
            print(f"{name}:", traceback.format_exc(), sep="\n", file=sys.stderr, flush=True)
            print(f"not ok {number} {name}", flush=True)
    sys.exit(1 if failed else 0)


def equal(found, wanted, what=""):
    if found != wanted:
        raise AssertionError(f"{what}: {found!r} instead of {wanted!r}" if what
                             else f"{found!r} instead of {wanted!r}")
