// Worker threads, the spin-yield-sleep wait, and the count of physical cores.

#include "thread_pool.h"

#include <sched.h>

#include <cstdio>
#include <cstdlib>
#include <set>
#include <string>
#include <utility>

namespace lemma {
namespace {

constexpr int kSpins = 2000;   // about 20 to 60 microseconds
constexpr int kYields = 100;

void pause_core() {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  asm volatile("yield");
#endif
}

// Returns when `word` no longer holds `old`.
void wait_for_change(const std::atomic<std::uint32_t>& word, std::uint32_t old) {
  for (int i = 0; i < kSpins; ++i) {
    if (word.load(std::memory_order_acquire) != old) return;
    pause_core();
  }
  for (int i = 0; i < kYields; ++i) {
    if (word.load(std::memory_order_acquire) != old) return;
    std::this_thread::yield();
  }
  word.wait(old, std::memory_order_acquire);
}

// Physical cores among the CPUs that this process may use; two hyper-threads of a core share its vector units.
std::uint32_t physical_cores() {
#if defined(__linux__)
  cpu_set_t allowed;
  CPU_ZERO(&allowed);
  if (sched_getaffinity(0, sizeof allowed, &allowed) == 0) {
    std::set<std::pair<int, int>> cores;
    for (int cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
      if (!CPU_ISSET(cpu, &allowed)) continue;
      const auto read = [cpu](const char* name) {
        const std::string path = "/sys/devices/system/cpu/cpu" + std::to_string(cpu) + "/topology/" + name;
        int value = -1;
        if (std::FILE* file = std::fopen(path.c_str(), "r")) {
          if (std::fscanf(file, "%d", &value) != 1) value = -1;
          std::fclose(file);
        }
        return value;
      };
      const int core = read("core_id");
      cores.insert(core < 0 ? std::pair(-1, cpu) : std::pair(read("physical_package_id"), core));
    }
    if (!cores.empty()) return static_cast<std::uint32_t>(cores.size());
  }
#endif
  const unsigned count = std::thread::hardware_concurrency();
  return count == 0 ? 1 : count;
}

}  // namespace

std::uint32_t default_threads() {
  if (const char* text = std::getenv("LEMMA_THREADS")) {
    const long value = std::strtol(text, nullptr, 10);
    if (value >= 1 && value <= 1024) return static_cast<std::uint32_t>(value);
  }
  return physical_cores();
}

ThreadPool::ThreadPool(std::uint32_t threads)
    : size_(threads == 0 ? 1 : threads), active_(size_), lanes_(std::make_unique<Lane[]>(size_)) {
  for (std::uint32_t thread = 1; thread < size_; ++thread) threads_.emplace_back([this, thread] { work_loop(thread); });
}

ThreadPool::~ThreadPool() {
  job_.store(0, std::memory_order_release);
  job_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

void ThreadPool::run(const std::function<void(std::uint32_t)>& work) {
  if (active_ == 1) return work(0);
  work_ = &work;
  for (std::uint32_t thread = 0; thread < active_; ++thread) {
    lanes_[thread].phase = 0;
    for (std::atomic<std::uint32_t>& taken : lanes_[thread].taken) taken.store(0, std::memory_order_relaxed);
  }
  const std::uint32_t last = job_.load(std::memory_order_relaxed);
  job_.store((((last >> kCountBits) + 1) << kCountBits) | active_, std::memory_order_release);
  job_.notify_all();
  work(0);
  barrier();
}

void ThreadPool::work_loop(std::uint32_t thread) {
  for (std::uint32_t seen = kNobody;;) {
    wait_for_change(job_, seen);
    seen = job_.load(std::memory_order_acquire);
    if ((seen & kCountMask) == 0) return;
    if (thread >= (seen & kCountMask)) continue;
    (*work_)(thread);
    barrier();
  }
}

void ThreadPool::barrier() {
  const std::uint32_t active = active_;  // read before arriving: after it the run may end, and the next one use another count
  if (active == 1) return;
  const std::uint32_t generation = generation_.load(std::memory_order_relaxed);
  if (arrived_.fetch_add(1, std::memory_order_acq_rel) + 1 == active) {
    arrived_.store(0, std::memory_order_relaxed);
    generation_.fetch_add(1, std::memory_order_release);
    generation_.notify_all();
    return;
  }
  wait_for_change(generation_, generation);
}

}  // namespace lemma
