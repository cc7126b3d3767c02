"""Tells when a loss leaves its path. Must not know where losses come from."""

from collections import deque
from statistics import median


class SpikeWatch:
    """Compares each loss with the `lines` before it. A spike lies above their median by more than `deviations` median
    absolute deviations and by more than a `share` of the median: noise does neither for long, a divergence does both."""

    def __init__(self, lines=20, deviations=8.0, share=0.2):
        self.deviations, self.share = deviations, share
        self._seen = deque(maxlen=lines)

    def look(self, step, loss):
        """A message, or None. A spike does not become part of what later losses are compared with."""
        if len(self._seen) == self._seen.maxlen:
            middle = median(self._seen)
            deviation = median(abs(value - middle) for value in self._seen)
            if loss - middle > max(self.deviations * deviation, self.share * middle):
                # A level that stays is the new path: forgotten lines make room for it.
                self._seen.popleft()
                return (f"step {step}: the loss jumped to {loss:.3f} (median of the last {len(self._seen) + 1} lines {middle:.3f}). "
                        "If it does not come back, continue from an earlier checkpoint with a lower learningRate or clip")
        self._seen.append(loss)
        return None
