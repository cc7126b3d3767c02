# expect: budget cpu
# The signal at the soft limit of CPU time is ignored; the hard limit can't be.
import signal

signal.signal(signal.SIGXCPU, signal.SIG_IGN)
while True:
    pass
