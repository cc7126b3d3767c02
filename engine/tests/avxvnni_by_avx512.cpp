// The 256-bit VNNI kernels compiled with AVX-512's encoding of the same instruction, for kernels_test.

#include "kernels/avxvnni_matmul.cpp"
