# SPDX-License-Identifier: GPL-3.0-or-later
"""guichet-eid asking whether a card was revoked, and all that may come back."""
import datetime
import json
import os
import signal
import subprocess
import sys
import threading
import time

from cryptography import x509

import eid_cards
import guichet_eid
import tap
from guichet_eid import FOLDER, command, inserted, root_options, run
from revocation import AT, DAY, FLAGS, Authority, Responder, ocsp_answers, serial_asked
from virtual_card import PATIENCE, Chip, wait_for

# Loopback must be up before anything listens there.
guichet_eid.start()
RESPONDER = Responder()
OFFICE = eid_cards.Office(RESPONDER.address)
PROFILES = OFFICE.profiles()
ROOT = Authority(OFFICE.ec, OFFICE.ec.root, OFFICE.ec.root_key)
CITIZENS = Authority(OFFICE.ec, OFFICE.ec.ca, OFFICE.ec.ca_key)
STRANGER = Authority(OFFICE.stranger, OFFICE.stranger.ca, OFFICE.stranger.ca_key)
OCSP, CITIZENS_LIST, ROOT_LIST = "/ocsp", "/Citizen-CA.crl", "/Belgium-Root-CA6.crl"
ALLOWED = ("--revocation-host", RESPONDER.host)
WORDS = ("authenticationCertificate", "caCertificate", "registerCertificate", "signatureCertificate")
HOLDER = ("authenticationCertificate", "signatureCertificate")


def certificate_of(card, word):
    return x509.load_der_x509_certificate(eid_cards.der_in(card.files[word]))


def authority_of(word):
    return ROOT if word == "registerCertificate" else CITIZENS


def all_good(card):
    """Everybody answers, and nothing is revoked."""
    asked = {certificate_of(card, word).serial_number: (certificate_of(card, word), authority_of(word))
             for word in WORDS if card.files[word].strip(b"\0") and word != "caCertificate"}

    def answer(body):
        certificate, authority = asked[serial_asked(body)]
        return authority.ocsp(certificate)
    RESPONDER.answers = {OCSP: answer, ROOT_LIST: lambda _body: ROOT.crl(),
                         CITIZENS_LIST: lambda _body: CITIZENS.crl()}
    RESPONDER.asked.clear()


def instead(card, word, answer):
    """One certificate is answered for in another way."""
    number, usual = certificate_of(card, word).serial_number, RESPONDER.answers[OCSP]

    def choose(body):
        if serial_asked(body) != number:
            return usual(body)
        return answer(body) if callable(answer) else answer
    RESPONDER.answers[OCSP] = choose


def verify(*words):
    status, said = run("verify", *root_options(OFFICE), *(words or ALLOWED))
    if "error" in said:
        raise AssertionError(f"verify: {said['error']}")
    return status, said


def about(said, *verdicts):
    """Which certificates these verdicts are about."""
    return sorted(verdict.get("file", "") for verdict in said["verdicts"] if verdict["verdict"] in verdicts)


def reason(said, verdict, word):
    return next(found["reason"] for found in said["verdicts"]
                if (found["verdict"], found.get("file")) == (verdict, word))


def behind(said, verdict, word):
    """The day that it is about, and what is behind it, for programs."""
    found = next(found for found in said["verdicts"] if (found["verdict"], found.get("file")) == (verdict, word))
    return found.get("day"), found.get("cause")


def standings(said):
    return {certificate["file"]: (certificate["revocation"]["standing"], certificate["revocation"]["by"])
            for certificate in said["certificates"] if "revocation" in certificate}


ROOT_FILE = FOLDER / "asked-root.der"
ROOT_FILE.write_bytes(eid_cards.der_of(OFFICE.ec.root))
GOOD = {word: ("good", "crl" if word == "caCertificate" else "ocsp") for word in WORDS}


def test_good():
    """Each certificate is asked about once, in its way, and found good"""
    for name in ("ec", "register-ca"):
        card = PROFILES[name]()
        all_good(card)
        if name == "register-ca":
            # Its own authority answers for the register, and the root for that one.
            own = Authority(OFFICE.ec, certificate_of(card, "registerCaCertificate"),
                            OFFICE.ec.keys.get("ec", "register ca"))
            instead(card, "registerCertificate",
                    own.ocsp(certificate_of(card, "registerCertificate")))
        with inserted(Chip(card)):
            status, said = verify()
        wanted = {**GOOD, "registerCaCertificate": ("good", "crl")} if name == "register-ca" else GOOD
        tap.equal((status, standings(said)), (0, wanted), name)
        tap.equal(about(said, "revoked", "revocationUnknown"), [])
        tap.equal(RESPONDER.asked, {OCSP: 3, ROOT_LIST: 1})
        tap.equal(said["certificates"][0]["revocation"]["madeAt"], "2026-03-01T12:00:00Z")


