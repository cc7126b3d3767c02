# expect: contained
# Starts threads until none can be had.
import threading
import time

started = 0
try:
    while True:
        threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
        started += 1
except (RuntimeError, MemoryError):
    pass
print("contained" if started < 64 else f"ESCAPED: {started} threads")
