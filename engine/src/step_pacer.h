// Decides how many prompt rows a step may have while choices decode, by measuring: so many that the step takes about kStretch times
// as long as decoding alone. So a long prompt slows the others down, and never makes one wait for a whole step budget. Results don't
// depend on the cut, so a wrong guess costs only time. Knows no requests.
#pragma once

#include <algorithm>
#include <cstdint>

namespace lemma {

class StepPacer {
 public:
  /// Prompt rows of the next step beside `decoding` rows, out of `most`.
  std::uint32_t budget(std::uint32_t decoding, std::uint32_t most) const {
    if (decoding == 0) return most;
    if (decode_ == 0 || row_ == 0) return std::min(most, kUnknown);
    const double rows = std::min((kStretch - 1) * decode_ / row_, 65536.0);
    return std::min(most, std::max(kLeast, static_cast<std::uint32_t>(rows) / kLeast * kLeast));
  }
  /// Learns how long a step took.
  void report(std::uint32_t decoding, std::uint32_t prompt_rows, double seconds) {
    if (prompt_rows == 0) learn(decode_, seconds);
    if (prompt_rows >= kLeast / 2) learn(row_, std::max(seconds - (decoding == 0 ? 0 : decode_), seconds / 16) / prompt_rows);
  }

 private:
  static constexpr double kStretch = 2.5;       // the goal for the worst gap is 4: the rest is left for noise
  static constexpr std::uint32_t kLeast = 8;    // rows: fewer are hardly cheaper, the weights are read once a step
  static constexpr std::uint32_t kUnknown = 64;

  static void learn(double& mean, double value) { mean = mean == 0 ? value : mean + (value - mean) / 4; }

  double decode_ = 0;  // seconds of a step without prompt rows
  double row_ = 0;     // seconds that a prompt row adds
};

}  // namespace lemma
