# expect: refuted
# Closes what it is connected by, then waits for nothing.
import os

os.closerange(0, 64)
