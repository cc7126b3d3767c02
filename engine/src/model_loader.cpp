// Keys and tensors of every decoder.

#include "model_loader.h"

namespace lemma {
namespace {

constexpr std::uint64_t kMaxWidth = 1U << 16;
constexpr std::uint64_t kMaxVocabulary = 1U << 21;

}  // namespace

Result<std::uint32_t> ModelLoader::integer(const char* name, std::uint64_t low, std::uint64_t high,
                                           std::optional<std::uint64_t> fallback) const {
  LEMMA_ASSIGN(const std::uint64_t value, file_.integer(key(name), low, high, fallback));
  return static_cast<std::uint32_t>(value);
}

Status ModelLoader::unsupported(const char* name, const std::string& expected, const std::string& found) const {
  return Status::error(Code::model_unsupported, file_.path() + ": " + key(name) + ": expected " + expected + ", found " + found);
}

Status ModelLoader::read_sizes(ResidualShape& shape) const {
  LEMMA_ASSIGN(shape.layers, integer("block_count", 1, 1024));
  LEMMA_ASSIGN(shape.width, integer("embedding_length", 1, kMaxWidth));
  LEMMA_ASSIGN(shape.feed_forward, integer("feed_forward_length", 1, 1U << 20));
  LEMMA_ASSIGN(shape.context, integer("context_length", 1, 1U << 24));
  LEMMA_ASSIGN(const double epsilon, file_.number(key("attention.layer_norm_rms_epsilon"), 1e-12, 0.1));
  shape.epsilon = static_cast<float>(epsilon);
  return read_vocabulary(shape);
}

// The embedding's own shape says how many entries there are; the key, where present, must agree.
Status ModelLoader::read_vocabulary(ResidualShape& shape) const {
  const GgufTensor* embedding = file_.find_tensor("token_embd.weight");
  if (embedding == nullptr || embedding->dimensions != 2 || embedding->extents[1] > kMaxVocabulary)
    return Status::error(Code::model_format, file_.path() + ": tensor \"token_embd.weight\": expected [" +
                                                 std::to_string(shape.width) + ", at most " + std::to_string(kMaxVocabulary) +
                                                 "], found " + (embedding == nullptr ? "none" : "another shape"));
  LEMMA_ASSIGN(shape.vocabulary, integer("vocab_size", embedding->extents[1], embedding->extents[1], embedding->extents[1]));
  return {};
}

Status ModelLoader::read_output(ResidualWeights& weights) {
  LEMMA_ASSIGN(weights.output_norm, tensors_.vector("output_norm.weight", weights.shape.width));
  if (!tensors_.has("output.weight")) return {};
  LEMMA_ASSIGN(weights.output, tensors_.matrix("output.weight", weights.shape.width, weights.shape.vocabulary));
  return {};
}

Status ModelLoader::read_embedding(ResidualWeights& weights) {
  LEMMA_ASSIGN(weights.embedding, tensors_.matrix("token_embd.weight", weights.shape.width, weights.shape.vocabulary));
  return tensors_.finish();
}

Result<FeedForward> ModelLoader::read_feed_forward(const std::string& prefix, const std::string& suffix, std::uint32_t width,
                                                   std::uint32_t inner) {
  FeedForward block;
  LEMMA_ASSIGN(block.gate, tensors_.matrix(prefix + "ffn_gate" + suffix, width, inner));
  LEMMA_ASSIGN(block.up, tensors_.matrix(prefix + "ffn_up" + suffix, width, inner));
  LEMMA_ASSIGN(block.down, tensors_.matrix(prefix + "ffn_down" + suffix, inner, width));
  return block;
}

DecoderShape ModelLoader::facts(const ResidualShape& shape) const {
  return {.vocabulary = shape.vocabulary, .layers = shape.layers, .width = shape.width, .trained_context = shape.context,
          .parameters = tensors_.parameters(), .weight_bytes = tensors_.packed_bytes(), .main_type = tensors_.main_type()};
}

}  // namespace lemma
