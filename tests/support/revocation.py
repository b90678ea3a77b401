# SPDX-License-Identifier: GPL-3.0-or-later
"""Answers about revocation, right ones and all kinds of wrong ones, and who gives them.

    revocation.py DIR       writes each answer into DIR/KIND/NAME, beside the certificate that it
                            is asked about and its issuer's
"""
import datetime
import http.server
import pathlib
import sys
import threading

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID, ObjectIdentifier

import eid_cards

AT = datetime.datetime(2026, 3, 1, 12)
DAY = datetime.timedelta(days=1)
SINCE = datetime.datetime(2026, 2, 14, 9, 30)
FLAGS = x509.ReasonFlags


class Authority:
    """Who answers for the certificates that it issued."""

    def __init__(self, tree, certificate, key):
        self.tree, self.certificate, self.key = tree, certificate, key

    def delegate(self, use="responder", **how):
        """A certificate for answering in this one's place, and its key."""
        key = self.tree.keys.get(self.tree.kind, use)
        how.setdefault("extensions", [x509.ExtendedKeyUsage([ExtendedKeyUsageOID.OCSP_SIGNING]),
                                      x509.OCSPNoCheck()])
        return self.tree.issue("Responder", key, self.certificate, self.key, **how), key

    def ocsp(self, certificate, revoked=None, unknown=False, made=AT, until=AT + DAY, issuer=None,
             signer=None, digest=None, named_by=None):
        """An OCSP response. `revoked` is a reason or True; `signer` a delegate."""
        status = ocsp.OCSPCertStatus.GOOD
        if unknown:
            status = ocsp.OCSPCertStatus.UNKNOWN
        elif revoked:
            status = ocsp.OCSPCertStatus.REVOKED
        who, key = signer or (self.certificate, self.key)
        builder = ocsp.OCSPResponseBuilder().add_response(
            certificate, issuer or self.certificate, named_by or hashes.SHA1(), status, made, until,
            SINCE if revoked else None, revoked if isinstance(revoked, FLAGS) else None)
        builder = builder.responder_id(ocsp.OCSPResponderEncoding.HASH, who)
        if signer:
            builder = builder.certificates([who])
        return der(builder.sign(key, digest or self.tree.digest))

    def crl(self, revoked=(), made=AT, until=AT + DAY, extensions=(), digest=None, key=None):
        """A list. `revoked` has certificates, or pairs of one and a reason."""
        builder = (x509.CertificateRevocationListBuilder().issuer_name(self.certificate.subject)
                   .last_update(made).next_update(until).add_extension(x509.CRLNumber(7), False))
        for entry in revoked:
            certificate, reason = entry if isinstance(entry, tuple) else (entry, None)
            number = getattr(certificate, "serial_number", certificate)
            line = x509.RevokedCertificateBuilder().serial_number(number).revocation_date(SINCE)
            if reason:
                line = line.add_extension(x509.CRLReason(reason), False)
            builder = builder.add_revoked_certificate(line.build())
        for extension, critical in extensions:
            builder = builder.add_extension(extension, critical)
        return der(builder.sign(key or self.key, digest or self.tree.digest))


def parts(element):
    """What is inside a DER element, piece by piece."""
    def header(at):
        size, length = element[at + 1], 2
        if size >= 0x80:
            length += size & 0x7F
            size = int.from_bytes(element[at + 2:at + length], "big")
        return length, size
    at, found = header(0)[0], []
    while at < len(element):
        length, size = header(at)
        found.append(element[at:at + length + size])
        at += length + size
    return found


def wrap(tag, *content):
    content = b"".join(content)
    size = len(content).to_bytes(2, "big")
    return bytes([tag, 0x82]) + size + content if len(content) > 255 else (
        bytes([tag, 0x81, len(content)]) if len(content) > 127 else bytes([tag, len(content)])) + content


def together(authority, *answers):
    """One OCSP response with what several say."""
    loaded = [ocsp.load_der_ocsp_response(answer) for answer in answers]
    responder, produced, _single = parts(loaded[0].tbs_response_bytes)
    singles = [parts(answer.tbs_response_bytes)[2] for answer in loaded]
    content = wrap(0x30, responder, produced, wrap(0x30, *(b"".join(parts(single)) for single in singles)))
    status, outer = parts(answers[0])
    oid, octets = parts(parts(outer)[0])
    algorithm = parts(parts(octets)[0])[1]
    signature = wrap(0x03, b"\0" + eid_cards.sign(authority.key, authority.tree.digest, content))
    basic = wrap(0x30, content, algorithm, signature)
    return wrap(0x30, status, wrap(0xA0, wrap(0x30, oid, wrap(0x04, basic))))


def der(answer):
    return answer.public_bytes(eid_cards.serialization.Encoding.DER)