def test_rsa():
    """The older generation is asked about in the same way"""
    card = PROFILES["rsa-sha256"]()
    root = Authority(OFFICE.rsa, OFFICE.rsa.root, OFFICE.rsa.root_key)
    citizens = Authority(OFFICE.rsa, OFFICE.rsa.ca, OFFICE.rsa.ca_key)
    certificates = {certificate_of(card, word).serial_number: certificate_of(card, word) for word in WORDS}

    def answer(body):
        certificate = certificates[serial_asked(body)]
        mine = certificate == certificate_of(card, "registerCertificate")
        return (root if mine else citizens).ocsp(certificate)
    RESPONDER.answers = {OCSP: answer, "/Belgium-Root-CA4.crl": lambda _body: root.crl()}
    with inserted(Chip(card)):
        status, said = verify()
    tap.equal((status, standings(said)), (0, GOOD))


def test_kid():
    """A card without certificates of its holder has the others asked about, and says that this is not enough"""
    card = PROFILES["kid"]()
    all_good(card)
    with inserted(Chip(card)):
        status, said = verify()
    tap.equal((status, sorted(standings(said))), (0, ["caCertificate", "registerCertificate"]))
    tap.equal(reason(said, "revocationUnknown", "authenticationCertificate"),
              "the card has no certificate of its holder to ask about")
    tap.equal(behind(said, "revocationUnknown", "authenticationCertificate"), (None, "noCertificate"))


def test_hidden():
    """A revoked card that hides its holder's certificates is not taken for a good one; one of them is enough to tell"""
    for hidden in (HOLDER, HOLDER[:1], HOLDER[1:]):
        card = PROFILES["ec"]()
        all_good(card)
        for word in HOLDER:
            instead(card, word, CITIZENS.ocsp(certificate_of(card, word), revoked=FLAGS.key_compromise))
        for word in hidden:
            del card.files[word]
        with inserted(Chip(card)):
            status, said = verify()
        if hidden == HOLDER:
            tap.equal((status, about(said, "revocationUnknown")), (0, ["authenticationCertificate"]))
        else:
            tap.equal((status, len(about(said, "revoked"))), (1, 1))


def test_revoked():
    """A revoked certificate is named, with day and reason, whichever it is"""
    card = PROFILES["ec"]()
    for word in ("authenticationCertificate", "signatureCertificate", "registerCertificate"):
        all_good(card)
        instead(card, word, authority_of(word).ocsp(certificate_of(card, word), revoked=FLAGS.key_compromise))
        with inserted(Chip(card)):
            status, said = verify()
        tap.equal((status, said["outcome"], about(said, "revoked")), (1, "notGenuine", [word]))
        tap.equal(reason(said, "revoked", word), f"{word} is revoked since 2026-02-14 (keyCompromise), by OCSP")
        tap.equal(behind(said, "revoked", word), ("2026-02-14", "keyCompromise"))
        found = next(c["revocation"] for c in said["certificates"] if c["file"] == word)
        tap.equal((found["standing"], found["revokedSince"], found["reason"]),
                  ("revoked", "2026-02-14T09:30:00Z", "keyCompromise"))
    all_good(card)
    RESPONDER.answers[ROOT_LIST] = lambda _body: ROOT.crl([(OFFICE.ec.ca, FLAGS.ca_compromise)])
    with inserted(Chip(card)):
        status, said = verify()
    tap.equal((status, about(said, "revoked")), (1, ["caCertificate"]))
    tap.equal(reason(said, "revoked", "caCertificate"),
              "caCertificate is revoked since 2026-02-14 (cACompromise), by CRL")
    tap.equal(behind(said, "revoked", "caCertificate"), ("2026-02-14", "cACompromise"))


