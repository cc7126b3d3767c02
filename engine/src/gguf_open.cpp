// Brings a GGUF file into memory: mapped read-only, or read into a buffer of its own. Knows nothing of the content.

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "gguf.h"

namespace lemma {

namespace {

/// The bytes of one open file: a mapping, or an aligned copy.
struct Storage {
  void* data = nullptr;
  std::size_t size = 0;
  bool mapped = false;

  Storage() = default;
  Storage(const Storage&) = delete;
  Storage& operator=(const Storage&) = delete;
  ~Storage() {
    if (data == nullptr) return;
    if (mapped) {
      munmap(data, size);
    } else {
      std::free(data);
    }
  }
};

/// Closes a descriptor at the end of its scope.
struct Descriptor {
  int id;
  explicit Descriptor(int opened) : id(opened) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (id >= 0) close(id);
  }
};

bool read_all(int id, std::uint8_t* to, std::size_t size) {
  std::size_t done = 0;
  while (done < size) {
    const ssize_t got = pread(id, to + done, size - done, static_cast<off_t>(done));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    done += static_cast<std::size_t>(got);
  }
  return true;
}

}  // namespace

Result<GgufFile> GgufFile::take(std::vector<std::uint8_t> bytes, const std::string& name) {
  const auto storage = std::make_shared<const std::vector<std::uint8_t>>(std::move(bytes));
  Result<GgufFile> parsed = parse(*storage, name);
  if (parsed.ok()) parsed.value().storage_ = storage;
  return parsed;
}

Result<GgufFile> GgufFile::open_one(const std::string& path, FileMode mode) {
  constexpr std::size_t kAlignment = 64;  // one cache line, one AVX-512 vector
  const auto failed = [&](const std::string& problem) { return Status::error(Code::file, path + ": " + problem); };
  const auto system_problem = [] { return std::string(std::strerror(errno)); };

  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));  // a FIFO must not block us
  if (file.id < 0) return failed(system_problem());
  struct stat info {};
  if (fstat(file.id, &info) != 0) return failed(system_problem());
  if (!S_ISREG(info.st_mode)) return failed("expected a regular file");
  if (info.st_size <= 0) return failed("the file is empty");

  auto storage = std::make_shared<Storage>();
  storage->size = static_cast<std::size_t>(info.st_size);
  if (mode == FileMode::map) {
    void* mapping = mmap(nullptr, storage->size, PROT_READ, MAP_PRIVATE, file.id, 0);
    if (mapping == MAP_FAILED) return failed("can't be mapped: " + system_problem());
    storage->data = mapping;
    storage->mapped = true;
  } else {
    const std::size_t rounded = (storage->size + kAlignment - 1) / kAlignment * kAlignment;
    storage->data = std::aligned_alloc(kAlignment, rounded);
    if (storage->data == nullptr) return failed("no memory for " + std::to_string(storage->size) + " bytes");
    if (!read_all(file.id, static_cast<std::uint8_t*>(storage->data), storage->size)) {
      return failed("reading ended before the " + std::to_string(storage->size) + " bytes of the file");
    }
  }
  Result<GgufFile> parsed = parse({static_cast<const std::uint8_t*>(storage->data), storage->size}, path);
  if (parsed.ok()) parsed.value().storage_ = std::move(storage);
  return parsed;
}

}  // namespace lemma
