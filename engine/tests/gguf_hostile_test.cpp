// Damaged GGUF files must be refused or read, never crash (the suite also runs this under ASan and UBSan): cut at every
// byte, mutated bytes (seeded), and the kept corpus in tests/corpus/gguf. What parses is read through, byte by byte.
// LEMMA_LONG=1 runs more mutants; LEMMA_WRITE_CORPUS=folder keeps the first mutant of each kind of error.

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <set>

#include "check.h"
#include "byte_alphabet.h"
#include "exercise_gguf.h"
#include "gguf_builder.h"

using lemma::GgufFile;
using lemma::Result;
using lemma_test::GgufBuilder;

namespace {

/// A small file with every kind of value, two tensors and a tokenizer.
std::string seed_file() {
  std::vector<std::string> tokens;
  for (std::uint32_t byte = 0; byte < 256; ++byte) {
    std::string token;
    std::uint32_t point = 0;  // find the alphabet's character of the byte
    while (lemma::kByteOfCharacter[point] != static_cast<int>(byte)) ++point;
    lemma::append_utf8(token, point);
    tokens.push_back(token);
  }
  tokens.insert(tokens.end(), {"he", "<|user|>", "<|assistant|>", "<think>"});
  std::string kinds = GgufBuilder::array_head(5, tokens.size());
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    GgufBuilder::put<std::int32_t>(kinds, i < 257 ? 1 : i < 259 ? 3 : 4);
  }
  GgufBuilder builder;
  builder.text("general.architecture", "qwen3")
      .key<std::uint32_t>("general.alignment", 4, 32)
      .key<std::uint64_t>("qwen3.context_length", 10, 1024)
      .key<double>("qwen3.rope.freq_base", 12, 1e4)
      .key<std::uint8_t>("flag", 7, 1)
      .text("tokenizer.ggml.model", "gpt2")
      .text("tokenizer.ggml.pre", "qwen2")
      .key<std::uint32_t>("tokenizer.ggml.eos_token_id", 4, 257)
      .texts("tokenizer.ggml.tokens", tokens)
      .raw_key("tokenizer.ggml.token_type", 9, kinds)
      .texts("tokenizer.ggml.merges", {"h e"})
      .text("tokenizer.chat_template", "{% for message in messages %}<|user|>{{ message.content }}{% endfor %}");
  std::string nested = GgufBuilder::array_head(9, 2) + GgufBuilder::array_head(4, 0) + GgufBuilder::array_head(8, 1);
  GgufBuilder::put_string(nested, "x");
  return builder.raw_key("nested", 9, nested).tensor("weight", {64, 2}, 8, 0).tensor("bias", {4}, 0, 160).build(176);
}

using lemma_fuzz::exercise_gguf;

/// Writes the first mutant of each kind of error (its message without numbers and names) to a folder.
void keep(const std::string& mutant, const std::string& folder, std::set<std::string>& kinds) {
  const Result<GgufFile> file =
      GgufFile::parse({reinterpret_cast<const std::uint8_t*>(mutant.data()), mutant.size()}, "");
  std::string kind;
  bool quoted = false;
  for (const char c : file.status().message) {
    if (c == '"') quoted = !quoted;
    if (!quoted && (c < '0' || c > '9')) kind += c;
  }
  if (!kinds.insert(kind).second) return;
  char name[32];
  std::snprintf(name, sizeof name, "/bad-%02zu.gguf", kinds.size());
  std::ofstream(folder + name, std::ios::binary) << mutant;
}

}  // namespace

TEST(accepts_the_seed) { CHECK(exercise_gguf(seed_file())); }

TEST(refuses_every_truncation) {
  const std::string whole = seed_file();
  for (std::size_t size = 0; size < whole.size(); ++size) {
    std::string cut = whole.substr(0, size);
    cut.shrink_to_fit();  // so that ASan sees a read behind the end
    CHECK(!exercise_gguf(cut));
  }
}

TEST(survives_mutations) {
  constexpr std::uint32_t kSeed = 20261123;
  const int rounds = std::getenv("LEMMA_LONG") != nullptr ? 400000 : 20000;
  std::printf("  seed %u, %d rounds\n", kSeed, rounds);
  std::mt19937 random(kSeed);
  const std::string whole = seed_file();
  const std::uint64_t extremes[] = {0, 1, 0x7f, 0xff, 0xffff, 0x7fffffff, 0xffffffff, UINT64_MAX, std::uint64_t{1} << 63U};
  const char* corpus = std::getenv("LEMMA_WRITE_CORPUS");
  std::set<std::string> kinds;
  int parsed = 0;
  for (int round = 0; round < rounds; ++round) {
    std::string mutant = whole;
    for (std::uint32_t edits = 1 + random() % 4; edits > 0; --edits) {
      const std::size_t at = random() % mutant.size();
      const std::size_t width = std::size_t{1} << (random() % 4);
      if (random() % 2 == 0) {
        mutant[at] = static_cast<char>(random());
      } else if (at + width <= mutant.size()) {
        std::memcpy(&mutant[at], &extremes[random() % std::size(extremes)], width);
      }
    }
    if (random() % 8 == 0) mutant.resize(random() % mutant.size());
    const bool good = exercise_gguf(mutant);
    parsed += good;
    if (!good && corpus != nullptr) keep(mutant, corpus, kinds);
  }
  std::printf("  %d of %d mutants parsed\n", parsed, rounds);
  CHECK(parsed > 0);
  CHECK(parsed < rounds);
}

// Parts are parsed like files and then joined; no lie about counts, names or keys may get through to a crash.
TEST(survives_mutated_parts) {
  const auto part = [](std::uint16_t number, const char* tensor) {
    GgufBuilder builder;
    builder.key<std::uint16_t>("split.no", 2, number).key<std::uint16_t>("split.count", 2, 2).key<std::int32_t>("split.tensors.count", 5, 2);
    return builder.text("general.architecture", "llama").tensor(tensor, {64, 2}, 8, 0).build(160);
  };
  const std::string whole = part(0, "a") + std::string(lemma_fuzz::kPartMark) + part(1, "b");
  CHECK(exercise_gguf(whole));
  std::mt19937 random(7);
  int joined = 0;
  for (int round = 0; round < 5000; ++round) {
    std::string mutant = whole;
    mutant[random() % mutant.size()] = static_cast<char>(random());
    joined += exercise_gguf(mutant);
  }
  CHECK(joined > 0 && joined < 5000);
}

TEST(replays_the_corpus) {
  int files = 0;
  for (const auto& entry : std::filesystem::directory_iterator("tests/corpus/gguf")) {
    std::ifstream in(entry.path(), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    const bool good = entry.path().filename().string().starts_with("good-");
    if (exercise_gguf(bytes) != good) check::fail(__FILE__, __LINE__, entry.path().string());
    ++files;
  }
  CHECK(files >= 10);
}
