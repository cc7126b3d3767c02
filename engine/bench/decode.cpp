// Measures decoding and prefill of a GGUF file: `decode MODEL SEQUENCES PROMPT NEW [THREADS [ROUNDS]]` prints tokens per second by the clock,
// and the CPU time of a step, which other programs on the machine disturb less. Every round has prompts of its own, so that none is
// found in the cache. For tuning kernels; the project's benchmark with peers is `lemma bench engine`.

#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <mutex>

#include "lemma_engine.h"

int main(int argc, char** argv) {
  if (argc < 5) return std::fprintf(stderr, "usage: decode MODEL SEQUENCES PROMPT NEW [THREADS [ROUNDS]]\n"), 2;
  const auto number = [&](int i, std::uint32_t fallback) {
    return argc > i ? static_cast<std::uint32_t>(std::strtoul(argv[i], nullptr, 10)) : fallback;
  };
  const std::uint32_t sequences = number(2, 1), prompt = number(3, 32), fresh = number(4, 128), rounds = number(6, 4);
  std::mutex mutex;
  std::condition_variable arrived;
  std::uint32_t finished = 0;
  using Clock = std::chrono::steady_clock;
  const auto cpu_ms = [] {
    timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) * 1e-6;
  };
  double first_cpu = 0;
  Clock::time_point first_token;
  bool started = false;
  auto loaded = lemma::Engine::load(
      {.model_path = argv[1], .max_sequences = sequences, .threads = number(5, 0)}, [&](std::span<const lemma::Event> events) {
        const std::lock_guard lock(mutex);
        if (!started) first_token = Clock::now(), first_cpu = cpu_ms(), started = true;
        for (const lemma::Event& event : events) finished += event.finish != lemma::FinishReason::none;
        arrived.notify_one();
      });
  if (!loaded.ok()) return std::fprintf(stderr, "%s\n", loaded.status().message.c_str()), 1;
  lemma::Engine& engine = *loaded.value();
  for (std::uint32_t round = 0; round < rounds; ++round) {
    finished = 0;
    started = false;
    const auto start = Clock::now();
    const double start_cpu = cpu_ms();
    for (std::uint32_t s = 0; s < sequences; ++s) {
      lemma::Request request = {.sampling = {.temperature = 0}, .max_tokens = fresh, .ignore_end = true};
      for (std::uint32_t i = 0; i < prompt; ++i) request.tokens.push_back((round * 131 + s * 31 + i * 7 + 3) % engine.info().vocabulary);
      if (auto id = engine.submit(std::move(request)); !id.ok()) return std::fprintf(stderr, "%s\n", id.status().message.c_str()), 1;
    }
    std::unique_lock lock(mutex);
    arrived.wait(lock, [&] { return finished == sequences; });
    const double all = std::chrono::duration<double>(Clock::now() - start).count();
    const double prefill = std::chrono::duration<double>(first_token - start).count();
    const double steps = fresh > 1 ? fresh - 1 : 1;
    std::printf("%s, %u threads: %.1f tokens/s; a step %.3f ms, CPU %.3f ms; first step %.2f ms, CPU %.2f ms\n",
                engine.info().isa.c_str(), engine.info().threads, sequences * fresh / all, (all - prefill) / steps * 1e3,
                (cpu_ms() - first_cpu) / steps, prefill * 1e3, first_cpu - start_cpu);
  }
}
