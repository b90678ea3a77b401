# SPDX-License-Identifier: GPL-3.0-or-later
"""The disk beneath a program's databases, as tests/support/vfs plays it."""
import os


def disk(**how):
    """The environment of a program on such a disk: forget="all", sync="ignore", delay_sync_us="3000000"."""
    # The library comes before the sanitizer, where there is one.
    options = [os.environ.get("ASAN_OPTIONS"), "verify_asan_link_order=0"]
    return {"LD_PRELOAD": os.environ["FORGETFUL_VFS"],
            "ASAN_OPTIONS": ":".join(filter(None, options)),
            **{f"GUICHET_VFS_{name.upper()}": value for name, value in how.items()}}
