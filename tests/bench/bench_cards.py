# SPDX-License-Identifier: GPL-3.0-or-later
"""What a card costs to read and to judge, against OpenSC's tools in the same run.

Run by tests/support/with-readers. Exchanges are counted by the card itself; times are taken
once as fast as the virtual reader goes, and once with a card that takes its time.
"""
import os
import pathlib
import statistics
import subprocess
import tempfile
import time

import card_calls
import eid_cards
from slow_chip import SlowChip
from virtual_card import Daemon, VirtualCard, loopback_up, wait_for

# Files of which nothing says where they end, and all is signed or hashed: to learn it takes an exchange each,
# whether the card answers 6Cxx to a block that is too long, or 6B00 to one behind the last.
ENDLESS = ("identity", "photo")
READER, PORT = "Alpha 00 00", 20001
ROUNDS = 5
SHOWN = ("identity", "address", "photo")


def report(name, value, held_against, wanted=None):
    verdict = "" if wanted is None else f"   (wanted: {wanted})"
    print(f"{name}: {value}, against {held_against}{verdict}", flush=True)


def measure(chip, *words):
    """Exchanges, and the median of the seconds."""
    times = []
    for _round in range(ROUNDS):
        chip.commands.clear()
        begin = time.monotonic()
        subprocess.run(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
        times.append(time.monotonic() - begin)
    return len(chip.commands), statistics.median(times)


def moments():
    """When each line of the probe came, in seconds since its start; and the judging's own µs."""
    begin = time.monotonic()
    found = {}
    with subprocess.Popen([os.environ["EID_PROBE"], READER], stdout=subprocess.PIPE, text=True) as probe:
        for line in probe.stdout:
            word, value = line.split()
            found[word] = int(value) / 1e6 if word == "judged" else time.monotonic() - begin
    return found


def explorer(card, folder, words):
    """OpenSC's tool that reads these files into the folder, one DF after the other."""
    script = folder / f"script-{len(words)}"
    lines = []
    for number, place in enumerate(("DF01", "DF00")):
        found = [word for word in words if eid_cards.PATHS[word].startswith(place)]
        if found:
            lines += ["cd .."] * number + [f"cd {place}"]
        lines += [f"get {eid_cards.PATHS[word][4:]} {folder}/{word}" for word in found]
    script.write_text("".join(f"{line}\n" for line in lines))
    return ["opensc-explorer", "-r", READER, str(script)]


def read_right(card, folder, words):
    """OpenSC must have read what we hold our figures against."""
    for word in words:
        if (folder / word).read_bytes() != card.files[word]:
            raise AssertionError(f"OpenSC read another {word}")


def bench(name, card, folder, config):
    chip = SlowChip(card)
    chip.slow = False
    ours = [os.environ["GUICHET_EID"], "read", "--json", "--reader", READER]
    judging = [ours[0], "verify", "--json", "--no-revocation", "--reader", READER, "--config", str(config),
               "--at", "2026-03-01"]
    theirs = explorer(card, folder, SHOWN)
    their_judging = explorer(card, folder, list(card.files))
    least = len(SHOWN) + sum(-(-len(card.files[word]) // 256) for word in SHOWN)
    with VirtualCard(chip, PORT):
        wait_for(lambda: b"belpic" in subprocess.run([ours[0], "list"], capture_output=True, check=False).stdout,
                 "the card")
        for slow in (False, True):
            chip.slow = slow
            what = f"{name}, {'a card that takes its time' if slow else 'no delay'}"
            our_exchanges, our_time = measure(chip, *ours)
            their_exchanges, their_time = measure(chip, *theirs)
            read_right(card, folder, SHOWN)
            if not slow:
                report(f"{what}: exchanges for identity, address, photo", our_exchanges,
                       f"OpenSC's {their_exchanges} and the least, {least}, or {least + len(ENDLESS)} for who "
                       "does not know the ends beforehand",
                       f"fewer than OpenSC, at most {1.15 * least:.1f}")
            report(f"{what}: seconds for them", f"{our_time:.3f}", f"OpenSC's {their_time:.3f}", "less")
            our_exchanges, our_time = measure(chip, *judging)
            their_exchanges, their_time = measure(chip, *their_judging)
            read_right(card, folder, card.files)
            if not slow:
                report(f"{what}: exchanges to verify, certificates and answer of the chip included", our_exchanges,
                       f"OpenSC's {their_exchanges} for the same files alone", "fewer")
            report(f"{what}: seconds to verify", f"{our_time:.3f}", f"OpenSC's {their_time:.3f} for the files", "less")
            found = moments()
            report(f"{what}: seconds to the name", f"{found['identity']:.3f}",
                   f"{found['photo']:.3f} to the photo and {found['end']:.3f} to the verdict", "before the photo")
            report(f"{what}: milliseconds to judge", f"{found['judged'] * 1000:.1f}", "nothing", "under 50")


def main():
    loopback_up()
    with tempfile.TemporaryDirectory(prefix="guichet-bench-") as folder:
        made = card_calls.Cards(pathlib.Path(folder) / "roots")
        config = pathlib.Path(folder) / "eid.conf"
        config.write_text(made.configuration())
        daemon = Daemon(folder)
        daemon.start(Alpha=PORT)
        for name, card in (("1.7", made.office.new17()), ("1.8", made.office.new18())):
            bench(name, card, pathlib.Path(folder), config)
        daemon.stop()


main()
