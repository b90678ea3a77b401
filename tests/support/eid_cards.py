# SPDX-License-Identifier: GPL-3.0-or-later
"""Belgian identity cards for tests: the files of a card, and the PKI that signs them.

Everything is made when the tests run: keys, certificates, identities. What real cards look
like is followed byte by byte (paddings, which signature over which bytes, which digest in
which generation); who is on them is invented.

    eid_cards.py DIR        writes every profile into DIR/PROFILE/, and the roots beside them
"""
import datetime
import hashlib
import json
import pathlib
import sys

import eid_chip_keys

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509.oid import AuthorityInformationAccessOID, NameOID

ATR = {
    "1.1": bytes.fromhex("3B9813400AA503010101AD1311"),
    "1.7": bytes.fromhex("3B9813400AA503010101AD1311"),
    "1.8": bytes.fromhex("3B7F96000080318065B0850401 20120FFF829000".replace(" ", "")),
}
CHIP = bytes.fromhex("534C494E3366002926FF212E57150D24")
PIN = "739182"
PHOTO = (pathlib.Path(__file__).parent / "eid-photo.jpg").read_bytes()

# Files by their path below 3F00, under the words of the library.
PATHS = {
    "identity": "DF014031", "identitySignature": "DF014032",
    "address": "DF014033", "addressSignature": "DF014034",
    "photo": "DF014035", "basicKey": "DF014040",
    "authenticationCertificate": "DF005038", "signatureCertificate": "DF005039",
    "caCertificate": "DF00503A", "rootCertificate": "DF00503B",
    "registerCertificate": "DF00503C", "registerCaCertificate": "DF00503D",
}

IDENTITY = {
    0x00: b"\x00\x03", 0x01: "591234567890", 0x02: CHIP, 0x03: "12.05.2021", 0x04: "12.05.2031",
    0x05: "Mons", 0x06: "85073003328", 0x07: "Vandenbroucke", 0x08: "Éléonore Marie", 0x09: "J",
    0x0A: "Belge", 0x0B: "Mons", 0x0C: "30 JUIL 1985", 0x0D: "F", 0x0E: "", 0x0F: "1", 0x10: "0",
}
ADDRESS = {0x00: b"\x00\x01", 0x01: "Rue de Nimy 12", 0x02: "7000", 0x03: "Mons"}
FROM = datetime.datetime(2020, 6, 3)
UNTIL = datetime.datetime(2032, 6, 3)


def tlv(fields):
    """Fields by tag; a text is UTF-8."""
    out = bytearray()
    for tag, value in fields.items():
        value = value.encode() if isinstance(value, str) else value
        rest = len(value)
        out.append(tag)
        while rest >= 255:
            out.append(255)
            rest -= 255
        out.append(rest)
        out += value
    return bytes(out)


def der_of(certificate):
    return certificate.public_bytes(serialization.Encoding.DER)


def der_in(content):
    """The certificate in its file, which has zeros behind it; one in 256 also ends with one of its own."""
    return content[:4 + int.from_bytes(content[2:4], "big")]


def spki_of(key):
    return key.public_key().public_bytes(serialization.Encoding.DER,
                                         serialization.PublicFormat.SubjectPublicKeyInfo)


class Keys:
    """Makes keys once for each use: cards of one run may share them."""

    def __init__(self):
        self.made = {}

    def get(self, kind, use):
        if (kind, use) not in self.made:
            self.made[kind, use] = (ec.generate_private_key(ec.SECP384R1()) if kind == "ec"
                                    else rsa.generate_private_key(65537, 2048))
        return self.made[kind, use]


