// SHA-256's compression for every CPU (FIPS 180-4, 6.2.2).

#include <bit>

#include "kernels.h"
#include "sha256_constants.h"

namespace lemma_data {

void sha256_blocks_scalar(std::uint32_t state[8], const std::uint8_t* bytes, std::size_t blocks) {
  const auto sigma = [](std::uint32_t x, int a, int b, int c) { return std::rotr(x, a) ^ std::rotr(x, b) ^ (x >> c); };
  const auto sum = [](std::uint32_t x, int a, int b, int c) { return std::rotr(x, a) ^ std::rotr(x, b) ^ std::rotr(x, c); };
  for (; blocks > 0; --blocks, bytes += 64) {
    std::uint32_t w[64];
    for (int i = 0; i < 16; ++i)
      w[i] = std::uint32_t{bytes[4 * i]} << 24 | std::uint32_t{bytes[4 * i + 1]} << 16 | std::uint32_t{bytes[4 * i + 2]} << 8 |
             bytes[4 * i + 3];
    for (int i = 16; i < 64; ++i) w[i] = w[i - 16] + sigma(w[i - 15], 7, 18, 3) + w[i - 7] + sigma(w[i - 2], 17, 19, 10);
    std::uint32_t v[8];
    for (int i = 0; i < 8; ++i) v[i] = state[i];
    for (int i = 0; i < 64; ++i) {
      const std::uint32_t one = v[7] + sum(v[4], 6, 11, 25) + ((v[4] & v[5]) ^ (~v[4] & v[6])) + kSha256[i] + w[i];
      const std::uint32_t two = sum(v[0], 2, 13, 22) + ((v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]));
      for (int j = 7; j > 0; --j) v[j] = v[j - 1];
      v[4] += one;
      v[0] = one + two;
    }
    for (int i = 0; i < 8; ++i) state[i] += v[i];
  }
}

}  // namespace lemma_data
