// Softmax attention with NEON.

#if defined(__aarch64__)

#include "kernels/neon_math.h"
#include "kernels/v16_attention.h"

namespace lemma::neon {

void attention(const AttentionArgs& args) { attend<uint16_t>(args); }
void attention_f32(const AttentionArgs& args) { attend<float>(args); }
void attention_q8(const AttentionArgs& args) { attend<int8_t>(args); }

}  // namespace lemma::neon

#endif
