// The rotation table against numbers known from elsewhere: DeepSeek-V3's YaRN, Llama 3's divisors, and plain frequencies.

#include "rope.h"

#include <cmath>

#include "check.h"

using lemma::RopeConfig;
using lemma::RopeTable;

namespace {

// The angle by which pair `i` turns from one position to the next.
double speed(RopeTable& table, std::uint32_t i) {
  table.reserve(1);
  return std::atan2(table.row(1)[table.half() + i], table.row(1)[i]);
}

}  // namespace

TEST(plain_and_linear_frequencies) {
  RopeTable plain({.dimensions = 8, .base = 10000});
  RopeTable linear({.dimensions = 8, .base = 10000, .scale = 0.25});
  for (std::uint32_t i = 0; i < 4; ++i) {
    const double expected = std::pow(10.0, -static_cast<int>(i));
    CHECK_NEAR(speed(plain, i), expected, 1e-7);
    CHECK_NEAR(speed(linear, i), expected / 4, 1e-7);
  }
  plain.reserve(1000);
  CHECK_NEAR(static_cast<double>(plain.row(1000)[0]), std::cos(1000.0), 1e-7);
}

// DeepSeek-V3's scores: 192^-0.5 times the square of 0.1 ln(40) + 1.
TEST(yarn_growth_of_deepseek_v3) {
  CHECK_NEAR(lemma::yarn_growth(0.1, 40), 1.368888, 1e-6);
  CHECK_NEAR(lemma::yarn_growth(0.1, 40) * lemma::yarn_growth(0.1, 40) / std::sqrt(192.0), 0.135234, 1e-6);
  CHECK_EQ(lemma::yarn_growth(0.1, 40), lemma::yarn_magnitude(40));
  CHECK_NEAR(lemma::yarn_growth(0.0707, 40), 1.260804, 1e-6);  // V2-Lite: mscale_all_dim 0.707
  CHECK_EQ(lemma::yarn_growth(0.1, 0.5), 1.0);
}

// DeepSeek-V3: 64 elements, base 10,000, 40 times 4,096 tokens. Pairs up to 10 keep their frequency, pairs from 23 on have a
// fortieth of it, pair 16 is 6/13 of the way.
TEST(yarn_of_deepseek_v3) {
  RopeTable table({.dimensions = 64, .scale = 1.0 / 40, .yarn = lemma::RopeYarn{.original_context = 4096}});
  for (const std::uint32_t i : {0U, 5U, 10U, 11U, 16U, 22U, 23U, 31U}) {
    const double share = i <= 10 ? 0 : i >= 23 ? 1 : (i - 10) / 13.0;
    const double plain = std::pow(10000.0, -static_cast<double>(i) / 32);
    CHECK_NEAR(speed(table, i), plain * (1 - share) + plain / 40 * share, 1e-7);
  }
  CHECK_NEAR(lemma::yarn_magnitude(40), 1.36889, 1e-5);
  CHECK_NEAR(std::pow(lemma::yarn_magnitude(40), 2) / std::sqrt(192.0), 0.135234, 1e-6);
  CHECK_EQ(lemma::yarn_magnitude(1), 1.0);
  CHECK_EQ(lemma::yarn_magnitude(0.5), 1.0);
}

TEST(magnitude_and_divisors) {
  const std::vector<float> divisors = {1, 2, 4, 8};
  RopeTable table({.dimensions = 8, .base = 10000, .magnitude = 1.5, .factors = divisors});
  for (std::uint32_t i = 0; i < 4; ++i) {
    CHECK_NEAR(speed(table, i), std::pow(10.0, -static_cast<int>(i)) / static_cast<double>(divisors[i]), 1e-7);
    CHECK_NEAR(std::hypot(static_cast<double>(table.row(1)[i]), static_cast<double>(table.row(1)[4 + i])), 1.5, 1e-6);
    CHECK_EQ(table.row(0)[i], 1.5F);
  }
}

// A base of 1 and contexts of one token have no ramp to speak of; nothing may become infinite.
TEST(yarn_at_its_bounds_stays_finite) {
  for (const double base : {1.0, 1.0000001, 1e12})
    for (const double context : {1.0, 1e7})
      for (const double beta : {1e-6, 1.0, 1e6}) {
        RopeTable table({.dimensions = 16, .base = base, .scale = 0.5,
                         .yarn = lemma::RopeYarn{.original_context = context, .beta_fast = beta, .beta_slow = 1}});
        table.reserve(0);
        for (std::uint32_t i = 0; i < 8; ++i) {
          const double turned = speed(table, i);
          CHECK(turned >= 0.49 * std::pow(base, -2.0 * i / 16) && turned <= 1.01 * std::pow(base, -2.0 * i / 16));
        }
      }
}
