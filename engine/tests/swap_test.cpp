// Other weights in place of the loaded ones: from file, image and tensors; before, beside and after running requests; what is refused
// changes nothing; memory comes back.

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <fstream>
#include <thread>

#include "check.h"
#include "engine_client.h"
#include "random_model.h"

using namespace lemma_test;
using lemma::Code;
using lemma::FinishReason;
using lemma::Request;
using lemma::RequestKind;
using lemma::SwapMode;
using lemma::TensorType;

namespace {

RandomModel model_of(std::uint64_t seed, TensorType type = TensorType::q8_0) {
  return {.width = 256, .heads = 4, .kv_heads = 2, .head_dim = 64, .feed_forward = 256, .vocabulary = 300, .type = type, .text = true,
          .spread = 3.0, .seed = seed};
}

/// Two files of the same shape with different weights.
struct Pair {
  explicit Pair(TensorType type = TensorType::q8_0) : old_bytes(model_of(1, type).bytes()), new_bytes(model_of(2, type).bytes()) {}
  std::string old_bytes, new_bytes;
  TemporaryFile old_file{old_bytes}, new_file{new_bytes};
};

std::vector<std::uint8_t> image(const std::string& bytes) { return {bytes.begin(), bytes.end()}; }

Request request(std::uint64_t seed, std::uint32_t max_tokens = 20) {
  Numbers numbers(seed);
  Request ask = {.tokens = std::vector<std::uint32_t>(40), .sampling = {.seed = seed}, .max_tokens = max_tokens, .logprobs = 0, .ignore_end = true};
  for (std::uint32_t& token : ask.tokens) token = numbers.below(256);
  return ask;
}

Outcome scored(EngineClient& client) {
  return client.ask({.kind = RequestKind::score, .tokens = request(9).tokens, .logits_at = 20}).front();
}

Outcome fresh(const std::string& path, Request ask) {
  EngineClient client({.model_path = path, .max_sequences = 1, .threads = 1});
  return client.ask(std::move(ask)).front();
}

bool equal(const Outcome& a, const Outcome& b) { return a.tokens == b.tokens && a.scores == b.scores && a.logits == b.logits; }

double virtual_megabytes() {
  std::ifstream file("/proc/self/statm");
  double pages = 0;
  file >> pages;
  return pages * 4096 / 1e6;
}

}  // namespace

TEST(swapped_weights_answer_like_loaded_ones) {
  for (const TensorType type : {TensorType::q8_0, TensorType::f32, TensorType::q4_k}) {
    const Pair pair(type);
    for (const bool mmap : {true, false}) {
      EngineClient client({.model_path = pair.old_file.path(), .max_sequences = 2, .threads = 2, .mmap = mmap});
      EngineClient other({.model_path = pair.new_file.path(), .max_sequences = 2, .threads = 1});
      REQUIRE(client.status.ok() && other.status.ok());
      const Outcome before = scored(client), expected = scored(other);
      client.ask(request(3));  // its prompt is cached, with the old weights' keys and values
      CHECK(before.logits != expected.logits);
      CHECK_EQ(client.engine->swap_weights({.path = pair.new_file.path()}).message, "");
      CHECK(equal(scored(client), expected));
      CHECK(equal(client.ask(request(3)).front(), other.ask(request(3)).front()));
      CHECK_EQ(client.engine->swap_weights({.image = image(pair.old_bytes)}).message, "");
      CHECK_EQ(client.engine->stats().packed_bytes, client.engine->info().weight_bytes);  // an image is packed at once
      CHECK(equal(scored(client), before));
      CHECK_EQ(client.engine->stats().swaps, 2U);
    }
  }
}

TEST(tensors_by_name) {
  const Pair pair;
  EngineClient client({.model_path = pair.old_file.path(), .max_sequences = 2, .threads = 1});
  EngineClient other({.model_path = pair.new_file.path(), .max_sequences = 2, .threads = 1});
  RandomModel model = model_of(2);
  model.bytes();
  std::vector<std::string> encoded;
  std::vector<lemma::TensorBytes> tensors;
  for (const lemma::TensorInfo& info : client.engine->tensors())
    encoded.push_back(encode_tensor(info.type == "F32" ? TensorType::f32 : TensorType::q8_0, model.weights.at(info.name)));
  for (std::size_t i = 0; i < encoded.size(); ++i)
    tensors.push_back({client.engine->tensors()[i].name, {reinterpret_cast<const std::uint8_t*>(encoded[i].data()), encoded[i].size()}});
  std::ranges::reverse(tensors);  // any order
  auto made = client.engine->weight_image(tensors);
  REQUIRE(made.ok());
  CHECK_EQ(client.engine->swap_weights({.image = made.take()}).message, "");
  CHECK(equal(scored(client), scored(other)));
  const auto refused = [&](const char* words) {
    const lemma::Status status = client.engine->weight_image(tensors).status();
    CHECK_EQ(status.code, Code::option);
    if (status.message.find(words) == std::string::npos) check::fail(__FILE__, __LINE__, status.message);
  };
  tensors[0].bytes = tensors[0].bytes.first(8);
  refused("bytes (Q8_0 [256, 256]) for tensor \"blk.1.ffn_down.weight\", found 8");
  tensors.erase(tensors.begin());
  refused("for tensor \"blk.1.ffn_down.weight\", found nothing");
  tensors.push_back({"what", {}});
  refused("for tensor \"blk.1.ffn_down.weight\", found nothing");
  tensors.push_back(tensors.front());
  refused("expected one entry");
}

