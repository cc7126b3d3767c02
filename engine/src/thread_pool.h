// The persistent worker threads of a forward pass. A pass runs the same function on every thread; inside it, parallel() splits
// a phase into items and ends in a barrier. Knows nothing of models.
//
// Waiting: spin for some microseconds (phases are short), then yield (another thread may need this core), then sleep in the
// kernel. So idle engines cost nothing, and more threads than cores is slow rather than a standstill.
// Sharing of a phase: each thread owns an equal range of items and takes from its front; when done it takes from the others'.
// The same thread meets the same weights in each pass (they stay in its cache), and a thread that lost its core doesn't hold
// up the rest. Counters are doubled: in a phase, each thread clears its own counter of the next phase; nobody else can
// touch that one, for all have passed the barrier of the phase before.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <thread>
#include <vector>

namespace lemma {

/// Threads to use by default: LEMMA_THREADS if set, else physical cores that this process may run on.
std::uint32_t default_threads();

class ThreadPool {
 public:
  explicit ThreadPool(std::uint32_t threads);
  ~ThreadPool();
  ThreadPool(const ThreadPool&) = delete;
  ThreadPool& operator=(const ThreadPool&) = delete;

  std::uint32_t size() const { return size_; }
  /// How many threads the next runs use, 1 to size(); only between runs.
  void use(std::uint32_t threads) { active_ = threads; }

  /// Runs work(thread) on the threads in use, the caller as thread 0; returns when all are done. One caller at a time.
  void run(const std::function<void(std::uint32_t thread)>& work);

  /// Inside run: splits items into [begin, end) pieces of at most `grain`, and waits until all threads' pieces are done. Towards the end
  /// pieces become smaller, so that no thread waits long for the last one.
  template <typename Piece>
  void parallel(std::uint32_t thread, std::uint32_t items, std::uint32_t grain, Piece&& piece) {
    if (active_ == 1) {
      if (items > 0) piece(0U, items);
      return;
    }
    Lane& mine = lanes_[thread];
    const std::uint32_t slot = mine.phase++ & 1U;
    mine.taken[slot ^ 1U].store(0, std::memory_order_relaxed);
    for (std::uint32_t turn = 0; turn < active_; ++turn) {
      const std::uint32_t owner = thread + turn < active_ ? thread + turn : thread + turn - active_;
      const std::uint32_t begin = share(items, owner), end = share(items, owner + 1);
      std::atomic<std::uint32_t>& taken = lanes_[owner].taken[slot];
      for (std::uint32_t at; (at = begin + taken.load(std::memory_order_relaxed)) < end;) {
        const std::uint32_t left = end - at, few = left < 2 * kTail ? kTail : left / 2, size = few < grain ? few : grain;
        const std::uint32_t from = begin + taken.fetch_add(size, std::memory_order_relaxed);
        if (from >= end) break;
        piece(from, from + size < end ? from + size : end);
      }
    }
    barrier();
  }

  /// Inside run: waits for all threads.
  void barrier();

 private:
  static constexpr std::uint32_t kTail = 2;  // items of the smallest pieces, where the grain allows them
  static constexpr std::uint32_t kCountBits = 11, kCountMask = (1U << kCountBits) - 1, kNobody = 1;
  struct alignas(64) Lane {
    std::atomic<std::uint32_t> taken[2] = {0, 0};
    std::uint32_t phase = 0;
  };

  std::uint32_t share(std::uint32_t items, std::uint32_t thread) const {
    return static_cast<std::uint32_t>(std::uint64_t{items} * thread / active_);
  }
  void work_loop(std::uint32_t thread);

  const std::uint32_t size_;
  std::uint32_t active_;
  std::unique_ptr<Lane[]> lanes_;
  const std::function<void(std::uint32_t)>* work_ = nullptr;
  alignas(64) std::atomic<std::uint32_t> arrived_{0};
  alignas(64) std::atomic<std::uint32_t> generation_{0};  // counts barriers
  // Counts runs, and says in the same word how many threads this one is for: a thread that it isn't for may wake up late and
  // must not take the next run's number for this one's. 0 threads: the end.
  alignas(64) std::atomic<std::uint32_t> job_{kNobody};
  std::vector<std::thread> threads_;
};

}  // namespace lemma
