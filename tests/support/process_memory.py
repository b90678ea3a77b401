# SPDX-License-Identifier: GPL-3.0-or-later
"""What a process has in its memory, and what it leaves of it."""


def leaves_core(pid):
    """Whether a crash of the process would write its memory to a file."""
    with open(f"/proc/{pid}/limits", encoding="utf-8") as limits:
        line = next(line for line in limits if line.startswith("Max core file size"))
    return line.split()[4:6] != ["0", "0"]


def holds(pid, text):
    """Whether the process has the text anywhere that it may write to."""
    with open(f"/proc/{pid}/maps", encoding="utf-8") as maps, open(f"/proc/{pid}/mem", "rb", 0) as memory:
        for line in maps:
            span, rights = line.split()[:2]
            begin, end = (int(number, 16) for number in span.split("-"))
            # What is larger than any heap is a sanitizer's own map of the memory.
            if not rights.startswith("rw") or end - begin > 1 << 36:
                continue
            if any(text in piece for piece in pieces(memory, begin, end, len(text))):
                return True
    return False


def pieces(memory, begin, end, overlap):
    """The bytes from begin to end, some at a time."""
    while begin < end:
        try:
            memory.seek(begin)
            yield memory.read(min(end - begin, 1 << 24))
        except OSError:
            pass  # a guard page
        begin += (1 << 24) - overlap