TEST(running_requests_end_with_the_old_weights) {
  const Pair pair;
  EngineClient client({.model_path = pair.old_file.path(), .max_sequences = 4, .threads = 2});
  REQUIRE(client.status.ok());
  const lemma::RequestId running = client.engine->submit(request(1, 150)).value();
  client.wait_tokens(running, 5);
  std::atomic<bool> done = false;
  std::thread swapper([&] {
    CHECK(client.engine->swap_weights({.path = pair.new_file.path()}).ok());
    done = true;
  });
  const Outcome first = client.wait(running).front();
  swapper.join();
  CHECK(done);
  CHECK(equal(first, fresh(pair.old_file.path(), request(1, 150))));
  CHECK(equal(client.ask(request(2)).front(), fresh(pair.new_file.path(), request(2))));
}

// A cache for one and a half of them: some give their place up and wait. They began, so they end with the old weights, too.
TEST(preempted_requests_end_with_the_old_weights) {
  const Pair pair;
  const std::uint64_t page = 2 * 2 * 32 * 2 * (64 + 64);  // layers, heads, tokens, bytes, K and V
  EngineClient client({.model_path = pair.old_file.path(), .max_sequences = 4, .cache_bytes = 10 * page, .threads = 2});
  REQUIRE(client.status.ok());
  std::vector<lemma::RequestId> ids;
  for (std::uint64_t i = 0; i < 4; ++i) ids.push_back(client.engine->submit(request(i, 150)).value());
  while (client.engine->stats().preempted == 0 && client.engine->stats().finished == 0) std::this_thread::yield();
  CHECK(client.engine->swap_weights({.path = pair.new_file.path()}).ok());
  const lemma::RequestId after = client.engine->submit(request(1, 150)).value();
  int old = 0;
  for (std::uint64_t i = 0; i < 4; ++i) {
    const Outcome found = client.wait(ids[i]).front();
    const bool is_old = equal(found, fresh(pair.old_file.path(), request(i, 150)));
    old += is_old;
    CHECK(is_old || equal(found, fresh(pair.new_file.path(), request(i, 150))));  // one that had not begun
  }
  CHECK(old >= 1);
  CHECK(equal(client.wait(after).front(), fresh(pair.new_file.path(), request(1, 150))));
}

TEST(running_requests_go_on_with_the_new_weights) {
  const Pair pair;
  EngineClient client({.model_path = pair.old_file.path(), .max_sequences = 4, .threads = 2});
  REQUIRE(client.status.ok());
  const lemma::RequestId running = client.engine->submit(request(1, 200)).value();
  client.wait_tokens(running, 10);
  CHECK(client.engine->swap_weights({.path = pair.new_file.path()}, SwapMode::go_on).ok());
  CHECK(equal(client.ask(request(2)).front(), fresh(pair.new_file.path(), request(2))));
  const Outcome mixed = client.wait(running).front(), old = fresh(pair.old_file.path(), request(1, 200));
  CHECK_EQ(mixed.tokens.size(), std::size_t{200});
  CHECK(mixed.finish == FinishReason::length);
  CHECK(std::equal(old.tokens.begin(), old.tokens.begin() + 10, mixed.tokens.begin()));
  CHECK(mixed.tokens != old.tokens);
}

// Each answer is that of one set of weights or of the other, whatever happens at the same time.
TEST(swapping_under_load) {
  const Pair pair;
  EngineClient client({.model_path = pair.old_file.path(), .max_sequences = 6, .threads = 2});
  REQUIRE(client.status.ok());
  constexpr std::uint64_t kKinds = 4;
  std::vector<Outcome> old, renewed;
  for (std::uint64_t kind = 0; kind < kKinds; ++kind) {
    old.push_back(fresh(pair.old_file.path(), request(kind)));
    renewed.push_back(fresh(pair.new_file.path(), request(kind)));
  }
  std::atomic<bool> over = false;
  std::atomic<int> wrong = 0, asked = 0;
  std::vector<std::thread> users;
  for (std::uint64_t user = 0; user < 3; ++user)
    users.emplace_back([&, user] {
      for (std::uint64_t i = user; !over; ++i, ++asked) {
        const lemma::RequestId id = client.engine->submit(request(i % kKinds)).value();
        const Outcome found = client.wait(id).front();
        wrong += !equal(found, old[i % kKinds]) && !equal(found, renewed[i % kKinds]);
      }
    });
  std::vector<std::thread> swappers;
  for (int swapper = 0; swapper < 2; ++swapper)
    swappers.emplace_back([&] {
      for (int round = 0; round < 8; ++round)
        CHECK(client.engine->swap_weights({.path = (round % 2 == 0 ? pair.new_file : pair.old_file).path()}).ok());
    });
  for (std::thread& thread : swappers) thread.join();
  over = true;
  for (std::thread& thread : users) thread.join();
  CHECK_EQ(wrong.load(), 0);
  CHECK(asked > 0);
  CHECK_EQ(client.engine->stats().swaps, 16U);
}

