// Memory from mmap, and how much there is (Linux: /proc/meminfo and cgroup v2).

#include "memory.h"

#include <sys/mman.h>
#include <unistd.h>

#include <cstdio>
#include <string>
#include <utility>

namespace lemma {

constexpr std::size_t kHugePage = std::size_t{2} << 20;

Result<Memory> Memory::allocate(std::size_t bytes, const char* what) {
  Memory memory;
  if (bytes == 0) return memory;
  // A large block starts on a huge page's border; the slack before it is never touched and so costs nothing.
  const bool large = bytes >= 2 * kHugePage;
  memory.mapped_ = bytes + (large ? kHugePage : 0);
  void* mapping = mmap(nullptr, memory.mapped_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (mapping == MAP_FAILED)
    return Status::error(Code::memory, std::string(what) + " needs " + std::to_string(bytes) + " bytes, " +
                                           std::to_string(available_memory()) + " are available");
  memory.mapping_ = mapping;
  memory.data_ = static_cast<std::uint8_t*>(mapping);
  memory.size_ = bytes;
  if (large) {
    const auto address = reinterpret_cast<std::uintptr_t>(mapping);
    memory.data_ += (kHugePage - address % kHugePage) % kHugePage;
#if defined(MADV_HUGEPAGE)
    // Fewer TLB misses when weights stream, and prefetching across 4 KiB. Only advice, so the result doesn't matter.
    madvise(memory.data_, bytes, MADV_HUGEPAGE);
#endif
  }
  return memory;
}

void Memory::touch([[maybe_unused]] std::size_t offset, [[maybe_unused]] std::size_t bytes) const {
#if defined(MADV_POPULATE_WRITE)
  const auto page = static_cast<std::uintptr_t>(sysconf(_SC_PAGESIZE));
  const auto start = reinterpret_cast<std::uintptr_t>(data_) + offset, from = start / page * page;
  // Only advice, so the result doesn't matter: Linux before 5.14 doesn't know it.
  madvise(reinterpret_cast<void*>(from), start + bytes - from, MADV_POPULATE_WRITE);
#endif
}

Memory::Memory(Memory&& other) noexcept { *this = std::move(other); }

Memory& Memory::operator=(Memory&& other) noexcept {
  std::swap(mapping_, other.mapping_);
  std::swap(mapped_, other.mapped_);
  std::swap(data_, other.data_);
  std::swap(size_, other.size_);
  return *this;
}

Memory::~Memory() {
  if (mapping_ != nullptr) munmap(mapping_, mapped_);
}

namespace {

// The first integer after `prefix` in a file, or `fallback`.
std::uint64_t read_number(const char* path, const char* prefix, std::uint64_t fallback) {
  std::FILE* file = std::fopen(path, "r");
  if (file == nullptr) return fallback;
  char line[256];
  std::uint64_t value = fallback;
  const std::string format = std::string(prefix) + " %llu";
  while (std::fgets(line, sizeof line, file) != nullptr) {
    unsigned long long number = 0;
    if (std::sscanf(line, format.c_str(), &number) == 1) {
      value = number;
      break;
    }
  }
  std::fclose(file);
  return value;
}

}  // namespace

std::uint64_t available_memory() {
  const std::uint64_t pages = static_cast<std::uint64_t>(sysconf(_SC_PHYS_PAGES));
  const std::uint64_t physical = pages * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
  std::uint64_t available = read_number("/proc/meminfo", "MemAvailable:", physical / 1024) * 1024;
  const std::uint64_t limit = read_number("/sys/fs/cgroup/memory.max", "", UINT64_MAX);
  const std::uint64_t used = read_number("/sys/fs/cgroup/memory.current", "", 0);
  if (limit != UINT64_MAX && limit - (used < limit ? used : limit) < available) available = limit - (used < limit ? used : limit);
  return available;
}

}  // namespace lemma
