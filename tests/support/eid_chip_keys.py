# SPDX-License-Identifier: GPL-3.0-or-later
"""The keys of a Belgian chip and the PIN before them, as the applet's manuals of 1.7 and 1.8 have it.

The authentication key opens with one PIN for the whole session; the signature key wants its own,
just before; a wrong PIN closes both. What the chip remembers for good (tries, uses) stays with
the card, what it remembers until it is reset stays here.
"""
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa, utils

OK, WRONG_LENGTH, NOT_VERIFIED, BLOCKED, NO_ENVIRONMENT = 0x9000, 0x6700, 0x6982, 0x6983, 0x6985
WRONG_DATA, WRONG_PARAMETERS, NO_KEY = 0x6A80, 0x6A86, 0x6A88
TRIES = 3
USES = 5000

AUTHENTICATION, SIGNATURE = 0x82, 0x83
USE_OF = {AUTHENTICATION: "authentication", SIGNATURE: "signature"}

# Reference → bytes of hash, and the head of the DigestInfo that the chip puts before it (RFC 8017).
RSA_ALGORITHMS = {
    0x01: (None, b""),
    0x02: (20, bytes.fromhex("3021300906052B0E03021A05000414")),
    0x04: (16, bytes.fromhex("3020300C06082A864886F70D020505000410")),
    0x08: (32, bytes.fromhex("3031300D060960864801650304020105000420")),
}
EC_ALGORITHMS = {0x01: hashes.SHA256(), 0x02: hashes.SHA384(), 0x04: hashes.SHA512()}


def pin_block(digits):
    """ISO 9564 format 2, as this card has it."""
    return bytes.fromhex(f"2{len(digits):X}" + digits.ljust(14, "F"))


def pin_forms(digits):
    """What a PIN looks like wherever it may be: as text, in the wide forms of toolkits, as the card wants it."""
    return {"text": digits.encode(), "UTF-16": digits.encode("utf-16-le"), "UTF-32": digits.encode("utf-32-le"),
            "block": pin_block(digits), "digits": bytes(int(digit) for digit in digits)}


def sign_rsa(key, head, content):
    """PKCS#1 v1.5 over whatever the command brought."""
    size = key.key_size // 8
    info = head + content
    padded = b"\x00\x01" + b"\xff" * (size - 3 - len(info)) + b"\x00" + info
    numbers = key.private_numbers()
    return pow(int.from_bytes(padded, "big"), numbers.d,
               numbers.public_numbers.n).to_bytes(size, "big")


def sign_ec(key, algorithm, content):
    """r and s, one behind the other."""
    r, s = utils.decode_dss_signature(key.sign(content, ec.ECDSA(utils.Prehashed(algorithm))))
    return r.to_bytes(48, "big") + s.to_bytes(48, "big")


class ChipKeys:
    """Of one chip. `run` answers the commands that are about keys, and None to all others."""

    def __init__(self, card):
        self.card = card
        self.reset()

    def reset(self):
        self.environment = None
        self.close()

    def close(self):
        self.session_open = False  # for the authentication key
        self.signature_gap = None  # commands since the PIN that opened the signature key

    def run(self, command):
        answer = {
            (0x00, 0x20): self.verify, (0x00, 0x22): self.set_environment, (0x00, 0x2A): self.sign,
            (0x00, 0x88): self.authenticate, (0x80, 0xE6): self.log_off,
        }.get((command[0], command[1]))
        if self.signature_gap is not None and command[1] != 0xC0:
            self.signature_gap += 1
        return answer(command) if answer else None

    def verify(self, command):
        block = command[5:]
        if command[2:4] != b"\x00\x01":
            return b"", WRONG_PARAMETERS
        if self.card.tries == 0:
            return b"", BLOCKED
        if not block and self.card.generation != "1.1":
            return b"", OK if self.session_open else 0x63C0 | self.card.tries
        if block == pin_block(self.card.pin):
            self.card.tries, self.card.uses = TRIES, USES
            self.session_open = True
            self.signature_gap = 0 if self.environment and self.environment[1] == SIGNATURE else None
            return b"", OK
        self.card.tries -= 1
        self.close()
        return b"", 0x63C0 | self.card.tries if self.card.tries else BLOCKED

    def set_environment(self, command):
        if command[2:4] != b"\x41\xb6" or len(command) != 10 or command[5:7] != b"\x04\x80":
            return b"", WRONG_PARAMETERS
        algorithm, key = command[7], command[9]
        self.environment = None
        if algorithm not in (EC_ALGORITHMS if self.card.generation == "1.8" else RSA_ALGORITHMS):
            return b"", WRONG_DATA
        if key not in USE_OF:
            return b"", NO_KEY
        self.environment = (algorithm, key)
        return b"", OK

    def is_open(self, key):
        if key == AUTHENTICATION:
            return self.session_open
        between = 1 if self.card.generation == "1.8" else 0
        # This command itself has been counted.
        return self.signature_gap is not None and self.signature_gap - 1 <= between

    def sign(self, command):
        if command[2:4] != b"\x9e\x9a":
            return b"", WRONG_PARAMETERS
        if self.environment is None:
            return b"", NO_ENVIRONMENT
        algorithm, reference = self.environment
        if not self.is_open(reference):
            return b"", NOT_VERIFIED
        key = self.card.keys.get(USE_OF[reference])
        if key is None:
            return b"", NO_KEY
        if reference == SIGNATURE:
            self.close()
        return self.sign_with(key, algorithm, command[5:5 + command[4]])

    def sign_with(self, key, algorithm, content):
        if isinstance(key, rsa.RSAPrivateKey):
            size, head = RSA_ALGORITHMS[algorithm]
            if size not in (None, len(content)):
                return b"", WRONG_LENGTH
            return sign_rsa(key, head, content), OK
        if len(content) != EC_ALGORITHMS[algorithm].digest_size:
            return b"", WRONG_LENGTH
        return sign_ec(key, EC_ALGORITHMS[algorithm], content), OK

    def authenticate(self, command):
        """The basic key signs without a PIN; it is not in the manual of 1.7."""
        self.environment = None
        key = self.card.keys.get("basic")
        if self.card.generation != "1.8":
            return b"", 0x6D00
        if command[2:4] != b"\x02\x81" or command[5:7] != b"\x94\x30" or len(command) < 55:
            return b"", WRONG_DATA
        if key is None:
            return b"", NO_KEY
        if self.card.uses == 0:
            return b"", NO_ENVIRONMENT
        self.card.uses -= 1
        return sign_ec(key, hashes.SHA384(), command[7:55]), OK

    def log_off(self, _command):
        self.close()
        return b"", OK
