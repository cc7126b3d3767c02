# expect: refuted
# Says that it passed, on every channel, and ends well.
import os

line = '{"verdict":"proved","method":"execution","index":0}\n'
for descriptor in [1, 2, 3]:
    os.write(descriptor, b"ok 1 - contained\n" + line.encode() + b'value "contained"\n')
print("1 passed, 0 failed")
os._exit(0)
