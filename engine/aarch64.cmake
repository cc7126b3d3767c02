# Tool chain for 64-bit ARM on another machine: Debian's g++-aarch64-linux-gnu and qemu-user. The emulator stops with SIGILL at what its
# CPU lacks; "max" has the dot product.
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR aarch64)
set(CMAKE_CXX_COMPILER aarch64-linux-gnu-g++)
set(CMAKE_CROSSCOMPILING_EMULATOR "qemu-aarch64;-cpu;max;-L;/usr/aarch64-linux-gnu")
