// The loops for AVX-512 (F, BW, VL, DQ).

#define LANES 16
#define GROUP 6
#define TABLE kAvx512Kernels
#define NAME "avx512"
#include "vector_kernels.inc"
