// Models in several files: read as one, each rule of gguf_split.cpp broken once, and a model that answers like its whole file.

#include <filesystem>
#include <fstream>
#include <map>

#include "check.h"
#include "engine_client.h"
#include "gguf.h"
#include "gguf_builder.h"
#include "random_model.h"

using lemma::Code;
using lemma::FileMode;
using lemma::GgufFile;
using lemma::Result;
using namespace lemma_test;

namespace {

/// A folder of its own that goes with the test.
class Folder {
 public:
  Folder() {
    char name[] = "/tmp/lemma-split-XXXXXX";
    path_ = mkdtemp(name);
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  const std::string& path() const { return path_; }
  std::string write(const std::string& name, const std::string& bytes) const {
    std::ofstream(path_ + "/" + name, std::ios::binary) << bytes;
    return path_ + "/" + name;
  }

 private:
  std::string path_;
};

GgufBuilder part(std::uint16_t number, std::uint16_t count, std::int32_t tensors) {
  GgufBuilder builder;
  builder.key<std::uint16_t>("split.no", 2, number).key<std::uint16_t>("split.count", 2, count);
  return builder.key<std::int32_t>("split.tensors.count", 5, tensors);
}

/// Three parts, the first without tensors, as some writers make them.
std::map<std::string, std::string> good() {
  GgufBuilder first = part(0, 3, 3);
  first.text("general.architecture", "llama").key<std::uint32_t>("llama.block_count", 4, 2);
  return {{"m-00001-of-00003.gguf", first.build()},
          {"m-00002-of-00003.gguf", part(1, 3, 3).tensor("a", {4}, 0, 0).tensor("b", {64, 2}, 8, 32).build(176)},
          {"m-00003-of-00003.gguf", part(2, 3, 3).tensor("c", {8}, 0, 0).build(32)}};
}

Result<GgufFile> open(const std::map<std::string, std::string>& files, const std::string& name = "m-00001-of-00003.gguf",
                      FileMode mode = FileMode::map) {
  const Folder folder;
  std::string path;
  for (const auto& [file, bytes] : files) {
    const std::string written = folder.write(file, bytes);
    if (file == name) path = written;
  }
  return GgufFile::open(path, mode);  // what is mapped or read outlives the folder
}

/// The parts with some replaced (or without, where the bytes are empty) must be refused with words in the message.
void refused(const std::map<std::string, std::string>& changes, Code code, const std::string& words,
             const std::string& name = "m-00001-of-00003.gguf") {
  std::map<std::string, std::string> files = good();
  for (const auto& [file, bytes] : changes) files[file] = bytes;
  std::erase_if(files, [](const auto& file) { return file.second.empty(); });
  const Result<GgufFile> found = open(files, name);
  const std::string message = found.status().message;
  CHECK_EQ(found.status().code, code);
  if (message.find(words) == std::string::npos) check::fail(__FILE__, __LINE__, "no \"" + words + "\" in: " + message);
}

/// A file's tensors over `count` files, by turns; the first has the keys.
void write_parts(const Folder& folder, const GgufFile& whole, std::uint16_t count) {
  const auto tensors = static_cast<std::int32_t>(whole.tensors().size());
  for (std::uint16_t number = 0; number < count; ++number) {
    GgufBuilder builder = part(number, count, tensors);
    if (number == 0) {
      for (const lemma::GgufValue& value : whole.values()) {
        const std::string bytes(reinterpret_cast<const char*>(value.bytes.data()), value.bytes.size());
        const std::string head = value.type == lemma::GgufType::array
                                     ? GgufBuilder::array_head(static_cast<std::uint32_t>(value.element), value.count)
                                     : std::string();
        builder.raw_key(value.key, static_cast<std::uint32_t>(value.type), head + bytes);
      }
    }
    std::string data;
    for (std::size_t i = number; i < whole.tensors().size(); i += count) {
      const lemma::GgufTensor& tensor = whole.tensors()[i];
      data.resize((data.size() + 31) / 32 * 32);
      builder.tensor(tensor.name, {tensor.extents, tensor.extents + tensor.dimensions}, static_cast<std::uint32_t>(tensor.type), data.size());
      data.append(reinterpret_cast<const char*>(tensor.data.data()), tensor.data.size());
    }
    char name[32];
    std::snprintf(name, sizeof name, "p-%05d-of-%05d.gguf", number + 1, count);
    folder.write(name, builder.build() + data);
  }
}

}  // namespace

TEST(parts_are_one_model) {
  for (const FileMode mode : {FileMode::map, FileMode::read}) {
    const Result<GgufFile> opened = open(good(), "m-00001-of-00003.gguf", mode);
    CHECK_EQ(opened.status().message, "");
    REQUIRE(opened.ok());
    const GgufFile& file = opened.value();
    CHECK_EQ(file.tensors().size(), 3U);
    CHECK_EQ(file.string("general.architecture").value(), "llama");
    for (const char* name : {"a", "b", "c"}) {
      REQUIRE(file.find_tensor(name) != nullptr);
      CHECK_EQ(file.find_tensor(name)->data[0], 0x11);
    }
    CHECK_EQ(file.split().count, 1U);
  }
}

TEST(later_parts_may_repeat_keys) {
  std::map<std::string, std::string> files = good();
  GgufBuilder third = part(2, 3, 3);
  third.text("general.architecture", "llama").key<std::uint32_t>("general.alignment", 4, 64);
  third.alignment = 64;
  files["m-00003-of-00003.gguf"] = third.tensor("c", {8}, 0, 0).build(64);
  CHECK(open(files).ok());
}

TEST(broken_sets) {
  const std::string one = "m-00001-of-00003.gguf", two = "m-00002-of-00003.gguf", three = "m-00003-of-00003.gguf";
  refused({{three, ""}}, Code::file, "m-00003-of-00003.gguf: No such file or directory (part 3 of 3)");
  refused({{two, "GGUF"}}, Code::model_format, "m-00002-of-00003.gguf: the version");
  refused({{two, good()[three]}}, Code::model_format, "expected part 2 of 3 of ");
  refused({{two, part(1, 4, 3).build()}}, Code::model_format, "found part 2 of 4");
  refused({{two, GgufBuilder().tensor("a", {4}, 0, 0).build(32)}}, Code::model_format, "found a whole model");
  refused({{three, part(2, 3, 2).tensor("c", {8}, 0, 0).build(32)}}, Code::model_format, "\"split.tensors.count\": expected 3 as in ");
  refused({{three, part(2, 3, 3).build()}}, Code::model_format, "expected 3 tensors in its 3 parts (split.tensors.count), found 2");
  refused({{three, part(2, 3, 3).tensor("a", {8}, 0, 0).build(32)}}, Code::model_format, "tensor \"a\" is in part 2 and in part 3");
  refused({{three, part(2, 3, 3).text("general.architecture", "qwen3").tensor("c", {8}, 0, 0).build(32)}}, Code::model_format,
          "key \"general.architecture\": expected what ");
  refused({{three, part(2, 3, 3).text("general.name", "x").tensor("c", {8}, 0, 0).build(32)}}, Code::model_format, "found a key that it lacks");
  refused({{three, part(2, 3, 3).key<std::uint64_t>("llama.block_count", 10, 2).tensor("c", {8}, 0, 0).build(32)}}, Code::model_format,
          "found another value");  // of another type
}

TEST(names_and_numbers_must_agree) {
  const std::string one = good()["m-00001-of-00003.gguf"];
  refused({}, Code::model_format, "this is part 2 of 3; give the first, ", "m-00002-of-00003.gguf");
  refused({{"other.gguf", one}}, Code::model_format, "expected the name of part 1 of 3 to end in -00001-of-00003.gguf", "other.gguf");
  refused({{"m-00001-of-00004.gguf", one}}, Code::model_format, "to end in -00001-of-00003.gguf", "m-00001-of-00004.gguf");
  const auto first = [](GgufBuilder builder) { return std::map<std::string, std::string>{{"m-00001-of-00003.gguf", builder.build()}}; };
  refused(first(part(3, 3, 3)), Code::model_format, "key \"split.no\": expected an integer from 0 to 2, found 3");
  refused(first(GgufBuilder().key<std::uint16_t>("split.count", 2, 3)), Code::model_format, "key \"split.no\": expected an integer, found nothing");
  refused(first(GgufBuilder().key<std::uint16_t>("split.count", 2, 3).key<std::uint16_t>("split.no", 2, 0)), Code::model_format,
          "key \"split.tensors.count\"");
  refused(first(GgufBuilder().key<std::uint32_t>("split.count", 4, 100000)), Code::model_format, "from 0 to 99999, found 100000");
  refused(first(part(0, 3, -1)), Code::model_format, "found -1");
  CHECK(open({{"whole.gguf", part(0, 1, 0).build()}}, "whole.gguf").ok());  // one part of one needs no name
}

TEST(a_split_model_answers_like_the_whole) {
  RandomModel model = {.type = lemma::TensorType::q8_0, .text = true};
  const std::string bytes = model.bytes();
  const TemporaryFile whole(bytes);
  const Folder folder;
  const Result<GgufFile> parsed = GgufFile::parse({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()}, "whole");
  REQUIRE(parsed.ok());
  write_parts(folder, parsed.value(), 5);
  const std::string first = folder.path() + "/p-00001-of-00005.gguf";
  std::vector<Outcome> outcomes;
  for (const std::string& path : {whole.path(), first})
    for (const bool mmap : {true, false}) {
      EngineClient client({.model_path = path, .max_sequences = 1, .threads = 1, .mmap = mmap});
      CHECK_EQ(client.status.message, "");
      REQUIRE(client.status.ok());
      outcomes.push_back(client.ask({.tokens = {1, 2, 3, 4, 5}, .sampling = {.seed = 1}, .max_tokens = 20, .ignore_end = true}).front());
    }
  for (const Outcome& outcome : outcomes) CHECK(outcome.tokens == outcomes[0].tokens && outcome.tokens.size() == 20);
}
