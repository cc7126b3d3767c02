# expect: contained
# Looks for files of the machine, by every road to the root.
import os

for path in [
    "/etc/passwd", "/etc/shadow", "/etc/hostname", "/root", "/home", "/tmp", "/var", "/sys", "/proc/self/environ", "/proc/1/root/etc/passwd",
    "/proc/self/fd", "/dev/sda", "/dev/vda", "/dev/mem", "/dev/kmsg", "/work/../etc/passwd", "/usr/lib/../../etc/passwd", "/lib/../etc/passwd",
    "/lib64/../../root/.ssh", "/oldroot", "/newroot", "/run", "/boot", "/usr/local", "/usr/share",
]:
    if os.path.lexists(path):
        print("ESCAPED: sees", path)
names = sorted(os.environ)
if names != ["HOME", "LANG", "PATH", "PWD"]:
    print("ESCAPED: environment", names)
nothing = os.stat("/dev/null").st_rdev
for number in range(4, 1000):
    try:
        if os.fstat(number).st_rdev != nothing:
            print("ESCAPED: inherited file descriptor", number)
    except OSError:
        pass
print("contained")