def test_unknown():
    """A certificate that its issuer does not know is not good, whatever the list says"""
    card = PROFILES["ec"]()
    all_good(card)
    instead(card, "authenticationCertificate",
            CITIZENS.ocsp(certificate_of(card, "authenticationCertificate"), unknown=True))
    with inserted(Chip(card)):
        status, said = verify()
    tap.equal((status, about(said, "revocationUnknown")), (0, ["authenticationCertificate"]))
    tap.equal(reason(said, "revocationUnknown", "authenticationCertificate"),
              "authenticationCertificate is not known to its issuer, by OCSP")
    tap.equal(behind(said, "revocationUnknown", "authenticationCertificate"), (None, "notKnown"))
    tap.equal(CITIZENS_LIST in RESPONDER.asked, False)


def test_wrong_answers():
    """An answer that does not count makes the list be asked, and is told if that fails too"""
    card = PROFILES["ec"]()
    word = "authenticationCertificate"
    certificate, other = certificate_of(card, word), certificate_of(card, "signatureCertificate")
    wrong = {name: answer for name, answer in ocsp_answers(CITIZENS, STRANGER, certificate, other).items()
             if name in ("stale", "another-certificate", "by-stranger", "by-delegate-without-right",
                         "by-delegate-to-be-checked", "by-delegate-of-stranger", "try-later", "garbage", "nothing")}
    tap.equal(len(wrong), 9)
    too_much = "127.0.0.1: the answer has more than 65536 bytes"
    reasons = {"redirected": "127.0.0.1: it answered with HTTP status 302",
               "refused": "127.0.0.1: it answered with HTTP status 500",
               "by-delegate-without-right": "who signed the answer may not answer",
               "by-delegate-to-be-checked": "who signed the answer might be revoked",
               "by-delegate-of-stranger": "who signed the answer was not appointed",
               "try-later": "the responder says", "too large": too_much, "too large without end": too_much}
    wrong["redirected"] = (302, b"", {"Location": f"{RESPONDER.address}/elsewhere"})
    wrong["refused"] = (500, b"oh")
    wrong["too large"] = bytes(64 * 1024 + 1)
    wrong["too large without end"] = (200, bytes(1024 * 1024), {"Transfer-Encoding": "identity"})
    with inserted(Chip(card)):
        for name, answer in wrong.items():
            all_good(card)
            instead(card, word, answer)
            RESPONDER.answers["/elsewhere"] = lambda _body: CITIZENS.ocsp(certificate)
            status, said = verify()
            tap.equal((status, standings(said)), (0, {**GOOD, word: ("good", "crl")}), name)
            tap.equal("/elsewhere" in RESPONDER.asked, False)
            del RESPONDER.answers[CITIZENS_LIST]
            status, said = verify()
            tap.equal((status, about(said, "revocationUnknown")), (0, [word]), name)
            tap.equal(behind(said, "revocationUnknown", word), (None, "noAnswer"))
            why = reason(said, "revocationUnknown", word)
            tap.equal(f"OCSP: {reasons.get(name, 'the answer')}" in why, True, why)
            tap.equal(why.endswith("; CRL: 127.0.0.1: it answered with HTTP status 404"), True, why)


def test_wrong_lists():
    """A list that does not count says nothing"""
    card = PROFILES["ec"]()
    with inserted(Chip(card)):
        for name, answer in {
                "stale": ROOT.crl(made=AT - 9 * DAY, until=AT - DAY),
                "delta": ROOT.crl(extensions=[(x509.DeltaCRLIndicator(6), True)]),
                "another issuer's": CITIZENS.crl(),
                "by somebody else": ROOT.crl(key=OFFICE.stranger.root_key),
                "garbage": b"<html></html>",
                "too large": (200, b"", {"Content-Length": str(16 * 1024 * 1024 + 1)}),
                "refused": (403, b""),
                "redirected": (301, b"", {"Location": f"{RESPONDER.address}/elsewhere"}),
        }.items():
            all_good(card)
            RESPONDER.answers[ROOT_LIST] = lambda _body, answer=answer: answer
            status, said = verify()
            tap.equal((status, about(said, "revocationUnknown")), (0, ["caCertificate"]), name)
            if name == "too large":
                tap.equal(reason(said, "revocationUnknown", "caCertificate"),
                          "caCertificate: CRL: 127.0.0.1: the answer has more than 16777216 bytes")
            tap.equal(standings(said), {word: how for word, how in GOOD.items() if word != "caCertificate"})