class Tree:
    """A root and what hangs from it, in one generation's algorithms. With `asked_at`, certificates
    name addresses below it where their revocation is asked for."""

    def __init__(self, keys, kind, digest, name, start=FROM, end=UNTIL, asked_at=None):
        self.keys, self.kind, self.digest, self.name = keys, kind, digest, name
        self.asked_at = asked_at
        self.start, self.end = start, end
        self.serial = 0x1000
        self.root_key = keys.get(kind, f"root {name}")
        self.root = self.issue(f"Belgium Root {name}", self.root_key, None, None, ca=True)
        self.ca_key = keys.get(kind, f"ca {name}")
        self.ca = self.issue("Citizen CA", self.ca_key, self.root, self.root_key, ca=True,
                             extra=[(NameOID.SERIAL_NUMBER, "202101")])
        self.register_key = keys.get(kind, f"register {name}")
        self.register = self.issue("RRN", self.register_key, self.root, self.root_key)

    def addresses(self, issuer, ca):
        """Of who answers for a certificate: authorities have a list alone."""
        if self.asked_at is None or issuer is None:
            return
        list_name = issuer.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value.replace(" ", "-")
        address = x509.UniformResourceIdentifier(f"{self.asked_at}/{list_name}.crl")
        yield x509.CRLDistributionPoints([x509.DistributionPoint([address], None, None, None)])
        if not ca:
            # Where the issuer's own certificate is comes first, as on the state's.
            yield x509.AuthorityInformationAccess(
                [x509.AccessDescription(way, x509.UniformResourceIdentifier(f"{self.asked_at}/{name}"))
                 for way, name in ((AuthorityInformationAccessOID.CA_ISSUERS, "issuer.crt"),
                                   (AuthorityInformationAccessOID.OCSP, "ocsp"))])

    def issue(self, common, key, issuer, issuer_key, ca=False, extra=(), start=None, end=None,
              extensions=()):
        self.serial += 1
        attributes = [x509.NameAttribute(NameOID.COUNTRY_NAME, "BE"),
                      x509.NameAttribute(NameOID.COMMON_NAME, common)]
        attributes += [x509.NameAttribute(oid, value) for oid, value in extra]
        subject = x509.Name(attributes)
        builder = (x509.CertificateBuilder()
                   .subject_name(subject)
                   .issuer_name(subject if issuer is None else issuer.subject)
                   .public_key(key.public_key())
                   .serial_number(self.serial)
                   .not_valid_before(start or self.start)
                   .not_valid_after(end or self.end)
                   .add_extension(x509.BasicConstraints(ca, None), critical=True)
                   .add_extension(x509.KeyUsage(not ca, not ca, False, False, False, ca, ca,
                                                False, False), critical=True))
        for extension in (*self.addresses(issuer, ca), *extensions):
            builder = builder.add_extension(extension, critical=False)
        return builder.sign(issuer_key or key, self.digest)

    def holder(self, number, use, **how):
        """The authentication or signature certificate of a person."""
        return self.issue(f"Éléonore Vandenbroucke ({use})", self.keys.get(self.kind, use),
                          self.ca, self.ca_key,
                          extra=[(NameOID.SURNAME, "Vandenbroucke"),
                                 (NameOID.SERIAL_NUMBER, number)], **how)



def sign(key, digest, data):
    if isinstance(key, rsa.RSAPrivateKey):
        return key.sign(data, padding.PKCS1v15(), digest)
    return key.sign(data, ec.ECDSA(digest))


class Card:
    """What lies on a card, by the library's words, its keys by their use, and its PIN with what is
    left of it; all may be changed before it is played."""

    def __init__(self, generation, files, keys, chip=CHIP, life_cycle=0x0F):
        self.generation = generation
        self.files = files
        self.keys = keys
        self.chip = chip
        self.life_cycle = life_cycle
        self.pin = PIN
        self.tries = eid_chip_keys.TRIES
        self.uses = eid_chip_keys.USES

    def card_data(self, with_tries=False):
        version = int(self.generation.replace(".", ""), 16)
        data = self.chip + bytes([0xA5, 0x03, 0x01, 0x01, 0x01, version, 0x00, 0x01, 0x00, 0x21,
                                  0x00, self.life_cycle])
        return data + (bytes([self.tries, 0, 0]) if with_tries else b"")

    def by_path(self):
        return {bytes.fromhex(PATHS[word]): content for word, content in self.files.items()}


PHOTO_HASH = {"sha1": hashlib.sha1, "sha256": hashlib.sha256, "sha384": hashlib.sha384}