def ocsp_answers(authority, stranger, certificate, other):
    """Name → an OCSP response to the question about a certificate."""
    good = authority.ocsp(certificate)
    begin, end = AT - 20 * DAY, AT - 10 * DAY
    return {
        "good": good,
        "good-sha256": authority.ocsp(certificate, digest=hashes.SHA256()),
        "by-delegate": authority.ocsp(certificate, signer=authority.delegate()),
        "revoked": authority.ocsp(certificate, revoked=FLAGS.key_compromise),
        "revoked-by-delegate": authority.ocsp(certificate, revoked=FLAGS.certificate_hold,
                                              signer=authority.delegate()),
        "revoked-without-reason": authority.ocsp(certificate, revoked=True),
        "unknown": authority.ocsp(certificate, unknown=True),
        "without-end": authority.ocsp(certificate, until=None),
        "without-end-old": authority.ocsp(certificate, made=AT - DAY / 12, until=None),
        "fast-clock": authority.ocsp(certificate, made=AT + DAY / 360),
        "slow-clock": authority.ocsp(certificate, made=AT - DAY, until=AT - DAY / 360),
        "made-last-week": authority.ocsp(certificate, made=AT - 6 * DAY, until=AT + 30 * DAY),
        "made-before-that": authority.ocsp(certificate, made=AT - 8 * DAY, until=AT + 30 * DAY),
        "stale": authority.ocsp(certificate, made=AT - 2 * DAY, until=AT - DAY),
        "too-new": authority.ocsp(certificate, made=AT + DAY, until=AT + 2 * DAY),
        "among-others": together(authority, authority.ocsp(other, revoked=True), good),
        "contradicting": together(authority, authority.ocsp(
            certificate, revoked=FLAGS.superseded, made=AT - DAY / 24), good),
        "contradicting-reversed": together(authority, good, authority.ocsp(
            certificate, revoked=FLAGS.superseded, made=AT - DAY / 24)),
        "stale-and-new": together(
            authority, authority.ocsp(certificate, made=AT - 2 * DAY, until=AT - DAY), good),
        "another-certificate": authority.ocsp(other),
        "another-issuer": authority.ocsp(certificate, issuer=stranger.certificate),
        "named-by-sha256": authority.ocsp(certificate, named_by=hashes.SHA256()),
        "by-stranger": stranger.ocsp(certificate, issuer=authority.certificate),
        "by-delegate-of-stranger": authority.ocsp(certificate, signer=stranger.delegate("spy")),
        "by-delegate-without-right": authority.ocsp(
            certificate, signer=authority.delegate(extensions=[])),
        "by-delegate-to-be-checked": authority.ocsp(certificate, signer=authority.delegate(
            extensions=[x509.ExtendedKeyUsage([ExtendedKeyUsageOID.OCSP_SIGNING])])),
        "by-delegate-for-other-ends": authority.ocsp(certificate, signer=authority.delegate(
            extensions=[x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])])),
        "by-delegate-of-the-past": authority.ocsp(
            certificate, signer=authority.delegate(start=begin, end=end)),
        "by-delegate-to-come": authority.ocsp(
            certificate, signer=authority.delegate(start=AT + DAY, end=AT + 9 * DAY)),
        "by-holder": authority.ocsp(certificate, signer=(
            certificate, authority.tree.keys.get(authority.tree.kind, "Authentication"))),
        "unsafe": authority.ocsp(certificate, digest=hashes.SHA1()),
        "try-later": der(ocsp.OCSPResponseBuilder.build_unsuccessful(
            ocsp.OCSPResponseStatus.TRY_LATER)),
        "one-byte-more": good + b"\0",
        "cut": good[:-1],
        "garbage": b"<html>Please sign in to the network</html>",
        "nothing": b"",
    }


def crl_answers(authority, stranger, certificate, other):
    """Name → a list that says something of a certificate."""
    good = authority.crl([other])
    delta = (x509.DeltaCRLIndicator(6), True)

    def scope(name=None, users=False, authorities=False, reasons=None, indirect=False):
        names = [x509.UniformResourceIdentifier(f"http://crl.example.org/{name}.crl")] if name else None
        return [(x509.IssuingDistributionPoint(names, None, users, authorities, reasons, indirect, False), True)]
    odd = x509.UnrecognizedExtension(ObjectIdentifier("1.3.6.1.4.1.99999.1"), b"\x05\x00")
    return {
        "good": good,
        "good-empty": authority.crl(),
        "good-sha256": authority.crl([other], digest=hashes.SHA256()),
        "revoked": authority.crl([other, (certificate, FLAGS.key_compromise)]),
        "revoked-without-reason": authority.crl([certificate]),
        "odd": authority.crl([other], extensions=[(odd, False)]),
        "odd-critical": authority.crl([other], extensions=[(odd, True)]),
        "delta": authority.crl([other], extensions=[delta]),
        "scope-whole": authority.crl([other], extensions=scope("Citizen-CA")),
        "scope-whole-revoked": authority.crl([certificate], extensions=scope("Citizen-CA")),
        "scope-elsewhere": authority.crl([other], extensions=scope("Citizen-CA-2")),
        "scope-authorities": authority.crl([other], extensions=scope(authorities=True)),
        "scope-users": authority.crl([other], extensions=scope("Citizen-CA", users=True)),
        "scope-reasons": authority.crl([other], extensions=scope(
            "Citizen-CA", reasons=frozenset([FLAGS.key_compromise]))),
        "scope-indirect": authority.crl([other], extensions=scope("Citizen-CA", indirect=True)),
        "stale": authority.crl([other], made=AT - 2 * DAY, until=AT - DAY),
        "too-new": authority.crl([other], made=AT + DAY, until=AT + 2 * DAY),
        "by-stranger": authority.crl([other], key=stranger.key),
        "another-issuer": Authority(authority.tree, authority.tree.root,
                                    authority.tree.root_key).crl([other]),
        "unsafe": authority.crl([other], digest=hashes.SHA1()),
        "one-byte-more": good + b"\0",
        "cut": good[:-1],
        "garbage": b"<html>Please sign in to the network</html>",
        "nothing": b"",
    }


