# SPDX-License-Identifier: GPL-3.0-or-later
"""A chip that takes as long as a real one."""
import time

from virtual_card import Chip

# Of real cards and readers: 10 ms a command, and 115,200 bits a second.
EXCHANGE_SECONDS, BYTE_SECONDS = 0.010, 0.0001


class SlowChip(Chip):
    """Takes its time, and knows how much it took."""
    slow = True
    took = 0.0

    def answer(self, command):
        answer = super().answer(command)
        if self.slow:
            seconds = EXCHANGE_SECONDS + BYTE_SECONDS * (len(command) + len(answer))
            self.took += seconds
            time.sleep(seconds)
        return answer
