# expect: contained
# Starts other processes by every call that makes one.
import ctypes
import multiprocessing
import os
import platform
import subprocess

def attempt(what, work):
    try:
        work()
        print("ESCAPED:", what)
    except (OSError, RuntimeError):
        pass

attempt("fork", os.fork)
attempt("subprocess", lambda: subprocess.run(["/usr/bin/prlimit"]))
attempt("shell", lambda: subprocess.run("true", shell=True, check=True))
attempt("posix_spawn", lambda: os.posix_spawn("/usr/bin/prlimit", ["prlimit"], {}))
attempt("multiprocessing", lambda: multiprocessing.get_context("fork").Process(target=print).start())
libc = ctypes.CDLL(None, use_errno=True)
clone, vfork, clone3 = {"x86_64": (56, 58, 435), "aarch64": (220, 220, 435)}[platform.machine()]
for flags in [17, 0x10000000 | 17, 0x20000000 | 17, 0x00000100 | 17]:
    if libc.syscall(clone, flags, 0, 0, 0, 0) >= 0:
        print("ESCAPED: clone", hex(flags))
if libc.syscall(clone3, 0, 0) >= 0 or ctypes.get_errno() != 38:
    print("ESCAPED: clone3")
print("contained")
