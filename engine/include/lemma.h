// Lemma's C++ API: load a model, ask it, print the answer. Everything else (many requests at once, tokens, streams) is in
// lemma_engine.h; the same for C is in lemma_c.h.
//
//   #include "lemma.h"
//   int main() {
//     auto model = lemma::load_model({.model_path = "models/lemma-s/lemma-s.gguf", .max_tokens = 512});
//     std::cout << model.generate("12+30=?") << std::endl;
//   }
#pragma once

#include <cstdint>
#include <exception>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "status.h"

namespace lemma {

class Engine;

/// The element type of cached keys and values; q8_0: 8 bits with a scale for each 32 elements of a head.
enum class KvType : std::uint8_t { f16, f32, q8_0 };

/// How to load a model. Every field has a default but `model_path`.
struct ModelConfig {
  std::string model_path = {};             ///< a GGUF v3 file
  std::string device = "cpu";              ///< only "cpu" in this build
  std::uint32_t max_tokens = 0;            ///< ceiling for thought and answer together; 0: as many as the context holds
  std::uint32_t context_length = 0;        ///< tokens a sequence may hold; 0: what the model was trained for
  std::uint32_t max_sequences = 32;        ///< sequences that share a forward pass
  std::uint64_t cache_bytes = 0;           ///< bound of the KV cache; 0: enough for all sequences, at most half of free memory
  std::uint32_t threads = 0;               ///< at most this many; 0: LEMMA_THREADS, else one per physical core
  bool mmap = true;                        ///< map the file as long as the model lives: it may be replaced, not changed in place; false reads it
  std::uint64_t packed_bytes = UINT64_MAX; ///< bound of packed weights in memory; what finds no room is packed at each use (slow)
  std::uint32_t max_queue = 256;           ///< requests that may wait; more are refused with Code::overloaded
  std::uint32_t step_tokens = 512;         ///< tokens of one forward pass; long prompts are cut into chunks of at most this
  std::optional<std::uint64_t> prefix_cache_bytes = {};  ///< bound of what the KV cache keeps of finished requests; 0: no reuse; absent: all
  KvType kv_type = KvType::f16;            ///< q8_0 takes 9/16 of the memory; f32 twice, and lets F32 weights agree with the trainer to 1e-4 nats
};

/// Added to a token's logit: -100 bans it, 100 makes it the only one, small values make it less or more likely.
struct LogitBias {
  std::uint32_t token;
  float bias;                              ///< -100 to 100; biases of the same token add up
};

/// How tokens are drawn. Order: penalties, biases, temperature, top-k, top-p, min-p. Temperature 0 takes the most likely token
/// (after penalties and biases). Formulas and sources: src/logit_adjuster.h.
struct Sampling {
  float temperature = 1.0F;
  std::uint32_t top_k = 0;                 ///< 0: off
  float top_p = 1.0F;
  float min_p = 0.0F;
  float repetition_penalty = 1.0F;         ///< above 0, at most 100; above 1 makes tokens of the window less likely; 1: off
  std::uint32_t repetition_window = 64;    ///< how many of the last tokens, prompt included, repetition_penalty looks at; 0: none
  float presence_penalty = 0.0F;           ///< -2 to 2, taken off once for tokens that the answer already holds
  float frequency_penalty = 0.0F;          ///< -2 to 2, taken off once for each time that the answer already holds the token
  std::vector<LogitBias> logit_bias = {};
  std::optional<std::uint64_t> seed = {};  ///< absent: a fresh one for each request
};

enum class FinishReason : std::uint8_t { none, stop, length, abort, error };

/// Tokens of one request. `reasoning_tokens` are part of `completion_tokens`, `cached_tokens` of `prompt_tokens`.
struct Usage {
  std::uint32_t prompt_tokens = 0;
  std::uint32_t cached_tokens = 0;
  std::uint32_t completion_tokens = 0;
  std::uint32_t reasoning_tokens = 0;
};

/// One turn of a conversation. Role: system, user, assistant or tool.
struct Message {
  std::string role;
  std::string content;
  std::string reasoning = {};
};

/// One answer. Prints as, and converts to, its text (with the thought, use `reasoning`).
struct Response {
  std::string reasoning;
  std::string text;
  std::vector<std::uint32_t> tokens;       ///< all generated tokens, the end token included
  FinishReason finish_reason = FinishReason::none;
  Usage usage;

  operator std::string() const { return text; }
};

std::ostream& operator<<(std::ostream& out, const Response& response);

/// What load_model and generate throw: the catalogue's code, a message with both sides of the problem, and what to do next.
class Error : public std::exception {
 public:
  explicit Error(Status status);
  const char* what() const noexcept override { return message_.c_str(); }
  Code code() const noexcept { return code_; }
  const std::string& message() const noexcept { return message_; }
  std::string hint() const { return code_hint(code_); }

 private:
  Code code_;
  std::string message_;
};

/// Per-call settings of generate; what is absent comes from the model's own generation config.
struct GenerateOptions {
  std::optional<Sampling> sampling = {};
  std::uint32_t max_tokens = 0;            ///< 0: ModelConfig::max_tokens
  std::vector<std::string> stop = {};      ///< the answer ends before the first of these
  bool thinking = true;
};

/// A loaded model. Movable; safe to call from several threads at once: the calls share forward passes.
class Model {
 public:
  explicit Model(std::unique_ptr<Engine> engine, std::uint32_t max_tokens);
  Model(Model&&) noexcept;
  Model& operator=(Model&&) noexcept;
  ~Model();

  /// Answers one user message. Throws Error: `context` when the prompt doesn't fit, `overloaded`, `chat_template`.
  Response generate(const std::string& prompt, const GenerateOptions& options = {});
  /// Answers a conversation.
  Response generate(const std::vector<Message>& messages, const GenerateOptions& options = {});
  /// Continues raw text, without a chat template.
  Response complete(const std::string& text, const GenerateOptions& options = {});
  /// The engine underneath, for requests with more detail.
  Engine& engine() { return *engine_; }

 private:
  Response run(std::vector<std::uint32_t> tokens, bool starts_in_think, const GenerateOptions& options);

  struct Inbox;                            // routes the engine's events to the waiting calls
  std::unique_ptr<Inbox> inbox_;
  std::unique_ptr<Engine> engine_;
  std::uint32_t max_tokens_ = 0;
  friend Model load_model(const ModelConfig&);
};

/// Loads a GGUF model. Throws Error: `file`, `model_format`, `model_unsupported`, `device`, `memory`, `option`, `cpu`.
Model load_model(const ModelConfig& config);

}  // namespace lemma
