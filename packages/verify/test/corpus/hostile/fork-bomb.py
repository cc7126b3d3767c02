# expect: budget
# A fork bomb that never gives up.
import os

while True:
    try:
        os.fork()
    except OSError:
        pass
