# expect: contained
# Talks to the machine it runs on, and to others.
import ctypes
import socket
import sys

port = int(sys.stdin.readline() or "80")
for family in [socket.AF_INET, socket.AF_INET6, socket.AF_UNIX, getattr(socket, "AF_NETLINK", 16), getattr(socket, "AF_PACKET", 17), 40]:
    for kind in [socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW]:
        try:
            socket.socket(family, kind)
            print("ESCAPED: socket", family, kind)
        except OSError:
            pass
try:
    socket.create_connection(("127.0.0.1", port), 2)
    print("ESCAPED: connected")
except OSError:
    pass
try:
    print("ESCAPED: looked up", socket.gethostbyname("example.org"))
except OSError:
    pass
libc = ctypes.CDLL(None)
if libc.socket(2, 1, 0) >= 0 or libc.socketpair(1, 1, 0, (ctypes.c_int * 2)()) >= 0:
    print("ESCAPED: the C library has a socket")
print("contained")
