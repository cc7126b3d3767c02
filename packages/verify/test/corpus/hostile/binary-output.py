# expect: refuted
import sys

sys.stdout.buffer.write(bytes(range(256)) * 10 + b"\x00\xff\xfe contained \x1b[2J")
