# SPDX-License-Identifier: GPL-3.0-or-later
"""What pcscd says of a reader, asked as any program asks it."""
import ctypes

EMPTY = 0x0010  # SCARD_STATE_EMPTY
SYSTEM = 2  # SCARD_SCOPE_SYSTEM


class ReaderState(ctypes.Structure):
    """SCARD_READERSTATE."""
    _fields_ = [("name", ctypes.c_char_p), ("user_data", ctypes.c_void_p), ("known", ctypes.c_ulong),
                ("now", ctypes.c_ulong), ("atr_size", ctypes.c_ulong), ("atr", ctypes.c_ubyte * 33)]


def is_empty(reader):
    """Whether pcscd has a reader of that name, and no card in it."""
    library = ctypes.CDLL("libpcsclite.so.1")
    context = ctypes.c_long()
    if library.SCardEstablishContext(ctypes.c_ulong(SYSTEM), None, None, ctypes.byref(context)) != 0:
        return False
    state = ReaderState(name=reader.encode())
    found = library.SCardGetStatusChange(context, ctypes.c_ulong(0), ctypes.byref(state), ctypes.c_ulong(1)) == 0
    library.SCardReleaseContext(context)
    return found and state.now & EMPTY != 0
