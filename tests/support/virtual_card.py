# SPDX-License-Identifier: GPL-3.0-or-later
"""A Belgian card in a virtual reader of the real pcscd, and the pcscd around it.

Run inside tests/support/with-readers. Everything above the wire of vsmartcard's reader is the
real thing; this side plays the chip, and whatever goes wrong with it.
"""
import array
import fcntl
import os
import pathlib
import signal
import socket
import struct
import subprocess
import threading
import time

import eid_cards
import eid_chip_keys
import eid_pkcs15

PATIENCE = float(os.environ.get("GUICHET_TEST_PATIENCE", "60"))
DRIVER = "/usr/lib/pcsc/drivers/serial/libifdvpcd.so"
SOCKET = pathlib.Path("/run/pcscd/pcscd.comm")
APPLET = bytes.fromhex("A00000003029057000AD13100101FF")

OK, NOT_FOUND, BEYOND, NO_FILE = 0x9000, 0x6A82, 0x6B00, 0x6986
WRONG_PARAMETERS, UNKNOWN, WRONG_LENGTH, NO_RECORD = 0x6A86, 0x6D00, 0x6700, 0x6A83


class Pulled(Exception):
    """The card is out."""


class Chip:
    """What the applet answers to commands. `fault(number, command)` may answer in its place,
    with bytes; or raise Pulled; or return None. Numbers begin at 1 and count all commands."""

    def __init__(self, card, fault=None, takes_path=True, block_max=256, fetched=True):
        self.card = card
        self.keys = eid_chip_keys.ChipKeys(card)
        self.content = {**eid_pkcs15.files(card.chip, card.generation != "1.8"), **card.by_path()}
        self.fault = fault
        self.takes_path = takes_path
        self.block_max = block_max
        self.fetched = fetched  # as T=0 has it: a command that brought data gives none back
        self.commands = []
        self.waiting = b""
        self.reset()

    def reset(self):
        self.folder = b""
        self.selected = None
        self.waiting = b""
        self.keys.reset()

    def answer(self, command):
        self.commands.append(command)
        if self.fault is not None:
            instead = self.fault(len(self.commands), command)
            if instead is not None:
                return instead
        data, status = self.run(command)
        return data + struct.pack(">H", status)

    def run(self, command):
        ins, p1, p2 = command[1], command[2], command[3]
        answer = self.keys.run(command)
        if answer is not None:
            return self.hold_back(*answer)
        if ins == 0xA4:
            return b"", self.select(p1, command[5:5 + command[4]] if len(command) > 5 else b"")
        if ins == 0xB0:
            return self.read(p1 << 8 | p2, command[4])
        if ins == 0xE4 and command[0] == 0x80:
            return self.card_data(p2, command[4])
        if ins == 0xB2 and command[0] == 0x80 and self.card.generation == "1.8":
            return self.hold_back(*self.read_record(p1, p2))
        if ins == 0xC0:
            return self.get_response(command[4])
        return b"", UNKNOWN

    def hold_back(self, data, status):
        if not self.fetched or not data:
            return data, status
        self.waiting = data
        return b"", 0x6100 | min(len(data), 256) & 0xFF

    def get_response(self, wanted):
        wanted = wanted or 256
        if not self.waiting:
            return b"", WRONG_PARAMETERS
        if wanted > len(self.waiting):
            return b"", 0x6C00 | len(self.waiting) & 0xFF
        data, self.waiting = self.waiting[:wanted], self.waiting[wanted:]
        return data, 0x6100 | min(len(self.waiting), 256) & 0xFF if self.waiting else OK

    def read_record(self, first, last):
        """Fields by their tags, out of identity or address."""
        if self.selected is None:
            return b"", NO_FILE
        content, at, found = self.content[self.selected], 0, b""
        while at + 1 < len(content) and (content[at] or not at):
            end = at + 1
            while content[end] == 255:
                end += 1
            end += 1 + content[end] + 255 * (end - at - 1)
            if first <= content[at] <= last:
                found += content[at:end]
            at = end
        return (found, OK) if found else (b"", NO_RECORD)

    def is_folder(self, path):
        return any(known[:len(path)] == path and known != path for known in self.content)

    def select(self, how, name):
        if how == 0x04:
            known = APPLET[:len(name)] == name or eid_pkcs15.AID[:len(name)] == name
            self.folder, self.selected = b"", None
            return OK if known else NOT_FOUND
        if how == 0x08 and self.takes_path:
            return self.go(name.removeprefix(b"\x3f\x00"))
        if how in (0x00, 0x02):
            if name == b"\x3f\x00":
                return self.go(b"")
            # Names one below the folder, or one of the root.
            below = self.go(self.folder + name)
            return below if below == OK else self.go(name)
        return WRONG_PARAMETERS

    def go(self, path):
        if path in self.content:
            self.selected, self.folder = path, path[:-2]
        elif path == b"" or self.is_folder(path):
            self.selected, self.folder = None, path
        else:
            return NOT_FOUND
        return OK

    def read(self, offset, wanted):
        if self.selected is None:
            return b"", NO_FILE
        content = self.content[self.selected]
        wanted = wanted or 256
        if wanted > self.block_max:
            return b"", WRONG_LENGTH
        left = len(content) - offset
        if left <= 0:
            return b"", BEYOND
        if left < wanted:
            return b"", 0x6C00 | left
        return content[offset:offset + wanted], OK

    def card_data(self, p2, wanted):
        data = self.card.card_data(with_tries=p2 == 1)
        if p2 > 1 or (p2 == 1 and self.card.generation != "1.8"):
            return b"", WRONG_PARAMETERS
        if wanted != len(data):
            return b"", 0x6C00 | len(data)
        return data, OK


