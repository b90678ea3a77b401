# SPDX-License-Identifier: GPL-3.0-or-later
"""What a process has in its memory, and what it leaves of it."""
import os
import pathlib
import re

# Larger than any heap is only what a sanitizer keeps its own notes in.
MAPPING_MAX = 1 << 36


def leaves_core(pid):
    """Whether a crash of the process would write its memory to a file."""
    with open(f"/proc/{pid}/limits", encoding="utf-8") as limits:
        line = next(line for line in limits if line.startswith("Max core file size"))
    return line.split()[4:6] != ["0", "0"]


def locked(pid):
    """How many kilobytes of the process are kept from being written to disk."""
    return int(re.search(r"VmLck:\s+(\d+)", pathlib.Path(f"/proc/{pid}/status").read_text(encoding="utf-8"))[1])


def holds(pid, text):
    """Whether the process has the text anywhere that it may write to."""
    return bool(held(pid, {"text": text}))


def held(pid, forms):
    """The names of those texts (name → bytes) that the process has anywhere that it may write to."""
    found = set()
    longest = max(map(len, forms.values()))
    with open(f"/proc/{pid}/maps", encoding="utf-8") as maps, open(f"/proc/{pid}/mem", "rb", 0) as memory:
        for line in maps:
            span, rights = line.split()[:2]
            begin, end = (int(number, 16) for number in span.split("-"))
            if not rights.startswith("rw") or end - begin > MAPPING_MAX:
                continue
            for piece in pieces(memory, begin, end, longest):
                found |= {form for form, text in forms.items() if form not in found and text in piece}
    return [form for form in forms if form in found]


def pieces(memory, begin, end, overlap):
    """The bytes from begin to end, some at a time."""
    while begin < end:
        try:
            memory.seek(begin)
            yield memory.read(min(end - begin, 1 << 24))
        except OSError:
            pass  # a guard page
        begin += (1 << 24) - overlap


def mappings(process):
    """Each writable mapping of a process: where it is, its flags, what is in it."""
    area, found = None, []
    for line in pathlib.Path(f"/proc/{process}/smaps").read_text(encoding="utf-8").splitlines():
        begin = re.match(r"([0-9a-f]+)-([0-9a-f]+) (\S+)", line)
        if begin:
            area = (int(begin[1], 16), int(begin[2], 16), begin[3])
        elif line.startswith("VmFlags:") and "w" in area[2]:
            found.append((area[0], area[1], line.split()[1:]))
    return found


def search(process, forms):
    """Where one of several texts (name → bytes) is in a process: its name and the flags of the mapping, each time."""
    places = []
    with open(f"/proc/{process}/mem", "rb", buffering=0) as memory:
        for begin, end, flags in mappings(process):
            if end - begin > MAPPING_MAX:
                continue
            for at in touched(process, begin, end):
                try:
                    memory.seek(at[0])
                    content = memory.read(at[1] - at[0])
                except OSError:
                    continue
                for form, pattern in forms.items():
                    places += [(form, tuple(flags))] * content.count(pattern)
    return places


def touched(process, begin, end):
    """The runs of pages between two addresses that have something in them (pagemap)."""
    page = os.sysconf("SC_PAGESIZE")
    runs, start = [], None
    with open(f"/proc/{process}/pagemap", "rb", buffering=0) as table:
        at = begin
        while at < end:
            table.seek(at // page * 8)
            entries = table.read(min((end - at) // page, 1 << 16) * 8)
            if not entries:
                break
            if not any(entries):
                start = close(runs, start, at)
                at += len(entries) // 8 * page
                continue
            for index in range(7, len(entries), 8):
                here = at + index // 8 * page
                if entries[index] & 0xC0:
                    start = here if start is None else start
                else:
                    start = close(runs, start, here)
            at += len(entries) // 8 * page
    close(runs, start, end)
    return runs


def close(runs, start, end):
    if start is not None:
        runs.append((start, end))
    return None
