# expect: contained
# Shared memory is memory too.
import mmap

maps = []
try:
    for _ in range(4096):
        maps.append(mmap.mmap(-1, 1 << 24))
        maps[-1][0] = 1
except (OSError, MemoryError):
    pass
print("contained" if len(maps) < 64 else f"ESCAPED: {len(maps) * 16} MiB")
