# expect: budget output
# Floods the file descriptor that carries results.
import os

while True:
    os.write(3, b"value 1\n" * 1000)
