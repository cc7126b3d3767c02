// The loops for AVX2.

#define LANES 8
#define GROUP 4
#define TABLE kAvx2Kernels
#define NAME "avx2"
#include "vector_kernels.inc"
