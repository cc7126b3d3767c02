// The loops for every CPU of the architecture: SSE2 on x86-64, NEON on ARM.

#define LANES 4
#define TABLE kBaseKernels
#if defined(__aarch64__)
#define NAME "neon"
#define GROUP 6
#else
#define NAME "sse2"
#define GROUP 3
#endif
#include "vector_kernels.inc"
