# SPDX-License-Identifier: GPL-3.0-or-later
"""Cards as a desk sends them to the server: files, and answers to a challenge."""
import base64
import hashlib
import uuid

import eid_chip_keys

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa

from eid_cards import Office, der_of, sign

CHECK = b"Guichetier: identity check at the counter, 1\n"
SIGN_IN = b"Guichetier: sign-in of staff, 1\n"


class Cards:
    """An office that makes cards, and its roots in a folder, for a configuration to name."""

    def __init__(self, folder, asked_at=None):
        self.office = Office(asked_at)
        self.profiles = self.office.profiles()
        folder.mkdir(parents=True, exist_ok=True)
        self.roots = []
        for number, root in enumerate(self.office.roots()):
            self.roots.append(folder / f"root{number}.der")
            self.roots[-1].write_bytes(der_of(root))
        self.test_root = folder / "test-root.der"
        self.test_root.write_bytes(der_of(self.office.test.root))

    def configuration(self, *lines):
        return "\n".join(["[eid]", "roots=" + ";".join(map(str, self.roots)), *lines, ""])

    def make(self, profile="ec"):
        return self.profiles[profile]()


def text(content):
    return base64.b64encode(content).decode()


def compose(prefix, *parts):
    return prefix + b"".join(len(part).to_bytes(4, "big") + part for part in parts)


def files(card):
    return {"cardData": text(card.card_data(card.generation == "1.8")),
            **{word: text(content) for word, content in card.files.items()}}


def proof(card, use, message):
    """What one of its keys answers: `authentication`, or `basic` for the chip's."""
    key = card.keys[use]
    kind = {"authentication": "authentication", "basic": "chip"}[use]
    if isinstance(key, rsa.RSAPrivateKey):
        return {"kind": kind, "algorithm": "rsaSha256", "signature": text(sign(key, hashes.SHA256(), message))}
    return {"kind": kind, "algorithm": "ecdsaSha384",
            "signature": text(eid_chip_keys.sign_ec(key, hashes.SHA384(), hashlib.sha384(message).digest()))}


def challenge(client, reference):
    """A nonce, and what the card is to sign with it."""
    given = client.call("POST", f"/v1/requests/{reference}/identityChallenges").must(201).json
    nonce = base64.b64decode(given["nonce"])
    session = hashlib.sha256(client.token.encode()).hexdigest().encode()
    return given["nonce"], compose(CHECK, given["town"].encode(), reference.encode(), session, nonce)


def body(client, reference, card, uses=(), **members):
    """The whole body of a check; members replace what would be there."""
    nonce, message = challenge(client, reference) if "nonce" not in members else (members["nonce"], b"")
    return {"expectedVersion": client.request(reference)["version"], "nonce": nonce, "files": files(card),
            "proofs": [proof(card, use, message) for use in uses], **members}


def record(client, reference, content, key=None):
    return client.post(f"/v1/requests/{reference}/identityChecks", content, key or str(uuid.uuid4()))


def last_check(client, reference):
    return [event for event in client.events(reference) if event["kind"] == "identityChecked"][-1]["check"]


def open_account(client, card, key=None, **members):
    """Asks for an account for the person of a card; members replace what would be there."""
    content = {"files": files(card), "contact": {"email": "quelquun@example.org", "language": "fr"}, **members}
    return client.post("/v1/accounts", content, key or str(uuid.uuid4()))


def change_account(client, account, kind, version, key=None, **members):
    return client.post(f"/v1/accounts/{account}/commands", {"kind": kind, "expectedVersion": version, **members},
                       key or str(uuid.uuid4()))


def account(client, name):
    return client.get(f"/v1/accounts/{name}").must(200).json