TEST(what_is_refused_changes_nothing) {
  const Pair pair;
  EngineClient client({.model_path = pair.old_file.path(), .max_sequences = 2, .threads = 1});
  REQUIRE(client.status.ok());
  const Outcome before = scored(client);
  const auto refused = [&](lemma::WeightSource source, Code code, const std::string& words) {
    const lemma::Status status = client.engine->swap_weights(std::move(source));
    CHECK_EQ(status.code, code);
    if (status.message.find(words) == std::string::npos) check::fail(__FILE__, __LINE__, "no \"" + words + "\" in: " + status.message);
    CHECK(equal(scored(client), before));
  };
  const auto changed = [](auto change) {
    RandomModel model = model_of(2);
    change(model);
    return image(model.bytes());
  };
  refused({}, Code::option, "found neither");
  refused({.path = "x", .image = {1}}, Code::option, "found both");
  refused({.path = "/nowhere.gguf"}, Code::file, "/nowhere.gguf");
  refused({.image = {'G', 'G', 'U', 'F'}}, Code::model_format, "the weights in memory: the version");
  refused({.image = changed([](RandomModel& m) { m.type = TensorType::f32; })}, Code::model_format,
          ": expected Q8_0 [256, 300] as in the loaded model, found F32 [256, 300]");
  refused({.image = changed([](RandomModel& m) { m.feed_forward = 512; })}, Code::model_format,
          "key \"llama.feed_forward_length\": expected the same value as in the loaded model, found another");
  refused({.image = changed([](RandomModel& m) { m.architecture = "qwen2"; })}, Code::model_format, "key \"general.architecture\"");
  refused({.image = changed([](RandomModel& m) { m.vocabulary = 310; })}, Code::model_format, "key \"tokenizer.ggml.");
  refused({.image = changed([](RandomModel& m) { m.rope.scaling = "linear"; })}, Code::model_format, "expected nothing as in the loaded model");
  refused({.image = changed([](RandomModel& m) { m.tied = true; })}, Code::model_format, "tensor \"output.weight\": expected Q8_0 [256, 300]");
  refused({.image = changed([](RandomModel& m) { m.biased = true; })}, Code::model_format, "tensors: expected ");
  std::string damaged = pair.new_bytes;
  damaged.resize(damaged.size() - 100);
  refused({.image = image(damaged)}, Code::model_format, "needs");
  CHECK_EQ(client.engine->stats().swaps, 0U);
}

TEST(swaps_and_disposal) {
  const Pair pair;
  for (int round = 0; round < 10; ++round) {
    EngineClient client({.model_path = pair.old_file.path(), .max_sequences = 2, .threads = 2});
    REQUIRE(client.status.ok());
    const lemma::RequestId running = client.engine->submit(request(1, 0)).value();
    if (round % 2 == 1) client.wait_tokens(running, 2);
    std::thread swapper([&] {
      const lemma::Status status = client.engine->swap_weights({.path = pair.new_file.path()}, round % 3 == 0 ? SwapMode::go_on : SwapMode::finish);
      CHECK(status.ok() || status.code == Code::disposed);
    });
    client.engine->dispose();
    swapper.join();
    CHECK_EQ(client.wait(running).front().finishes, 1);
    CHECK_EQ(client.engine->swap_weights({.path = pair.new_file.path()}).code, Code::disposed);
  }
}

TEST(not_within_the_callback) {
  const Pair pair;
  EngineClient client({.model_path = pair.old_file.path(), .max_sequences = 2, .threads = 1});
  std::atomic<int> refused = 0;
  client.also = [&](std::span<const lemma::Event>) { refused += client.engine->swap_weights({.path = pair.new_file.path()}).code == Code::option; };
  client.ask(request(1, 3));
  client.engine->dispose();  // ends the callback
  CHECK(refused > 0);
}

TEST(old_weights_are_freed) {
  const Pair pair;
  EngineClient client({.model_path = pair.old_file.path(), .max_sequences = 2, .threads = 1});
  REQUIRE(client.status.ok());
  client.ask(request(1, 3));
  CHECK(client.engine->swap_weights({.path = pair.new_file.path()}).ok());
  client.ask(request(1, 3));
  const double before = virtual_megabytes();
  for (int round = 0; round < 40; ++round) {
    CHECK(client.engine->swap_weights({.path = (round % 2 == 0 ? pair.old_file : pair.new_file).path()}).ok());
    client.ask(request(1, 3));
  }
  const double one = static_cast<double>(client.engine->info().weight_bytes + pair.old_bytes.size()) / 1e6;
  CHECK(virtual_megabytes() - before < 10 * one);  // 40 times as much if they stayed
}
