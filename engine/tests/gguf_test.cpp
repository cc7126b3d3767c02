// The GGUF reader: what a good file gives, and each rule of gguf.h broken once, with the error it must give.

#include "gguf.h"

#include <cstdio>
#include <cstdlib>
#include <fstream>

#include "check.h"
#include "gguf_builder.h"

using lemma::Code;
using lemma::FileMode;
using lemma::GgufFile;
using lemma::Result;
using lemma_test::GgufBuilder;

namespace {

Result<GgufFile> parse(const std::string& bytes) {
  return GgufFile::parse({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()}, "test.gguf");
}

GgufBuilder good() {
  GgufBuilder builder;
  builder.text("general.architecture", "qwen3")
      .key<std::uint32_t>("qwen3.block_count", 4, 8)
      .key<std::uint64_t>("qwen3.context_length", 10, 1024)
      .key<std::int16_t>("negative", 3, -5)
      .key<float>("epsilon", 6, 1e-6F)
      .key<std::uint8_t>("flag", 7, 1)
      .texts("words", {"a", "", "\xff\xfe"});
  std::string numbers = GgufBuilder::array_head(5, 3);
  for (const std::int32_t number : {-1, 0, 7}) GgufBuilder::put(numbers, number);
  builder.raw_key("numbers", 9, numbers);
  return builder.tensor("weight", {64, 2}, 8, 0).tensor("bias", {4}, 0, 160);
}

/// The file must be refused with this code and a message that holds `words`.
void refused(const std::string& bytes, Code code, const std::string& words, int line) {
  const Result<GgufFile> file = parse(bytes);
  if (file.ok()) {
    check::fail(__FILE__, line, "expected an error with: " + words);
    return;
  }
  const lemma::Status status = file.status();
  if (status.code != code || status.message.find(words) == std::string::npos) {
    check::fail(__FILE__, line, std::string(lemma::code_name(status.code)) + ": " + status.message);
  }
}

#define REFUSED(bytes, words) refused((bytes), Code::model_format, (words), __LINE__)
#define UNSUPPORTED(bytes, words) refused((bytes), Code::model_unsupported, (words), __LINE__)

}  // namespace

TEST(reads_keys_and_tensors) {
  const std::string bytes = good().build(176);
  const Result<GgufFile> parsed = parse(bytes);
  CHECK_EQ(parsed.status().message, "");
  REQUIRE(parsed.ok());
  const GgufFile& file = parsed.value();
  CHECK_EQ(file.string("general.architecture").value(), "qwen3");
  CHECK_EQ(file.integer("qwen3.block_count", 1, 100).value(), 8U);
  CHECK_EQ(file.integer("qwen3.context_length", 1, 1 << 20).value(), 1024U);
  CHECK_EQ(file.integer("absent", 1, 9, 7).value(), 7U);
  CHECK_NEAR(file.number("epsilon", 0, 1).value(), 1e-6, 1e-9);
  CHECK_EQ(file.number("negative", -10, 10).value(), -5.0);
  CHECK_EQ(file.boolean("flag").value(), true);
  CHECK_EQ(file.strings("words").value().size(), 3U);
  CHECK_EQ(file.strings("words").value()[2], "\xff\xfe");
  CHECK_EQ(file.integers("numbers", -1, 7).value()[0], -1);
  const std::uint64_t shape[] = {64, 2};
  REQUIRE(file.tensor("weight", shape).ok());
  CHECK_EQ(file.tensor("weight", shape).value()->data.size(), 136U);
  CHECK_EQ(file.find_tensor("bias")->data.size(), 16U);
  CHECK_EQ(file.find_tensor("bias")->data.data() - file.find_tensor("weight")->data.data(), 160);
  CHECK(file.find_tensor("none") == nullptr);
}

TEST(version_2_reads_alike) {
  GgufBuilder builder = good();
  builder.version = 2;
  const std::string bytes = builder.build(176);  // names of a parsed file are views of its bytes
  const Result<GgufFile> parsed = parse(bytes);
  REQUIRE(parsed.ok());
  CHECK_EQ(parsed.value().tensors().size(), 2U);
  CHECK_EQ(parsed.value().string("general.architecture").value(), "qwen3");
}

