# expect: contained
# Asks the kernel for rights, namespaces, mounts, tracing, and memory that no limit counts.
import ctypes
import os
import platform

libc = ctypes.CDLL(None, use_errno=True)
NUMBERS = {
    "x86_64": dict(unshare=272, setns=308, mount=165, umount2=166, pivot_root=155, chroot=161, ptrace=101, bpf=321, perf_event_open=298,
                   keyctl=250, add_key=248, memfd_create=319, shmget=29, msgget=68, semget=64, userfaultfd=323, process_vm_readv=310,
                   open_by_handle_at=304, personality=135, init_module=175, kexec_load=246, reboot=169, swapon=167),
    "aarch64": dict(unshare=97, setns=268, mount=40, umount2=39, pivot_root=41, chroot=51, ptrace=117, bpf=280, perf_event_open=241,
                    keyctl=219, add_key=217, memfd_create=279, shmget=194, msgget=186, semget=190, userfaultfd=282, process_vm_readv=270,
                    open_by_handle_at=265, personality=92, init_module=105, kexec_load=104, reboot=142, swapon=224),
}[platform.machine()]
NUMBERS.update(io_uring_setup=425, fsopen=430, open_tree=428, memfd_secret=447)
arguments = {
    "unshare": [(0x10000000,), (0x00020000,), (0x40000000,)],
    "memfd_create": [(b"x", 0)],
    "shmget": [(0, 1 << 20, 0o1600)],
    "msgget": [(0, 0o1600)],
    "semget": [(0, 1, 0o1600)],
    "ptrace": [(0, 0, 0, 0)],
    "mount": [(b"none", b"/usr", b"tmpfs", 0, 0), (b"/", b"/work", 0, 4096, 0)],
    "chroot": [(b"/work",)],
    "keyctl": [(0, -3, 1)],
    "personality": [(0xFFFFFFFF,)],
    "io_uring_setup": [(4, ctypes.create_string_buffer(120))],
}
for name, number in NUMBERS.items():
    for values in arguments.get(name, [(0, 0, 0, 0)]):
        if libc.syscall(number, *values) != -1:
            print("ESCAPED:", name)
for change in [os.setuid, os.setgid, os.seteuid]:
    try:
        change(0)
        print("ESCAPED:", change.__name__)
    except OSError:
        pass
header, sets = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
libc.capget(header, sets)
if any(sets):
    print("ESCAPED: capabilities", list(sets))
if libc.prctl(39, 0, 0, 0, 0) != 1:
    print("ESCAPED: new rights are possible")
if os.getuid() == 0:
    print("ESCAPED: runs as root")
print("contained")