def test_shared_list():
    """Two certificates with one list fetch it once"""
    card = PROFILES["ec"]()
    all_good(card)
    number = certificate_of(card, "signatureCertificate").serial_number
    filler = range(0x70000000, 0x70000000 + 2000)
    answered = threading.Barrier(2)
    good = RESPONDER.answers[OCSP]

    def none_for_holder(body):
        if serial_asked(body) == certificate_of(card, "registerCertificate").serial_number:
            return good(body)
        # Both are without an answer before the list is asked for.
        answered.wait(PATIENCE)
        return 503, b""
    listing = threading.Event()

    def slowly(_body):
        listing.wait(0.5)
        return CITIZENS.crl([*filler, (number, FLAGS.cessation_of_operation)])
    RESPONDER.answers[OCSP] = none_for_holder
    RESPONDER.answers[CITIZENS_LIST] = slowly
    with inserted(Chip(card)):
        status, said = verify()
    tap.equal((status, about(said, "revoked")), (1, ["signatureCertificate"]))
    tap.equal(standings(said)["authenticationCertificate"], ("good", "crl"))
    tap.equal(RESPONDER.asked[CITIZENS_LIST], 1)


def test_kept_beside():
    """While a list is fetched anew for one certificate, another meets it as it is kept"""
    card = PROFILES["ec"]()
    begun, asked = threading.Event(), threading.Event()
    held = (certificate_of(card, "authenticationCertificate"), FLAGS.certificate_hold)

    def come_after(_body):
        begun.wait(PATIENCE)
        asked.set()
        return b"nothing"

    def never_mind(_body):
        begun.set()
        asked.wait(PATIENCE)
        time.sleep(0.5)  # for the one that comes after to get so far
        return b"nothing"

    all_good(card)
    for word in ("authenticationCertificate", "signatureCertificate"):
        instead(card, word, b"nothing")
    RESPONDER.answers[CITIZENS_LIST] = lambda _body: CITIZENS.crl([held])
    wanted = {**GOOD, "authenticationCertificate": ("revoked", "crl"), "signatureCertificate": ("good", "crl")}
    with Desk(card) as desk:
        tap.equal(desk.ask(), (wanted, {OCSP: 3, ROOT_LIST: 1, CITIZENS_LIST: 1}))
        instead(card, "signatureCertificate", come_after)
        RESPONDER.answers[CITIZENS_LIST] = never_mind
        tap.equal(desk.ask(), (wanted, {OCSP: 2, CITIZENS_LIST: 1}))


def test_late():
    """An answer that is late is not waited for, and the others are not lost"""
    card = PROFILES["ec"]()
    release = threading.Event()
    late = ("--revocation-timeout", "1")
    with inserted(Chip(card)):
        all_good(card)
        instead(card, "authenticationCertificate", lambda _body: release.wait(PATIENCE) and b"")
        status, said = verify(*ALLOWED, *late)
        tap.equal((status, standings(said)), (0, {**GOOD, "authenticationCertificate": ("good", "crl")}))
        RESPONDER.answers[CITIZENS_LIST] = lambda _body: release.wait(PATIENCE) and b""
        status, said = verify(*ALLOWED, *late)
        tap.equal(reason(said, "revocationUnknown", "authenticationCertificate"),
                  "authenticationCertificate: OCSP: 127.0.0.1 has not answered within 1 s; "
                  "CRL: 127.0.0.1 has not answered within 1 s")
        status, said = verify(*ALLOWED, "--revocation-timeout", "50", "--revocation-patience", "1")
        tap.equal((status, about(said, "revocationUnknown")), (0, ["authenticationCertificate"]))
        tap.equal(reason(said, "revocationUnknown", "authenticationCertificate"),
                  "authenticationCertificate: OCSP: not all was answered within 1 s")
    release.set()


def test_drip():
    """One that answers byte by byte is given up like one that does not answer"""
    card = PROFILES["ec"]()
    all_good(card)
    done = threading.Event()

    def drip(exchange):
        exchange.send_response(200)
        exchange.end_headers()
        try:
            while not done.wait(0.1):
                exchange.wfile.write(b"0")
                exchange.wfile.flush()
        except OSError:
            pass
    RESPONDER.by_hand[ROOT_LIST] = drip
    with inserted(Chip(card)):
        status, said = verify(*ALLOWED, "--revocation-timeout", "1")
    done.set()
    del RESPONDER.by_hand[ROOT_LIST]
    tap.equal((status, reason(said, "revocationUnknown", "caCertificate")),
              (0, "caCertificate: CRL: 127.0.0.1 has not answered within 1 s"))