TEST(typed_access_names_both_sides) {
  const std::string bytes = good().build(176);
  const Result<GgufFile> parsed = parse(bytes);
  REQUIRE(parsed.ok());
  const GgufFile& file = parsed.value();
  CHECK_EQ(file.integer("qwen3.block_count", 1, 4).status().message,
           "test.gguf: key \"qwen3.block_count\": expected an integer from 1 to 4, found 8");
  CHECK_EQ(file.integer("negative", 0, 4).status().message,
           "test.gguf: key \"negative\": expected an integer from 0 to 4, found -5");
  CHECK_EQ(file.integer("absent", 0, 4).status().message, "test.gguf: key \"absent\": expected an integer, found nothing");
  CHECK(!file.integer("general.architecture", 0, 4).ok());
  CHECK(!file.string("flag").ok());
  CHECK(!file.boolean("epsilon").ok());
  CHECK(!file.strings("numbers").ok());
  CHECK(!file.integers("words", 0, 1).ok());
  CHECK(!file.integers("numbers", 0, 7).ok());
  CHECK(!file.number("epsilon", 1, 2).ok());
  const std::uint64_t shape[] = {64, 3};
  CHECK_EQ(file.tensor("weight", shape).status().message,
           "test.gguf: tensor \"weight\": expected 64 x 3, found 64 x 2");
}

TEST(refuses_broken_headers) {
  REFUSED("", "header");
  REFUSED("GGML" + std::string(40, '\0'), "GGUF file");
  GgufBuilder version;
  version.version = 1;
  REFUSED(version.build(), "version 2 or 3, found 1");
  version.version = 4;
  REFUSED(version.build(), "version 2 or 3, found 4");
  version.version = 0x03000000;
  REFUSED(version.build(), "big-endian");
  GgufBuilder counts = good();
  counts.key_count = UINT64_MAX;
  REFUSED(counts.build(176), "list of 18446744073709551615 keys");
  counts = good();
  counts.tensor_count = std::uint64_t{1} << 60U;
  REFUSED(counts.build(176), "tensors");
}

TEST(refuses_broken_keys) {
  REFUSED(good().key<std::uint8_t>("flag", 7, 1).build(176), "\"flag\" appears twice");
  REFUSED(GgufBuilder().key<std::uint8_t>("b", 7, 2).build(64), "bool of value 2");
  REFUSED(GgufBuilder().key<std::uint32_t>("", 4, 2).build(64), "0 bytes");
  REFUSED(GgufBuilder().key<std::uint32_t>("a b", 4, 2).build(64), "printable ASCII");
  REFUSED(GgufBuilder().key<std::uint32_t>("a", 13, 2).build(64), "unknown value type 13");
  REFUSED(GgufBuilder().raw_key("a", 9, GgufBuilder::array_head(13, 0)).build(64), "unknown element type 13");
  REFUSED(GgufBuilder().raw_key("a", 9, GgufBuilder::array_head(4, UINT64_MAX / 2)).build(64), "does not fit");
  REFUSED(GgufBuilder().raw_key("a", 9, GgufBuilder::array_head(8, 1 << 20)).build(64), "does not fit");
  std::string endless;
  GgufBuilder::put<std::uint64_t>(endless, UINT64_MAX);
  REFUSED(GgufBuilder().raw_key("a", 8, endless).build(64), "a string");
  std::string nested;
  for (int i = 0; i < 5; ++i) nested += GgufBuilder::array_head(9, 1);
  REFUSED(GgufBuilder().raw_key("a", 9, nested + GgufBuilder::array_head(4, 0)).build(64), "nests");
  std::string bools = GgufBuilder::array_head(7, 2) + std::string("\x01\x02", 2);
  REFUSED(GgufBuilder().raw_key("a", 9, bools).build(64), "neither 0 nor 1");
}

