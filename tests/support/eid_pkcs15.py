# SPDX-License-Identifier: GPL-3.0-or-later
"""The PKCS#15 files of a Belgian card (ISO 7816-15), by which generic readers find their way."""

AID = bytes.fromhex("A000000177504B43532D3135")


def der(tag, *parts):
    content = b"".join(parts)
    size = len(content)
    if size < 0x80:
        return bytes([tag, size]) + content
    if size < 0x100:
        return bytes([tag, 0x81, size]) + content
    return bytes([tag, 0x82, size >> 8, size & 0xFF]) + content


def path(hexadecimal):
    return der(0x30, der(0x04, bytes.fromhex(hexadecimal)))


def certificate_object(label, identifier, where, authority=False):
    attributes = der(0x04, bytes([identifier]))
    if authority:
        attributes += der(0x01, b"\xff")
    return der(0x30, der(0x30, der(0x0C, label.encode()), der(0x03, b"\x00")),
               der(0x30, attributes),
               der(0xA1, der(0x30, path(where))))


def private_key_object(label, identifier, usage, reference):
    """An RSA key that the PIN opens, by the number that the applet knows it under."""
    return der(0x30,
               der(0x30, der(0x0C, label.encode()), der(0x03, b"\x07\x80"), der(0x04, b"\x01")),
               der(0x30, der(0x04, bytes([identifier])), der(0x03, usage),
                   der(0x03, b"\x03\xb8"), der(0x02, bytes([0, reference]))),
               der(0xA1, der(0x30, path("3F00DF00"), der(0x02, b"\x08\x00"))))


def pin_object():
    return der(0x30,
               der(0x30, der(0x0C, b"Basic PIN"), der(0x03, b"\x06\xc0")),
               der(0x30, der(0x04, b"\x01")),
               der(0xA1, der(0x30, der(0x03, b"\x02\x0c"), der(0x0A, b"\x00"), der(0x02, b"\x04"),
                             der(0x02, b"\x08"), der(0x02, b"\x0c"), der(0x80, b"\x01"),
                             der(0x04, b"\xff"))))


def files(chip, rsa):
    """Path → content, beside the files of the identity itself. Keys that sign are listed where
    they are RSA."""
    labels = {"Authentication": (2, "3F00DF005038", False), "Signature": (3, "3F00DF005039", False),
              "CA": (4, "3F00DF00503A", True), "Root": (6, "3F00DF00503B", True)}
    directory = der(0x61, der(0x4F, AID), der(0x50, b"BELPIC"),
                    der(0x51, bytes.fromhex("3F00DF00")))
    objects = (der(0xA0, path("3F00DF005035")) + der(0xA4, path("3F00DF005037")) +
               der(0xA8, path("3F00DF005034")))
    token = der(0x30, der(0x02, b"\x00"), der(0x04, chip), der(0x80, b"BELPIC"),
                der(0x03, b"\x04\x30"), der(0x9E, b"\x01\x01\x01\x00"))
    certificates = b"".join(certificate_object(label, *rest) for label, rest in labels.items())
    keys = (private_key_object("Authentication", 2, b"\x05\x20", 0x82) +
            private_key_object("Signature", 3, b"\x06\x00\x40", 0x83)) if rsa else b""
    return {
        bytes.fromhex("2F00"): directory,
        bytes.fromhex("DF005031"): objects,
        bytes.fromhex("DF005032"): token,
        bytes.fromhex("DF005034"): pin_object() if rsa else b"",
        bytes.fromhex("DF005035"): keys,
        bytes.fromhex("DF005037"): certificates,
    }