def test_nobody():
    """Nobody listens, or nobody may be asked"""
    card = PROFILES["ec"]()
    all_good(card)
    with inserted(Chip(card)):
        for words in (("--revocation-host", "127.0.0.1"), ("--revocation-host", "localhost"),
                      ("--revocation",)):
            status, said = verify(*words)
            tap.equal((status, about(said, "revocationUnknown")), (0, sorted(WORDS)))
            tap.equal(reason(said, "revocationUnknown", "caCertificate"),
                      "caCertificate: CRL: the certificate names an address that may not be asked")
        tap.equal(RESPONDER.asked, {})
    mute = eid_cards.Office("http://127.0.0.1:9")
    with inserted(Chip(mute.new18())):
        status, said = run("verify", *root_options(mute), "--revocation-host", "127.0.0.1:9")
        tap.equal((status, about(said, "revocationUnknown")), (0, sorted(WORDS)))
        tap.equal("Connection refused" in reason(said, "revocationUnknown", "caCertificate"), True)
    plain = eid_cards.Office()
    with inserted(Chip(plain.new18())):
        status, said = run("verify", *root_options(plain))
        tap.equal((status, reason(said, "revocationUnknown", "caCertificate")),
                  (0, "caCertificate: CRL: the certificate names no address"))


def test_not_followed():
    """What is out of its period is not asked about"""
    for name, unasked in (("certificate-expired", ["authenticationCertificate"]),
                          ("certificate-not-yet", ["signatureCertificate"])):
        card = PROFILES[name]()
        all_good(card)
        with inserted(Chip(card)):
            _status, said = verify()
        tap.equal(about(said, "revocationUnknown"), unasked, name)
        tap.equal(RESPONDER.asked, {OCSP: 2, ROOT_LIST: 1}, name)


def test_not_vouched():
    """Nobody is asked about a card that the state does not vouch for: what it holds sends us nowhere"""
    forged = PROFILES["ec"]()
    forged.files["address"] = forged.files["address"].replace(b"Nimy", b"Mimy")
    for name, card in (*((name, PROFILES[name]()) for name in (
            "stranger", "test-root", "broken-holder", "broken-ca", "signed-by-citizen", "other-holder")),
                       ("forged", forged)):
        all_good(card)
        with inserted(Chip(card)):
            status, said = verify()
        tap.equal((status, RESPONDER.asked), (1, {}), name)
        tap.equal(about(said, "revocationUnknown"), sorted(WORDS), name)
        if name in ("stranger", "forged"):
            tap.equal(reason(said, "revocationUnknown", "signatureCertificate"),
                      "signatureCertificate: CRL: nobody is asked about what the state does not vouch for")


class Desk:
    """One that stays open, and asks about the same card again."""

    def __init__(self, card):
        folder = FOLDER / "card"
        folder.mkdir(exist_ok=True)
        for word, content in card.files.items():
            (folder / word).write_bytes(content)
        self.process = subprocess.Popen([os.environ["EID_ASK_PROBE"], str(folder), RESPONDER.host, str(ROOT_FILE)],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, moment=AT):
        """What is known of each certificate then, and who was asked for it."""
        RESPONDER.asked.clear()
        seconds = int(moment.replace(tzinfo=datetime.timezone.utc).timestamp())
        print(seconds, file=self.process.stdin, flush=True)
        found = {}
        for line in self.process.stdout:
            word, *said = line.split()
            if word == "judged":
                break
            found[word] = tuple(said)
        return found, dict(RESPONDER.asked)

    def __enter__(self):
        return self

    def __exit__(self, *_unused):
        self.process.stdin.close()
        tap.equal(self.process.wait(PATIENCE), 0)


