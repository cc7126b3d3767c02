# expect: contained
# Sends signals to its parent, to everyone and to the numbers of other processes.
import os
import signal

signal.signal(signal.SIGTERM, signal.SIG_IGN)
for target in [1, os.getppid(), -1, *range(3, 3000)]:
    for which in [signal.SIGTERM, signal.SIGKILL]:
        if target == -1 and which == signal.SIGKILL:
            continue
        try:
            os.kill(target, which)
        except OSError:
            pass
try:
    os.killpg(os.getpgrp(), signal.SIGTERM)
except OSError:
    pass
print("contained")