def assemble(tree, generation, signature_digest, photo_hash, identity=None, address=None,
             signer=None, signer_key=None, holder=None, sign_bytes=sign, authentication=None,
             signature=None, with_certificates=True):
    """Signs a whole card as the register does."""
    elliptic = tree.kind == "ec"
    signer_key = signer_key or tree.register_key
    fields = {**IDENTITY, **(identity or {})}
    if photo_hash:
        fields[0x11] = PHOTO_HASH[photo_hash](PHOTO).digest()
    basic_key = None
    if generation == "1.8":
        basic_key = spki_of(tree.keys.get("ec", "basic"))
        fields.setdefault(0x1A, hashlib.sha384(basic_key).digest())
    identity_file = tlv(dict(sorted(fields.items())))
    address_file = tlv({**ADDRESS, **(address or {})})
    identity_signature = sign_bytes(signer_key, signature_digest, identity_file)
    if elliptic:
        identity_signature = identity_signature.ljust(112, b"\0")
    address_signature = sign_bytes(signer_key, signature_digest,
                                   address_file.rstrip(b"\0") + identity_signature)
    if elliptic:
        address_signature = address_signature.ljust(112, b"\0")
    certificate_padding = 1100 if generation == "1.8" else 50
    number = holder or fields[0x06]
    keys = {use: tree.keys.get(tree.kind, use.capitalize())
            for use in ("authentication", "signature") if with_certificates}
    files = {
        "identity": identity_file, "identitySignature": identity_signature,
        "address": address_file.ljust(117, b"\0"), "addressSignature": address_signature,
        "photo": PHOTO,
        "caCertificate": der_of(tree.ca), "rootCertificate": der_of(tree.root),
        "registerCertificate": der_of(signer or tree.register),
    }
    if with_certificates:
        files["authenticationCertificate"] = der_of(
            authentication or tree.holder(number, "Authentication"))
        files["signatureCertificate"] = der_of(signature or tree.holder(number, "Signature"))
    for word, content in files.items():
        if word.endswith("Certificate"):
            files[word] = content + bytes(certificate_padding)
    if not with_certificates:
        files["authenticationCertificate"] = bytes(2500)
        files["signatureCertificate"] = bytes(2500)
    if basic_key:
        files["basicKey"] = basic_key
        keys["basic"] = tree.keys.get("ec", "basic")
    return Card(generation, files, keys)


