# expect: budget wall
# Uses no CPU time and never ends.
import time

time.sleep(100000)
