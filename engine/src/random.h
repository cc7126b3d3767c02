// The random stream of sampling: a number is a function of seed, choice and position, so it depends neither on the batch nor on
// what was drawn before.
#pragma once

#include <cstdint>

namespace lemma {

/// The finaliser of SplitMix64 (Steele, Lea, Flood 2014).
constexpr std::uint64_t mix64(std::uint64_t x) {
  x += 0x9E3779B97F4A7C15ULL;
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ULL;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBULL;
  return x ^ (x >> 31);
}

/// Uniform in [0, 1), 53 bits.
constexpr double uniform(std::uint64_t seed, std::uint32_t choice, std::uint32_t position) {
  const std::uint64_t counter = (std::uint64_t{choice} << 32) | position;
  return static_cast<double>(mix64(mix64(seed) ^ mix64(counter)) >> 11) * 0x1p-53;
}

}  // namespace lemma
