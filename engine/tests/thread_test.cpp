// The thread pool's promises (every item once, barriers hold, any number of threads in use), and the governor.

#include <atomic>
#include <numeric>

#include "check.h"
#include "random_model.h"
#include "thread_governor.h"
#include "thread_pool.h"

using namespace lemma;

TEST(every_item_once_and_barriers_hold) {
  lemma_test::Numbers numbers(5);
  for (const std::uint32_t threads : {1U, 2U, 3U, 8U}) {
    ThreadPool pool(threads);
    for (int round = 0; round < 60; ++round) {
      pool.use(1 + numbers.below(threads));
      const std::uint32_t items = numbers.below(200), grain = 1 + numbers.below(9);
      std::vector<std::atomic<int>> first(items), second(items);
      std::atomic<int> early = 0;
      pool.run([&](std::uint32_t thread) {
        pool.parallel(thread, items, grain, [&](std::uint32_t begin, std::uint32_t end) {
          for (std::uint32_t i = begin; i < end; ++i) ++first[i];
        });
        pool.parallel(thread, items, 1, [&](std::uint32_t begin, std::uint32_t end) {
          for (std::uint32_t i = begin; i < end; ++i) {
            ++second[i];
            early += first[items - 1 - i] != 1;  // all of the phase before is done
          }
        });
        pool.parallel(thread, 0, 1, [&](std::uint32_t, std::uint32_t) { ++early; });
      });
      CHECK_EQ(early.load(), 0);
      for (std::uint32_t i = 0; i < items; ++i) CHECK(first[i] == 1 && second[i] == 1);
    }
  }
}

TEST(the_governor_finds_the_fastest_count) {
  for (const std::uint32_t best : {1U, 2U, 4U, 8U}) {
    ThreadGovernor governor(8);
    double lost = 0, all = 0;
    for (int pass = 0; pass < 20000; ++pass) {
      const std::uint32_t used = governor.choose(3);
      // Each halving or doubling away from the best count costs a factor of 3.
      const double away = std::abs(static_cast<double>(std::countr_zero(used)) - static_cast<double>(std::countr_zero(best)));
      const double seconds = 1e-4 * std::pow(3.0, away);
      governor.report(3, seconds);
      all += seconds;
      lost += seconds - 1e-4;
    }
    CHECK(lost < 0.05 * all);
  }
  // A long pass is not tried on fewer threads, and one that got there while it was short comes back.
  ThreadGovernor slow(8);
  for (int pass = 0; pass < 200; ++pass) {
    CHECK_EQ(slow.choose(16), 8U);
    slow.report(16, 0.05);
  }
  ThreadGovernor back(8);
  for (int pass = 0; pass < 2000; ++pass) back.report(16, 1e-3 * back.choose(16));  // fewer threads are faster
  CHECK_EQ(back.choose(16), 1U);
  for (int pass = 0; pass < 2000; ++pass) back.report(16, 0.4 / back.choose(16));
  CHECK_EQ(back.choose(16), 8U);
  ThreadGovernor alone(1);
  alone.report(1, 1.0);
  CHECK_EQ(alone.choose(1), 1U);
}