class Office:
    """Makes the cards of all profiles."""

    def __init__(self, asked_at=None):
        keys = Keys()

        def tree(*words):
            return Tree(keys, *words, asked_at=asked_at)
        self.rsa1 = tree("rsa", hashes.SHA1(), "CA2", datetime.datetime(2008, 1, 1),
                         datetime.datetime(2021, 12, 15))
        self.rsa = tree("rsa", hashes.SHA256(), "CA4")
        self.ec = tree("ec", hashes.SHA384(), "CA6")
        self.test = tree("ec", hashes.SHA384(), "CA6 TEST")
        self.stranger = tree("ec", hashes.SHA384(), "CA Nowhere")

    def roots(self):
        return [self.rsa1.root, self.rsa.root, self.ec.root]

    def new17(self, **how):
        return assemble(self.rsa, "1.7", hashes.SHA256(), how.pop("photo_hash", "sha256"), **how)

    def new18(self, **how):
        return assemble(how.pop("tree", self.ec), "1.8", hashes.SHA384(),
                        how.pop("photo_hash", "sha384"), **how)

    def profiles(self):
        """Name → how the card is made. Each stands for one thing that a verdict is about."""
        old = {0x03: "12.05.2010", 0x04: "12.05.2015", 0x0C: "30 JUL 1985", 0x0A: "Belg"}
        kid = {0x0F: "6", 0x0C: "01 MEI 2016", 0x06: "16050100127", 0x0D: "M"}
        foreigner = {0x0F: "33", 0x01: "B12345678901"[:10], 0x0A: "Française", 0x14: "",
                     0x1E: "K", 0x1F: "01.02.2019"}
        return {
            "rsa-sha256": self.new17,
            "ec": self.new18,
            "rsa-sha1": lambda: assemble(self.rsa1, "1.7", hashes.SHA1(), "sha1", identity=old),
            "rsa-resigned": lambda: self.new17(photo_hash="sha1"),
            "rekeyed": self.rekeyed,
            "kid": lambda: self.new18(identity=kid, with_certificates=False),
            "foreigner": lambda: self.new18(identity=foreigner),
            "no-version": self.no_version,
            "no-photo-hash": lambda: self.new18(photo_hash=None),
            "expired": lambda: self.new18(identity={0x04: "12.05.2024"}),
            "not-yet": lambda: self.new18(identity={0x03: "12.05.2029"}),
            "certificate-expired": self.certificate_expired,
            "certificate-not-yet": self.certificate_not_yet,
            "control-characters": self.control_characters,
            "test-root": lambda: self.new18(tree=self.test),
            "stranger": lambda: self.new18(tree=self.stranger),
            "other-holder": lambda: self.new18(holder="85073003427"),
            "signed-by-citizen": self.signed_by_citizen,
            "signed-by-citizen-moved-ca": self.signed_by_citizen_moved_ca,
            "signed-by-neighbour": self.signed_by_neighbour,
            "signed-by-namesake": self.signed_by_namesake,
            "signed-by-root": self.signed_by_root,
            "register-ca": self.register_ca,
            "citizen-ca-twice": self.citizen_ca_twice,
            "broken-ca": self.broken_ca,
            "broken-holder": self.broken_holder,
            "forged-root": self.forged_root,
        }

    def rekeyed(self):
        """A 1.7 card whose register and chain became elliptic, while its keys stayed RSA."""
        tree = self.ec
        card = assemble(tree, "1.7", hashes.SHA384(), "sha384")
        for use in ("Authentication", "Signature"):
            certificate = tree.issue(f"Éléonore Vandenbroucke ({use})",
                                     tree.keys.get("rsa", use), tree.ca, tree.ca_key,
                                     extra=[(NameOID.SERIAL_NUMBER, IDENTITY[0x06])])
            card.files[f"{use.lower()}Certificate"] = der_of(certificate) + bytes(50)
            card.keys[use.lower()] = tree.keys.get("rsa", use)
        return card

    def no_version(self):
        """Without fields 00, as OpenSC wants it."""
        card = self.new17()
        fields = {**IDENTITY, 0x11: hashlib.sha256(PHOTO).digest()}
        del fields[0x00]
        tree = self.rsa
        address = tlv({tag: value for tag, value in ADDRESS.items() if tag})
        card.files["address"] = address.ljust(117, b"\0")
        card.files["identity"] = tlv(fields)
        card.files["identitySignature"] = sign(tree.register_key, hashes.SHA256(), tlv(fields))
        card.files["addressSignature"] = sign(
            tree.register_key, hashes.SHA256(), address + card.files["identitySignature"])
        return card

    def certificate_expired(self):
        end = datetime.datetime(2023, 1, 1)
        return self.new18(authentication=self.ec.holder(IDENTITY[0x06], "Authentication", end=end))

    def certificate_not_yet(self):
        start = datetime.datetime(2030, 1, 1)
        return self.new18(signature=self.ec.holder(IDENTITY[0x06], "Signature", start=start))

    def control_characters(self):
        """A holder's name that gives orders to terminals."""
        tree = self.ec
        key = tree.keys.get("ec", "Authentication")
        return self.new18(authentication=tree.issue(
            "\x1b[0m\u00c9l\u00e9onore\x07\u009b2J", key, tree.ca, tree.ca_key,
            extra=[(NameOID.SERIAL_NUMBER, IDENTITY[0x06])]))

    def signed_by_citizen(self):
        """Who holds a genuine card signs an identity of their own with it."""
        tree = self.ec
        return self.new18(signer=tree.holder("85073003328", "Authentication"),
                          signer_key=tree.keys.get("ec", "Authentication"))

    def signed_by_citizen_moved_ca(self):
        """The same, with the citizens' CA in the place of the register's and a citizen RRN."""
        tree = self.ec
        key = tree.keys.get("ec", "Authentication")
        signer = tree.issue("RRN", key, tree.ca, tree.ca_key)
        card = self.new18(signer=signer, signer_key=key)
        card.files["registerCaCertificate"] = card.files["caCertificate"]
        other = tree.issue("Foreigner CA", tree.keys.get("ec", "foreigners"), tree.root,
                           tree.root_key, ca=True)
        card.files["caCertificate"] = der_of(other) + bytes(1100)
        return card

    def signed_by_neighbour(self):
        """Signed by somebody else who has a certificate straight under the root."""
        tree = self.ec
        key = tree.keys.get("ec", "neighbour")
        signer = tree.issue("Éléonore Vandenbroucke", key, tree.root, tree.root_key)
        return self.new18(signer=signer, signer_key=key)

    def signed_by_namesake(self):
        """By another service under the root whose name begins as the register's does."""
        tree = self.ec
        key = tree.keys.get("ec", "neighbour")
        return self.new18(signer=tree.issue("RRN Time Stamping", key, tree.root, tree.root_key),
                          signer_key=key)

    def signed_by_root(self):
        return self.new18(signer=self.ec.root, signer_key=self.ec.root_key)

    def register_ca(self):
        """The register under a CA of its own, in file 503D."""
        tree = self.ec
        ca_key, key = tree.keys.get("ec", "register ca"), tree.keys.get("ec", "register 2")
        own = tree.issue("Belgium Register CA", ca_key, tree.root, tree.root_key, ca=True)
        card = self.new18(signer=tree.issue("RRN", key, own, ca_key), signer_key=key)
        card.files["registerCaCertificate"] = der_of(own) + bytes(1100)
        return card

    def citizen_ca_twice(self):
        """The citizens' CA also in file 503D, and a register that hangs from the root."""
        card = self.new18()
        other = self.ec.issue("Citizen CA", self.ec.keys.get("ec", "citizens 2"), self.ec.root,
                              self.ec.root_key, ca=True)
        card.files["registerCaCertificate"] = der_of(other) + bytes(1100)
        return card

    def broken_ca(self):
        """A CA of the right name that the root never signed."""
        tree = self.ec
        key = tree.keys.get("ec", "false ca")
        card = self.new18()
        false = tree.issue("Citizen CA", key, tree.root, tree.keys.get("ec", "false root"), ca=True)
        card.files["caCertificate"] = der_of(false) + bytes(1100)
        return card

    def broken_holder(self):
        tree = self.ec
        false = tree.issue("Éléonore Vandenbroucke (Authentication)",
                           tree.keys.get("ec", "Authentication"), tree.ca,
                           tree.keys.get("ec", "false ca"),
                           extra=[(NameOID.SERIAL_NUMBER, IDENTITY[0x06])])
        return self.new18(authentication=false)

    def forged_root(self):
        """A root with the pinned key and another text, signed by somebody else."""
        tree = self.ec
        false = tree.issue("Belgium Root CA6", tree.root_key, tree.root,
                           tree.keys.get("ec", "false root"), ca=True,
                           end=datetime.datetime(2090, 1, 1))
        card = self.new18()
        card.files["rootCertificate"] = der_of(false) + bytes(1100)
        return card


