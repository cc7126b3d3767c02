// Decides how many threads a pass uses, by measuring. Small passes on a busy machine are faster on one thread: with several, each
// barrier waits until the system lets the slowest one run. Results don't depend on the count, so trying costs only time.
//
// Per size of batch (powers of two): one count is in use; now and then a pass or a few try half or twice as many. What was
// tried and proved slower is tried again only after a time in proportion to what the trial cost (about 5 % is lost at most). Passes
// longer than kLong never try fewer threads: there barriers weigh nothing, and a trial would be a gap that people see.
#pragma once

#include <array>
#include <bit>
#include <cstdint>

namespace lemma {

class ThreadGovernor {
 public:
  explicit ThreadGovernor(std::uint32_t threads) : threads_(threads) {
    while ((threads_ >> levels_) > 1) ++levels_;
  }

  /// Threads for a batch of this many rows.
  std::uint32_t choose(std::uint32_t rows) const {
    const Size& size = sizes_[index(rows)];
    return count(size.trial >= 0 ? size.trial : size.level);
  }
  /// Learns how long that pass took.
  void report(std::uint32_t rows, double seconds) {
    if (levels_ == 0) return;
    now_ += seconds;
    Size& size = sizes_[index(rows)];
    const double cost = seconds / rows;
    if (size.trial < 0) {
      ++size.passes;
      size.usual = size.usual == 0 ? cost : size.usual + (cost - size.usual) / (size.passes < 8 ? size.passes : 8);
      if (size.passes >= kWarmUp && now_ >= size.next_trial) start_trial(size, size.usual * rows < kLong);
      return;
    }
    size.tried += cost / kTrialPasses;
    size.spent += seconds - size.usual * rows;
    if (++size.passes < kTrialPasses && cost < kHopeless * size.usual) return;
    const bool better = size.tried < size.usual * kClearly && size.passes == kTrialPasses;
    if (better) {  // go on in this direction
      size.level = size.trial;
      size.usual = size.tried;
      size.next_trial = now_;
    } else {
      size.fewer_next = !size.fewer_next;
      size.next_trial = now_ + kPatience + kCostShare * size.spent;
    }
    size.trial = -1;
    size.passes = 0;
  }

 private:
  static constexpr int kTrialPasses = 4, kWarmUp = 4;
  static constexpr double kLong = 0.01;  // seconds
  static constexpr double kClearly = 0.93, kHopeless = 3, kPatience = 0.1, kCostShare = 20;
  struct Size {
    int level = 0;           // threads >> level
    int trial = -1;
    int passes = 0;
    bool fewer_next = true;
    double usual = 0, tried = 0, spent = 0, next_trial = 0;
  };

  std::uint32_t count(int level) const {
    const std::uint32_t threads = threads_ >> level;
    return threads == 0 ? 1 : threads;
  }
  static std::size_t index(std::uint32_t rows) { return static_cast<std::size_t>(std::bit_width(rows)) % 16; }

  void start_trial(Size& size, bool may_be_fewer) const {
    int candidate = size.level + (size.fewer_next ? 1 : -1);
    if (candidate < 0 || candidate > levels_) candidate = size.level + (size.fewer_next ? -1 : 1);
    if (!may_be_fewer) candidate = size.level - 1;
    if (candidate < 0) return;
    size.fewer_next = candidate > size.level;
    size.trial = candidate;
    size.passes = 0;
    size.tried = size.spent = 0;
  }

  std::uint32_t threads_;
  int levels_ = 0;           // halvings until one thread
  double now_ = 0;           // time spent in passes
  std::array<Size, 16> sizes_;
};

}  // namespace lemma
