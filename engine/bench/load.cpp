// Measures loading: `load MODEL [THREADS]` prints the time to read the file once (in pieces of 1 MiB, after one read to warm the page
// cache), to load it, to the first token, and to the same token again, and what the process holds. Loading should take no more
// than a tenth of reading.

#include <fcntl.h>
#include <unistd.h>

#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <vector>

#include "lemma_engine.h"

namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

double read_once(const char* path, std::size_t& bytes) {
  std::vector<char> buffer(1 << 20);
  const auto start = Clock::now();
  const int file = open(path, O_RDONLY);
  if (file < 0) std::perror(path), std::exit(1);
  bytes = 0;
  for (ssize_t got = 0; (got = read(file, buffer.data(), buffer.size())) > 0;) bytes += static_cast<std::size_t>(got);
  close(file);
  return seconds_since(start);
}

// Megabytes of memory that are this process's own, without mapped files.
double own_megabytes() {
  std::FILE* file = std::fopen("/proc/self/status", "r");
  char line[256];
  unsigned long long kilobytes = 0;
  while (file != nullptr && std::fgets(line, sizeof line, file) != nullptr)
    if (std::sscanf(line, "RssAnon: %llu", &kilobytes) == 1) break;
  if (file != nullptr) std::fclose(file);
  return static_cast<double>(kilobytes) / 1e3;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return std::fprintf(stderr, "usage: load MODEL [THREADS]\n"), 2;
  std::size_t bytes = 0;
  read_once(argv[1], bytes);
  for (int round = 0; round < 5; ++round) {
    const double reading = read_once(argv[1], bytes);
    std::mutex mutex;
    std::condition_variable arrived;
    int finished = 0;
    const auto start = Clock::now();
    auto loaded = lemma::Engine::load(
        {.model_path = argv[1], .context_length = 256, .max_sequences = 1,
         .threads = argc > 2 ? static_cast<std::uint32_t>(std::strtoul(argv[2], nullptr, 10)) : 0},
        [&](std::span<const lemma::Event> events) {
          const std::lock_guard lock(mutex);
          for (const lemma::Event& event : events) finished += event.finish != lemma::FinishReason::none;
          arrived.notify_one();
        });
    if (!loaded.ok()) return std::fprintf(stderr, "%s\n", loaded.status().message.c_str()), 1;
    lemma::Engine& engine = *loaded.value();
    const double loading = seconds_since(start), after_loading = own_megabytes();
    double token[2];
    for (int i = 0; i < 2; ++i) {
      const auto asked = Clock::now();
      if (!engine.submit({.tokens = {1, 2, 3, 4}, .sampling = {.temperature = 0}, .max_tokens = 1}).ok()) return 1;
      std::unique_lock lock(mutex);
      arrived.wait(lock, [&] { return finished == i + 1; });
      token[i] = seconds_since(asked);
    }
    std::printf("%.2f GB read in %.0f ms; loaded in %.2f ms (%.4f of reading), %.0f MB own; first token %.0f ms, again %.1f ms, %.0f MB own\n",
                static_cast<double>(bytes) * 1e-9, reading * 1e3, loading * 1e3, loading / reading, after_loading, token[0] * 1e3,
                token[1] * 1e3, own_megabytes());
  }
}
