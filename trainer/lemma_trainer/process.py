"""The life of a rank as a process: asked to stop, or left by its parent. Needs no PyTorch: launch.py uses it too."""

import os
import signal
import threading
import time

STOPPED = 3  # exit code: ended by a signal after writing a checkpoint


class StopRequest:
    """`requested` once SIGTERM or SIGINT has come, or `file` is there (srun makes a SIGKILL of a SIGTERM that it gets). Another
    signal more than three seconds later ends the process at once; a scheduler may send one wish twice."""

    def __init__(self, file=None):
        self._signalled, self._since, self._file = False, 0.0, file
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._handle)

    @property
    def requested(self):
        return self._signalled or self._file is not None and os.path.exists(self._file)

    def _handle(self, number, _frame):
        if self._signalled and time.monotonic() - self._since > 3:
            os._exit(128 + number)
        if not self._signalled:
            self._signalled, self._since = True, time.monotonic()


def end_with_parent(grace_seconds=60):
    """Watches the parent process: when it is gone, asks this one to save and stop, and ends it after the grace."""
    parent = os.getppid()

    def watch():
        while os.getppid() == parent:
            time.sleep(0.5)
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(grace_seconds)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