CHALLENGE = b"guichetier tests: a challenge"


def proofs(card):
    """What the keys of a card answer to the challenge of these tests, as the chip gives it."""
    made = {}
    for use, key in card.keys.items():
        if isinstance(key, rsa.RSAPrivateKey):
            made[f"{use}Proof"] = sign(key, hashes.SHA256(), CHALLENGE)
        else:
            made[f"{use}Proof"] = eid_chip_keys.sign_ec(key, hashes.SHA384(),
                                                        hashlib.sha384(CHALLENGE).digest())
    return made


def write(folder):
    """Every profile as files, for tests that are not in Python."""
    office = Office()
    folder = pathlib.Path(folder)
    for number, root in enumerate(office.roots()):
        (folder / f"root{number}.der").write_bytes(der_of(root))
    (folder / "test-root.der").write_bytes(der_of(office.test.root))
    for name, make in office.profiles().items():
        card = make()
        place = folder / name
        place.mkdir(parents=True, exist_ok=True)
        (place / "cardData").write_bytes(card.card_data(card.generation == "1.8"))
        for word, content in card.files.items():
            (place / word).write_bytes(content)
        for word, content in proofs(card).items():
            (place / word).write_bytes(content)
    (folder / "profiles.json").write_text(json.dumps(sorted(office.profiles())))


if __name__ == "__main__":
    write(sys.argv[1])
