// The engine as bindings and servers use it: requests in, batched events out. One native scheduler thread owns all decoding;
// every method here may be called from any thread, and returns at once unless it says otherwise. Nothing throws.
//
// Life of a request: submit() checks it and queues it, or refuses it with a Status. Then the step callback hears of it after
// each forward pass that advanced it, until one event per choice carries a `finish` other than none. cancel() makes that
// reason `abort`. A request that was accepted always gets exactly one finishing event per choice, also on dispose.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lemma.h"
#include "status.h"

namespace lemma {

class Tokenizer;

using RequestId = std::uint64_t;

enum class RequestKind : std::uint8_t {
  generate,  ///< continue the prompt
  score,     ///< log-probability of each given token; nothing is generated
};

/// One request. `tokens` is the whole prompt (see Engine::tokenize and Engine::render).
struct Request {
  RequestKind kind = RequestKind::generate;
  std::vector<std::uint32_t> tokens = {};
  Sampling sampling = {};
  std::uint32_t n = 1;                     ///< choices, 1..max_sequences; choice 0 equals what n = 1 gives
  std::uint32_t max_tokens = 0;            ///< ceiling; 0: as many as the context holds
  std::vector<std::string> stop = {};      ///< strings that end the answer (not the thought); at most 16, not empty
  std::int32_t logprobs = -1;              ///< -1: none; k >= 0: the drawn token's and the k most likely, k <= 20
  bool starts_in_think = false;            ///< the prompt ends inside <think>
  bool ignore_end = false;                 ///< go on past end tokens (benchmarks)
  std::optional<std::uint32_t> logits_at = {};  ///< score only: also return the whole row of logits after this token
  std::int32_t priority = 0;               ///< -10..10: higher starts earlier, among the requests of its tenant; nobody starves
  std::string tenant = {};                 ///< who asks: tenants share time fairly and never each other's cached pages; at most 256 bytes
  double tenant_weight = 1;                ///< the tenant's share against others', 0.01..100; the last request's counts
  std::string cache_salt = {};             ///< only requests with the same salt share cached pages; at most 256 bytes
};

/// A token and the natural logarithm of its probability under the model, before any sampling change.
struct TokenLogprob {
  std::uint32_t token;
  float logprob;
};

/// What one step did to one choice. Views are valid during the callback only.
struct Event {
  RequestId request = 0;
  std::uint32_t choice = 0;
  std::span<const std::uint32_t> tokens = {};    ///< new tokens, the end token included
  std::string_view reasoning = {};               ///< new thought, whole UTF-8 characters
  std::string_view text = {};                    ///< new answer, whole UTF-8 characters, never part of a stop string
  std::span<const TokenLogprob> logprobs = {};   ///< one per new token when asked for
  std::span<const TokenLogprob> top_logprobs = {};  ///< k per new token, most likely first
  std::span<const float> scores = {};            ///< score: one per given token; the first is 0
  std::span<const float> logits = {};            ///< score with logits_at: one per vocabulary entry
  FinishReason finish = FinishReason::none;
  Usage usage = {};                              ///< set with finish
  Status status = {};                            ///< says why when finish is error
};

/// Hears all events of one step in one call, on the scheduler's thread. Must return soon; may call submit and cancel.
using StepCallback = std::function<void(std::span<const Event>)>;

/// What was loaded and how it runs.
struct ModelInfo {
  std::string path, name, architecture;
  std::string tensor_type;                 ///< the type that most weights have: "Q8_0"
  std::string isa;                         ///< kernel set: scalar, avx2, avxvnni, avx512
  KvType kv_type = KvType::f16;
  std::string chat_template;               ///< name of the native template: lemma, deepseek-r1, chatml, llama-3; empty if foreign
  std::uint64_t parameters = 0;
  std::uint64_t weight_bytes = 0;          ///< packed weights in memory once all are used; see Stats::packed_bytes
  std::uint32_t vocabulary = 0, layers = 0, width = 0;
  std::uint32_t trained_context = 0, context_length = 0, max_sequences = 0, threads = 0;
  std::uint64_t cache_bytes = 0;
  Sampling default_sampling = {};          ///< lemma.sampling.* of the file
};

/// Counters since loading, and the present load.
struct Stats {
  std::uint64_t steps = 0, prompt_tokens = 0, generated_tokens = 0, finished = 0, cancelled = 0, refused = 0;
  std::uint64_t cached_tokens = 0;         ///< prompt tokens that were found in the prefix cache; `prompt_tokens` were computed
  std::uint64_t preempted = 0;             ///< times that a running request gave its pages back, to go on later
  std::uint32_t running = 0, waiting = 0;  ///< sequences, requests
  std::uint32_t pages_total = 0;           ///< pages of the KV cache, 32 tokens each
  std::uint32_t pages_used = 0;            ///< held by running sequences
  std::uint32_t pages_cached = 0;          ///< kept for later prompts, given up when memory is needed
  std::uint64_t swaps = 0;                 ///< times that weights were put in place of others
  std::uint64_t packed_bytes = 0;          ///< weights that are packed: each is when it is first used
  double busy_seconds = 0;                 ///< time spent in forward passes and drawing tokens
  double forward_seconds = 0;              ///< of it in forward passes
};

/// A tensor of the loaded file. `shape` has the row length first, as in GGUF.
struct TensorInfo {
  std::string name, type;
  std::vector<std::uint64_t> shape;
};

/// A tensor's new bytes, in the loaded file's type and order.
struct TensorBytes {
  std::string name;
  std::span<const std::uint8_t> bytes;
};

/// New weights: a GGUF file, or the bytes of one. Exactly one of them.
struct WeightSource {
  std::string path = {};
  std::vector<std::uint8_t> image = {};
};

/// What happens to requests that run while weights are swapped. Those that wait always get the new ones.
enum class SwapMode : std::uint8_t {
  finish,   ///< they end with the old weights; nothing new starts before
  go_on,    ///< they go on with the new weights and what they have cached of the old ones; scores still end with the old
};

/// A loaded model with its scheduler.
class Engine {
 public:
  /// Loads a model (this blocks) and starts its scheduler. `on_step` may be empty until set_callback.
  static Result<std::unique_ptr<Engine>> load(const ModelConfig& config, StepCallback on_step = {});
  /// Sets the callback; only before the first submit.
  void set_callback(StepCallback on_step);
  ~Engine();
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  /// Queues a request. Errors: `context` (prompt longer than the context), `option`, `memory` (it would not fit into the KV cache
  /// alone), `overloaded` (the queue is full; the status' `retry_after` says when to come back), `disposed`.
  Result<RequestId> submit(Request request);
  /// Ends a request at the next step with `abort`; unknown and finished ids are ignored.
  void cancel(RequestId id);
  /// Ends all requests with `abort`, stops the scheduler and frees the model. Safe at any time, twice, and in the callback
  /// (then the thread stops after the callback returns). Returns when the last callback has returned.
  void dispose();

