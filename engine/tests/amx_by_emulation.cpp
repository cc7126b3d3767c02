// The AMX kernels over emulated tile operations, for kernels_test.

#include "kernels/amx_matmul.cpp"
