# expect: contained
# Raises its own limits.
import resource

for name in ["RLIMIT_CPU", "RLIMIT_AS", "RLIMIT_NPROC", "RLIMIT_NOFILE", "RLIMIT_FSIZE", "RLIMIT_CORE"]:
    for value in [(resource.RLIM_INFINITY, resource.RLIM_INFINITY), (1 << 40, 1 << 40)]:
        try:
            resource.setrlimit(getattr(resource, name), value)
            print("ESCAPED:", name)
        except (ValueError, OSError):
            pass
print("contained")