def test_kept():
    """What was answered is kept while it counts, and nothing else is"""
    card = PROFILES["ec"]()
    word = "authenticationCertificate"
    all_good(card)
    everybody = {OCSP: 3, ROOT_LIST: 1}
    with Desk(card) as desk:
        tap.equal(desk.ask(), (GOOD, everybody))
        tap.equal(desk.ask(), (GOOD, {}))
        tap.equal(desk.ask(AT + DAY / 2), (GOOD, {}))
        # None of it counts two days later, nor does what they still say.
        found, asked = desk.ask(AT + 2 * DAY)
        tap.equal((found, set(asked)), ({}, {OCSP, ROOT_LIST, CITIZENS_LIST}))
        # A list that counts is kept for all that it is about; that there was no answer is not.
        RESPONDER.answers = {ROOT_LIST: lambda _body: ROOT.crl(made=AT + 2 * DAY, until=AT + 9 * DAY)}
        listed = {"caCertificate": ("good", "crl"), "registerCertificate": ("good", "crl")}
        found, asked = desk.ask(AT + 2 * DAY)
        tap.equal((found, set(asked)), (listed, {OCSP, ROOT_LIST, CITIZENS_LIST}))
        found, asked = desk.ask(AT + 3 * DAY)
        tap.equal((found, set(asked)), (listed, {OCSP, CITIZENS_LIST}))
    # A certificate that was revoked for good stays so.
    all_good(card)
    instead(card, word, CITIZENS.ocsp(certificate_of(card, word), revoked=FLAGS.key_compromise))
    with Desk(card) as desk:
        wanted = {**GOOD, word: ("revoked", "ocsp")}
        tap.equal(desk.ask(), (wanted, everybody))
        tap.equal(desk.ask(), (wanted, {}))


def test_passing():
    """What may be lifted at any hour is asked about anew each time"""
    card = PROFILES["ec"]()
    word = "authenticationCertificate"
    held = (certificate_of(card, word), FLAGS.certificate_hold)
    for standing, answer in (("revoked", CITIZENS.ocsp(held[0], revoked=held[1])),
                             ("unknown", CITIZENS.ocsp(held[0], unknown=True))):
        all_good(card)
        instead(card, word, answer)
        with Desk(card) as desk:
            wanted = {**GOOD, word: (standing, "ocsp")}
            tap.equal(desk.ask(), (wanted, {OCSP: 3, ROOT_LIST: 1}))
            tap.equal(desk.ask(), (wanted, {OCSP: 1}))
            all_good(card)
            tap.equal(desk.ask(), (GOOD, {OCSP: 1}))
            tap.equal(desk.ask(), (GOOD, {}))
    # A list is kept for the others that it is about, and fetched anew for this one.
    all_good(card)
    instead(card, word, b"nothing")
    instead(card, "signatureCertificate", b"nothing")
    RESPONDER.answers[CITIZENS_LIST] = lambda _body: CITIZENS.crl([held])
    with Desk(card) as desk:
        listed = {**GOOD, "signatureCertificate": ("good", "crl")}
        wanted = {**listed, word: ("revoked", "crl")}
        tap.equal(desk.ask(), (wanted, {OCSP: 3, ROOT_LIST: 1, CITIZENS_LIST: 1}))
        tap.equal(desk.ask(), (wanted, {OCSP: 2, CITIZENS_LIST: 1}))
        # Where it cannot be had, the one that is kept still says it.
        lost = RESPONDER.answers.pop(CITIZENS_LIST)
        tap.equal(desk.ask(), (wanted, {OCSP: 2, CITIZENS_LIST: 1}))
        RESPONDER.answers[CITIZENS_LIST] = lost
        tap.equal(desk.ask(), (wanted, {OCSP: 2, CITIZENS_LIST: 1}))
        RESPONDER.answers[CITIZENS_LIST] = lambda _body: CITIZENS.crl()
        wanted = {**listed, word: ("good", "crl")}
        tap.equal(desk.ask(), (wanted, {OCSP: 2, CITIZENS_LIST: 1}))
        tap.equal(desk.ask(), (wanted, {OCSP: 2}))


def test_no_proxy():
    """A proxy of the environment learns nothing"""
    card = PROFILES["ec"]()
    all_good(card)
    proxy = Responder()
    os.environ["http_proxy"] = proxy.address
    try:
        with inserted(Chip(card)):
            status, said = verify()
    finally:
        del os.environ["http_proxy"]
        proxy.stop()
    tap.equal((status, standings(said), proxy.asked), (0, GOOD, {}))