TEST(refuses_broken_alignment) {
  REFUSED(GgufBuilder().key<std::uint32_t>("general.alignment", 4, 0).build(64), "general.alignment");
  REFUSED(GgufBuilder().key<std::uint32_t>("general.alignment", 4, 24).build(64), "power of two");
  REFUSED(GgufBuilder().key<std::uint64_t>("general.alignment", 10, std::uint64_t{1} << 40U).build(64), "from 8 to");
  REFUSED(GgufBuilder().text("general.alignment", "32").build(64), "another type");
}

TEST(refuses_broken_tensors) {
  REFUSED(GgufBuilder().tensor("t", {4}, 0, 0).tensor("t", {4}, 0, 32).build(64), "\"t\" appears twice");
  REFUSED(GgufBuilder().tensor("", {4}, 0, 0).build(64), "0 bytes");
  REFUSED(GgufBuilder().tensor(std::string(65, 'n'), {4}, 0, 0).build(64), "65 bytes");
  REFUSED(GgufBuilder().tensor("t", {4, 1, 1, 1, 1}, 0, 0).build(64), "5 dimensions");
  REFUSED(GgufBuilder().tensor("t", {4}, 0, 0, 0).build(64), "0 dimensions");
  REFUSED(GgufBuilder().tensor("t", {4, 0}, 0, 0).build(64), "extent of 0");
  const std::uint64_t huge = std::uint64_t{1} << 33U;
  REFUSED(GgufBuilder().tensor("t", {huge, huge}, 0, 0).build(64), "2^63 elements");
  REFUSED(GgufBuilder().tensor("t", {huge * 4, huge / 64, 1}, 0, 0).build(64), "2^64 bytes");
  UNSUPPORTED(GgufBuilder().tensor("t", {256}, 10, 0).build(200),
              "type Q2_K, supported: F32, F16, BF16, Q8_0, Q4_0, Q4_K, Q5_K, Q6_K");
  UNSUPPORTED(GgufBuilder().tensor("t", {4}, 97, 0).build(64), "unknown type 97");
  REFUSED(GgufBuilder().tensor("t", {33}, 8, 0).build(64), "multiple of 32 for Q8_0");
  REFUSED(GgufBuilder().tensor("t", {48}, 2, 0).build(64), "multiple of 32 for Q4_0");
  REFUSED(GgufBuilder().tensor("t", {128}, 12, 0).build(256), "multiple of 256 for Q4_K");
  REFUSED(GgufBuilder().tensor("t", {288}, 13, 0).build(256), "multiple of 256 for Q5_K");
  REFUSED(GgufBuilder().tensor("t", {255}, 14, 0).build(256), "multiple of 256 for Q6_K");
  REFUSED(GgufBuilder().tensor("t", {256}, 14, 0).build(209), "needs 210 bytes");
  REFUSED(GgufBuilder().tensor("t", {4}, 0, 8).build(64), "multiple of 32");
  REFUSED(GgufBuilder().tensor("t", {4}, 0, 64).build(64), "data section has 64");
  REFUSED(GgufBuilder().tensor("t", {17}, 0, 0).build(64), "needs 68 bytes");
  REFUSED(GgufBuilder().tensor("t", {4}, 0, UINT64_MAX - 31).build(64), "needs 16 bytes");
  REFUSED(GgufBuilder().tensor("a", {16}, 0, 0).tensor("b", {4}, 0, 32).build(64), "\"a\" and \"b\" overlap");
}

TEST(opens_files_mapped_and_read) {
  char name[] = "/tmp/lemma-gguf-XXXXXX";
  const int id = mkstemp(name);
  REQUIRE(id >= 0);
  std::ofstream(name, std::ios::binary) << good().build(176);
  for (const FileMode mode : {FileMode::map, FileMode::read}) {
    Result<GgufFile> opened = GgufFile::open(name, mode);
    REQUIRE(opened.ok());
    const GgufFile moved = opened.take();
    CHECK_EQ(moved.find_tensor("bias")->data[0], 0x11);
    CHECK_EQ(moved.string("general.architecture").value(), "qwen3");
  }
  std::remove(name);
  CHECK(GgufFile::open(name, FileMode::map).status().code == Code::file);
  CHECK(GgufFile::open("/tmp", FileMode::read).status().code == Code::file);
  CHECK(GgufFile::open("/dev/null", FileMode::map).status().code == Code::file);
}
