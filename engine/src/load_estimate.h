// Estimates when a full queue has room again. Owns running means of what steps and answers took; knows no jobs and no locks.
//
// A place in the queue is free as soon as one of the running requests ends and the first of the queue starts. A running request is
// expected to end after
//     (chunks of its prompt that are left + answer tokens that are left) x mean seconds of a step,
// where the answer is expected to have the mean length of recent answers: max(mean - made, mean / 2) tokens more, never more than
// its limit allows (before any answer has ended: all that the limit allows). With n running requests, in the order of their expected
// ends e[0..n), the k-th one who was refused (from 0; a place that becomes free counts one off, an empty queue all) is told
//     e[k mod n] + floor(k / n) x mean seconds that a request runs,
// so those who were refused don't all come back at once. Whole seconds, rounded up, 1 to 3600.
#pragma once

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <utility>
#include <vector>

namespace lemma {

class LoadEstimate {
 public:
  using Clock = std::chrono::steady_clock;

  void step(double seconds) { step_.add(seconds); }
  void ended(std::uint32_t answer_tokens, double seconds) {
    answer_.add(answer_tokens);
    run_.add(seconds);
  }

  /// Seconds until a request is expected to end that has so many prompt chunks left, and made so many of `limit` answer tokens.
  double seconds_left(std::uint32_t chunks, std::uint32_t made, std::uint32_t limit) const {
    const double room = limit - made;
    const double more = answer_.count == 0 ? room : std::min(room, std::max(answer_.mean - made, answer_.mean / 2));
    return (chunks + more) * step_.mean;
  }

  /// Sets the expected ends of the running requests, in seconds from now.
  void publish(std::vector<double> ends, Clock::time_point now) {
    ends_ = std::move(ends);
    std::ranges::sort(ends_);
    published_ = now;
  }
  /// Seconds after which the `refused`-th refused request should come back.
  std::uint32_t retry_after(std::size_t refused, Clock::time_point now) const {
    if (ends_.empty()) return 1;
    const double round = run_.count == 0 ? ends_.back() : run_.mean;
    const double at = ends_[refused % ends_.size()] + static_cast<double>(refused / ends_.size()) * round;
    const double left = std::ceil(at - std::chrono::duration<double>(now - published_).count());
    return static_cast<std::uint32_t>(std::clamp(left, 1.0, 3600.0));
  }

 private:
  // The mean of the first 32 values, afterwards one that forgets with that length.
  struct Mean {
    double mean = 0;
    std::uint32_t count = 0;
    void add(double value) {
      if (count < 32) ++count;
      mean += (value - mean) / count;
    }
  };

  Mean step_, answer_, run_;
  std::vector<double> ends_;
  Clock::time_point published_ = {};
};

}  // namespace lemma
