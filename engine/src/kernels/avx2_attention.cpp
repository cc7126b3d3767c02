// Softmax attention with AVX2.

#if defined(__x86_64__)

#include "kernels/avx2_math.h"
#include "kernels/v16_attention.h"

namespace lemma::avx2 {

void attention(const AttentionArgs& args) { attend<uint16_t>(args); }
void attention_f32(const AttentionArgs& args) { attend<float>(args); }
void attention_q8(const AttentionArgs& args) { attend<int8_t>(args); }

}  // namespace lemma::avx2

#endif