class PinPad:
    """The keys of a reader (ifd-pin-pad.c) and the person at them, who types `digits`; or ends it
    with a status word; or does whatever a function does that gives one of these."""

    MESSAGE = bytes.fromhex("FF9A0406")
    TIMED_OUT, CANCELLED, FAILED = 0x6400, 0x6401, 0x6B80

    def __init__(self, typed):
        self.typed = typed
        self.requests = []

    def enter(self, request, chip):
        """What the reader answers; and what it does, the request decides, as in PC/SC part 10."""
        self.requests.append(request)
        (_first, _between, form, block, length_form, extra, _condition, _messages, _language,
         _message, _prologue, size) = struct.unpack("<BBBBBHBBHB3sI", request[:19])
        command = bytearray(request[19:])
        if size != len(command) or (form, block, length_form) != (0x89, 0x47, 0x04):
            return struct.pack(">H", 0x6B80)
        typed = self.typed() if callable(self.typed) else self.typed
        if isinstance(typed, int):
            return struct.pack(">H", typed)
        if not extra >> 8 <= len(typed) <= extra & 0xFF:
            return struct.pack(">H", 0x6403)
        # The length into the second nibble of the block, the digits from its second byte on.
        command[5] = command[5] & 0xF0 | len(typed)
        digits = bytes.fromhex(typed.ljust(2 * (block & 0xF), "F"))
        command[6:6 + len(digits)] = digits
        return chip.answer(bytes(command))


class VirtualCard:
    """Puts a chip into the virtual reader behind a port, as a thread, until it is pulled; with a
    PinPad where the reader has one."""

    def __init__(self, chip, port, atr=None, pad=None):
        self.chip = chip
        self.pad = pad
        self.atr = atr or eid_cards.ATR[chip.card.generation]
        self.socket = connect(port)
        self.thread = threading.Thread(target=self.play, daemon=True)
        self.thread.start()

    def play(self):
        try:
            while True:
                message = self.receive()
                if len(message) == 1:
                    if message == b"\x04":
                        self.send(self.atr)
                    else:
                        self.chip.reset()
                elif message.startswith(PinPad.MESSAGE):
                    self.send(self.pad.enter(message[5:], self.chip))
                else:
                    self.send(self.chip.answer(message))
        except (Pulled, OSError, EOFError):
            self.socket.close()

    def receive(self):
        return self.receive_exactly(struct.unpack(">H", self.receive_exactly(2))[0])

    def receive_exactly(self, size):
        data = b""
        while len(data) < size:
            # Without this the kernel holds its acknowledgement back, 44 ms an exchange.
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
            more = self.socket.recv(size - len(data))
            if not more:
                raise EOFError
            data += more
        return data

    def send(self, data):
        self.socket.sendall(struct.pack(">H", len(data)) + data)

    def pull(self):
        try:
            self.socket.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self.thread.join(PATIENCE)
        self.socket.close()

    def __enter__(self):
        return self

    def __exit__(self, *_unused):
        self.pull()


def connect(port):
    """The reader listens soon after pcscd has started."""
    return wait_for(lambda: try_connect(port), f"a reader on port {port}")


def try_connect(port):
    try:
        return socket.create_connection(("127.0.0.1", port), PATIENCE)
    except ConnectionRefusedError:
        return None


def wait_for(condition, what):
    """What the condition gives, once it gives something."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        found = condition()
        if found:
            return found
        time.sleep(0.01)
    raise AssertionError(f"waited in vain for {what}")


def loopback_up():
    """A new network begins with its loopback down (netdevice(7))."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        request = array.array("B", struct.pack("16sh14x", b"lo", 0x1 | 0x40))  # IFF_UP, IFF_RUNNING
        fcntl.ioctl(control, 0x8914, request)  # SIOCSIFFLAGS


class Daemon:
    """A pcscd with virtual readers. Each entry has two slots, at its port and at the next."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        # Of its own: pcscd takes whatever lies there for a configuration.
        self.readers = self.folder / "readers"
        self.readers.mkdir()
        self.process = None

    def start(self, driver=DRIVER, **readers):
        """Name → port."""
        for old in self.readers.iterdir():
            old.unlink()
        for name, port in readers.items():
            (self.readers / f"{name}.conf").write_text(
                f'FRIENDLYNAME "{name}"\nDEVICENAME /dev/null:{port}\nLIBPATH {driver}\n'
                f"CHANNELID {port}\n", encoding="utf-8")
        with open(self.folder / "pcscd.log", "ab") as log:
            self.process = subprocess.Popen(["/usr/sbin/pcscd", "--foreground", "--error", "-c",
                                             str(self.readers)], stdout=log, stderr=log)
        wait_for(self.answers, "pcscd")

    def answers(self):
        with socket.socket(socket.AF_UNIX) as probe:
            try:
                probe.connect(str(SOCKET))
            except OSError:
                return False
            return True

    def stop(self, number=signal.SIGTERM):
        self.process.send_signal(number)
        self.process.wait(PATIENCE)
        self.process = None