class Responder:
    """Answers on loopback. `answers` has path → function of the request's body that gives bytes,
    or a status and bytes, or a status, bytes and headers; `by_hand` has path → function of the
    exchange that does it all; `asked` counts the requests."""

    def __init__(self):
        self.answers, self.by_hand, self.asked = {}, {}, {}
        self.lock = threading.Lock()
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                outer.answer(self)

            do_POST = do_GET

            def log_message(self, *_words):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.host = f"127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def address(self):
        return f"http://{self.host}"

    def answer(self, exchange):
        size = int(exchange.headers.get("Content-Length", 0))
        body = exchange.rfile.read(size)
        with self.lock:
            self.asked[exchange.path] = self.asked.get(exchange.path, 0) + 1
        if exchange.path in self.by_hand:
            self.by_hand[exchange.path](exchange)
            return
        make = self.answers.get(exchange.path)
        status, content, headers = 404, b"", {}
        if make is not None:
            made = make(body)
            made = (200, made) if isinstance(made, bytes) else made
            status, content, headers = (*made, {})[:3]
        try:
            exchange.send_response(status)
            if "Content-Length" not in headers and "Transfer-Encoding" not in headers:
                exchange.send_header("Content-Length", str(len(content)))
            for name, value in headers.items():
                exchange.send_header(name, value)
            exchange.end_headers()
            exchange.wfile.write(content)
        except OSError:
            pass  # whoever asked has given up

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


def serial_asked(body):
    """The number of the certificate that a request is about."""
    return ocsp.load_der_ocsp_request(body).serial_number


def answer_for(responder, office, cards, revoked):
    """Has it answered by OCSP, and by the list of the root, for all that these cards of an office have.

    `revoked` is a set of words of files, to be changed while it answers.
    """
    citizens, root = (Authority(office.ec, certificate, key) for certificate, key in
                      ((office.ec.ca, office.ec.ca_key), (office.ec.root, office.ec.root_key)))
    now = datetime.datetime.utcnow()
    about = {}
    for card in cards:
        for word, authority in (("authenticationCertificate", citizens), ("signatureCertificate", citizens),
                                ("registerCertificate", root)):
            certificate = x509.load_der_x509_certificate(eid_cards.der_in(card.files[word]))
            about[certificate.serial_number] = (word, certificate, authority)

    def answer(asked):
        word, certificate, authority = about[serial_asked(asked)]
        return authority.ocsp(certificate, made=now, until=now + DAY,
                              revoked=word in revoked and FLAGS.key_compromise)

    responder.answers = {"/ocsp": answer, "/Belgium-Root-CA6.crl": lambda _body: root.crl(made=now, until=now + DAY)}


def write(folder):
    office = eid_cards.Office("http://crl.example.org")
    for kind, tree in (("ec", office.ec), ("rsa", office.rsa)):
        authority = Authority(tree, tree.ca, tree.ca_key)
        # Of the same name, or only the name would tell them apart.
        stranger = Authority(office.stranger, office.stranger.ca, office.stranger.ca_key)
        certificate = tree.holder(eid_cards.IDENTITY[0x06], "Authentication")
        other = tree.holder("85073003427", "Authentication")
        for way, make in (("ocsp", ocsp_answers), ("crl", crl_answers)):
            place = pathlib.Path(folder) / kind / way
            place.mkdir(parents=True)
            (place / "certificate.der").write_bytes(eid_cards.der_of(certificate))
            (place / "issuer.der").write_bytes(eid_cards.der_of(tree.ca))
            for name, answer in make(authority, stranger, certificate, other).items():
                (place / name).write_bytes(answer)


if __name__ == "__main__":
    write(sys.argv[1])