  /// Puts other weights in place of the loaded ones, between two steps; the model's tokenizer, limits, sampling defaults and info
  /// stay. The new file must have the same architecture keys, tokenizer (or none), and tensors (names, types, shapes). Blocks until the new
  /// weights are in use and the old ones freed; swaps at the same time follow one another. The prefix cache is emptied.
  /// Memory: weights from a file are packed when they are used, after the old ones have gone; an image is kept until it is packed.
  /// On an error the old weights stay in use. Errors: `file`, `model_format`, `model_unsupported`, `memory`, `disposed`, and
  /// `option` (no source or two, or called within the step callback).
  Status swap_weights(WeightSource source, SwapMode mode = SwapMode::finish);
  /// An image for swap_weights: this model's keys with the given tensors, all of them. Error `option` names the first that misfits.
  Result<std::vector<std::uint8_t>> weight_image(std::span<const TensorBytes> tensors) const;
  /// The loaded file's tensors, in its order.
  std::span<const TensorInfo> tensors() const;

  Result<std::vector<std::uint32_t>> tokenize(std::string_view text, bool control_tokens = false) const;
  /// The bytes of tokens, not necessarily UTF-8; ids outside the vocabulary are an `option` error.
  Result<std::string> detokenize(std::span<const std::uint32_t> tokens) const;
  /// A conversation as prompt tokens, by the model's native template. Error `chat_template` where that is foreign.
  Result<std::vector<std::uint32_t>> render(std::span<const Message> messages, bool thinking) const;
  /// Whether a prompt leaves the model inside <think>.
  bool ends_in_think(std::span<const std::uint32_t> tokens) const;
  /// The file's Jinja template, empty if it has none.
  std::string chat_template_source() const;

  /// The file's tokenizer, or null. Lives as long as the engine.
  const Tokenizer* tokenizer() const;

  const ModelInfo& info() const;
  Stats stats() const;

  struct Parts;                            // the internals; tests reach them
  explicit Engine(std::unique_ptr<Parts> parts);

 private:
  std::unique_ptr<Parts> parts_;
};

}  // namespace lemma