def test_proxy():
    """Where the administrator names a proxy, everything goes by it, and still only to whom may be asked"""
    card = PROFILES["ec"]()
    all_good(card)
    proxy = Responder()
    proxy.answers = {RESPONDER.address + path: answer for path, answer in RESPONDER.answers.items()}
    config = FOLDER / "proxy.conf"
    config.write_text(f"[eid]\nrevocation-proxy={proxy.host}\nrevocation-hosts={RESPONDER.host}\n")
    asked = {RESPONDER.address + OCSP: 3, RESPONDER.address + ROOT_LIST: 1}
    with inserted(Chip(card)):
        for words in ((*ALLOWED, "--revocation-proxy", proxy.host), ("--config", str(config))):
            status, said = verify(*words)
            tap.equal((status, standings(said), proxy.asked, RESPONDER.asked), (0, GOOD, asked, {}), str(words))
            proxy.asked.clear()
        status, said = verify("--revocation-proxy", proxy.host)
        tap.equal((about(said, "revocationUnknown"), proxy.asked, RESPONDER.asked), (sorted(WORDS), {}, {}))
        proxy.stop()
        status, said = verify(*ALLOWED, "--revocation-proxy", proxy.host)
        tap.equal((about(said, "revocationUnknown"), RESPONDER.asked), (sorted(WORDS), {}))
    tap.equal(run("verify", "--revocation-proxy", "http://proxy.example.org/")[0], 2)


def test_configuration():
    """All of it can stand in the configuration, and an option wins"""
    card = PROFILES["ec"]()
    config = FOLDER / "revocation.conf"
    with inserted(Chip(card)):
        all_good(card)
        config.write_text(f"[eid]\nrevocation-hosts=example.org;{RESPONDER.host}\nrevocation-timeout=5\n"
                          "revocation-patience=9\n")
        status, said = verify("--config", str(config))
        tap.equal((status, standings(said)), (0, GOOD))
        RESPONDER.asked.clear()
        status, said = verify("--config", str(config), "--revocation-host", "example.org")
        tap.equal((about(said, "revocationUnknown"), RESPONDER.asked), (sorted(WORDS), {}))
        config.write_text(f"[eid]\nrevocation=false\nrevocation-hosts={RESPONDER.host}\n")
        status, said = verify("--config", str(config))
        tap.equal((about(said, "revocationUnknown"), RESPONDER.asked), ([""], {}))
        status, said = verify("--config", str(config), "--revocation")
        tap.equal(standings(said), GOOD)
        status, said = verify(*ALLOWED, "--no-revocation")
        tap.equal(about(said, "revocationUnknown"), [""])
    for line in ("revocation=perhaps", "revocation-timeout=0", "revocation-patience=soon",
                 "revocation-hosts=http://example.org/"):
        config.write_text(f"[eid]\n{line}\n")
        tap.equal(run("verify", "--config", str(config))[0], 2, line)
    tap.equal(run("verify", "--revocation-host", "example.org/ocsp")[0], 2)


def test_cancelled():
    """A signal ends the asking"""
    card = PROFILES["ec"]()
    all_good(card)
    release = threading.Event()
    RESPONDER.answers[ROOT_LIST] = lambda _body: release.wait(PATIENCE) and b""
    with inserted(Chip(card)):
        stuck = subprocess.Popen(command("--json", "verify", *root_options(OFFICE), *ALLOWED,
                                         "--revocation-timeout", "50", "--revocation-patience", "50"),
                                 stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        wait_for(lambda: ROOT_LIST in RESPONDER.asked, "the list to be asked for")
        begin = time.monotonic()
        stuck.send_signal(signal.SIGTERM)
        said = json.loads(stuck.communicate(timeout=PATIENCE)[0])
        tap.equal((stuck.returncode, said["error"]["code"]), (3, "cancelled"))
        tap.equal(time.monotonic() - begin < 40, True)
    release.set()


TESTS = [
    test_good, test_rsa, test_kid, test_hidden, test_revoked, test_unknown, test_wrong_answers, test_wrong_lists,
    test_shared_list, test_kept, test_passing, test_kept_beside, test_late, test_drip, test_nobody, test_not_followed,
    test_not_vouched, test_no_proxy, test_proxy, test_configuration, test_cancelled,
]

if __name__ == "__main__":
    # Some by their names, for who works on them.
    tap.run([test for test in TESTS if not sys.argv[1:] or test.__name__ in sys.argv[1:]])
