// Weights that are packed when they are used: nothing before, the same bits with any bound and from any number of threads at once,
// and the file let go where it was read.

#include "weight_store.h"

#include <algorithm>
#include <filesystem>
#include <thread>

#include "check.h"
#include "engine_client.h"
#include "random_model.h"

using namespace lemma_test;
using lemma::Request;
using lemma::TensorType;

namespace {

constexpr TensorType kTypes[] = {TensorType::f32, TensorType::f16, TensorType::bf16, TensorType::q8_0,
                                 TensorType::q4_0, TensorType::q4_k, TensorType::q5_k, TensorType::q6_k};

// Odd numbers of rows, so that the last block of a matrix has padding.
std::string model_bytes(TensorType type, bool tied = false) {
  RandomModel model = {.layers = 2, .width = 256, .heads = 4, .kv_heads = 2, .head_dim = 64, .feed_forward = 256, .vocabulary = 299,
                       .type = type, .tied = tied, .spread = 3.0};
  return model.bytes();
}

Request request(std::uint64_t seed) {
  Numbers numbers(seed);
  Request ask = {.tokens = std::vector<std::uint32_t>(5 + seed), .sampling = {.seed = seed}, .max_tokens = 12, .logprobs = 1};
  for (std::uint32_t& token : ask.tokens) token = numbers.below(299);
  return ask;
}

std::vector<Outcome> ask_all(EngineClient& client) {
  std::vector<lemma::RequestId> ids;
  for (std::uint64_t i = 0; i < 5; ++i) ids.push_back(client.engine->submit(request(i)).value());
  std::vector<Outcome> all;
  for (const lemma::RequestId id : ids) all.push_back(client.wait(id).front());
  return all;
}

bool equal(const std::vector<Outcome>& a, const std::vector<Outcome>& b) {
  return std::ranges::equal(a, b, [](const Outcome& x, const Outcome& y) {
    return x.tokens == y.tokens && std::ranges::equal(x.logprobs, y.logprobs, [](const auto& p, const auto& q) { return p.logprob == q.logprob; });
  });
}

}  // namespace

TEST(loading_packs_nothing) {
  const TemporaryFile file(model_bytes(TensorType::q8_0));
  EngineClient client({.model_path = file.path(), .max_sequences = 4, .threads = 2});
  REQUIRE(client.status.ok());
  CHECK_EQ(client.engine->stats().packed_bytes, 0U);
  client.ask(request(1));
  const std::uint64_t packed = client.engine->stats().packed_bytes;
  // All but the embedding, whose rows are looked up in the file: 299 rows are 19 blocks.
  const std::uint64_t embedding = 19 * (8 * 16 * 2 + 256 * 16);
  CHECK_EQ(client.engine->info().weight_bytes, packed + embedding);
}

TEST(a_tied_embedding_is_packed_as_output) {
  const TemporaryFile file(model_bytes(TensorType::f32, true));
  EngineClient client({.model_path = file.path(), .max_sequences = 4, .threads = 2});
  REQUIRE(client.status.ok());
  client.ask(request(1));
  CHECK_EQ(client.engine->stats().packed_bytes, client.engine->info().weight_bytes);
}

TEST(a_bound_changes_no_bit) {
  for (const TensorType type : kTypes) {
    const TemporaryFile file(model_bytes(type, type == TensorType::q4_0));
    std::vector<Outcome> expected;
    std::uint64_t whole = 0;
    {
      EngineClient client({.model_path = file.path(), .max_sequences = 8, .threads = 2});
      REQUIRE(client.status.ok());
      expected = ask_all(client);
      whole = client.engine->info().weight_bytes;
    }
    for (const std::uint64_t bound : {std::uint64_t{0}, whole / 2, whole - 1}) {
      for (const bool mmap : {true, false}) {
        EngineClient client({.model_path = file.path(), .max_sequences = 8, .threads = 2, .mmap = mmap, .packed_bytes = bound});
        REQUIRE(client.status.ok());
        CHECK(equal(ask_all(client), expected));
        CHECK(client.engine->stats().packed_bytes <= bound);
        CHECK(client.engine->info().weight_bytes <= bound);
        CHECK(bound == 0 || client.engine->stats().packed_bytes > 0);
      }
    }
  }
}

TEST(a_file_that_was_read_may_go) {
  const TemporaryFile file(model_bytes(TensorType::q8_0));
  std::vector<Outcome> expected;
  {
    EngineClient client({.model_path = file.path(), .max_sequences = 8, .threads = 2});
    expected = ask_all(client);
  }
  EngineClient client({.model_path = file.path(), .max_sequences = 8, .threads = 2, .mmap = false});
  REQUIRE(client.status.ok());
  CHECK_EQ(client.engine->stats().packed_bytes, client.engine->info().weight_bytes);
  std::filesystem::resize_file(file.path(), 100);
  CHECK(equal(ask_all(client), expected));
}

TEST(a_mapped_file_may_be_replaced) {
  const std::string bytes = model_bytes(TensorType::q8_0);
  const TemporaryFile file(bytes), other("not a model");
  EngineClient client({.model_path = file.path(), .max_sequences = 8, .threads = 2});
  REQUIRE(client.status.ok());
  std::filesystem::copy_file(other.path(), file.path() + ".new");
  std::filesystem::rename(file.path() + ".new", file.path());
  const TemporaryFile same(bytes);
  EngineClient fresh({.model_path = same.path(), .max_sequences = 8, .threads = 2});
  CHECK(equal(ask_all(client), ask_all(fresh)));
}

// Many threads want the same blocks at the same moment; each sees whole ones.
TEST(blocks_are_packed_once_by_whoever_comes_first) {
  Numbers numbers(4);
  std::vector<float> values(std::size_t{203} * 64);
  for (float& value : values) value = numbers.normal();
  const std::string bytes = encode_tensor(TensorType::q8_0, values);
  const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
  const lemma::GgufTensor tensor = {"w", TensorType::q8_0, 2, {64, 203, 1, 1}, {data, bytes.size()}};
  const auto reversed = [](std::uint32_t row) { return 202 - row; };
  lemma::RowBlocks unplaced(tensor, reversed, nullptr, nullptr);
  for (int round = 0; round < 30; ++round) {
    lemma::Arena arena = lemma::Arena::allocate(lemma::PackedMatrix::packed_bytes(tensor) + 64, "test").take();
    std::atomic<std::uint64_t> packed = 0;
    lemma::RowBlocks blocks(tensor, reversed, arena.take(lemma::PackedMatrix::packed_bytes(tensor)), &packed);
    std::atomic<int> wrong = 0;
    std::vector<std::thread> threads;
    for (std::uint32_t t = 0; t < 4; ++t)
      threads.emplace_back([&, t] {
        std::vector<float> row(64);
        for (std::uint32_t i = 0; i < blocks.count(); ++i) {
          const std::uint32_t block = (i * 5 + t * 3) % blocks.count();
          const std::uint8_t* found = blocks.ready(block, block + 1);
          wrong += !std::equal(found, found + blocks.block_bytes(), unplaced.fresh(block));
          blocks.read_row(block * 16 % 203, row.data());
          for (std::uint32_t k = 0; k < 64; ++k) wrong += row[k] != values[std::size_t{202 - block * 16 % 203} * 64 + k];
        }
      });
    for (std::thread& thread : threads) thread.join();
    CHECK_EQ(wrong.load(), 0);
    CHECK_EQ(packed.load(), blocks.count() * blocks.block_bytes());
  }
}
