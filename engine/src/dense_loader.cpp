// Keys and tensors of dense GGUF models. Bounds are generous for real models and small enough that no product overflows 64 bits.

#include "dense_loader.h"

#include <string>
#include <utility>

#include "dense_decoder.h"
#include "rope_loader.h"
#include "tensor_reader.h"

namespace lemma {
namespace {

constexpr std::uint64_t kMaxWidth = 1U << 16;
constexpr std::uint64_t kMaxVocabulary = 1U << 21;

class DenseLoader {
 public:
  DenseLoader(const GgufFile& file, const WeightLimits& limits, const DenseTraits& traits)
      : file_(file), traits_(traits), tensors_(file, limits) {}

  Result<std::unique_ptr<Decoder>> load() {
    LEMMA_TRY(read_shape());
    LEMMA_ASSIGN(weights_.rope, read_rope(file_, traits_.name, weights_.shape.head_dim, weights_.shape.context, tensors_));
    LEMMA_TRY(read_tensors());
    const DenseShape& shape = weights_.shape;
    DecoderShape facts = {.vocabulary = shape.vocabulary, .layers = shape.layers, .width = shape.width,
                          .trained_context = shape.context, .parameters = tensors_.parameters(),
                          .weight_bytes = tensors_.packed_bytes(), .main_type = tensors_.main_type()};
    weights_.store = tensors_.take_store();
    return std::unique_ptr<Decoder>(std::make_unique<DenseDecoder>(std::move(weights_), facts));
  }

 private:
  std::string key(const char* name) const { return std::string(traits_.name) + "." + name; }

  Result<std::uint32_t> integer(const char* name, std::uint64_t low, std::uint64_t high,
                                std::optional<std::uint64_t> fallback = std::nullopt) const {
    LEMMA_ASSIGN(const std::uint64_t value, file_.integer(key(name), low, high, fallback));
    return static_cast<std::uint32_t>(value);
  }

  Status unsupported(const char* name, const std::string& expected, const std::string& found) const {
    return Status::error(Code::model_unsupported,
                         file_.path() + ": " + key(name) + ": expected " + expected + ", found " + found);
  }

  Status read_shape() {
    DenseShape& shape = weights_.shape;
    LEMMA_ASSIGN(shape.layers, integer("block_count", 1, 1024));
    LEMMA_ASSIGN(shape.width, integer("embedding_length", 1, kMaxWidth));
    LEMMA_ASSIGN(shape.feed_forward, integer("feed_forward_length", 1, 1U << 20));
    LEMMA_ASSIGN(shape.context, integer("context_length", 1, 1U << 24));
    LEMMA_ASSIGN(shape.heads, integer("attention.head_count", 1, 4096));
    LEMMA_ASSIGN(shape.kv_heads, integer("attention.head_count_kv", 1, 4096, shape.heads));
    LEMMA_ASSIGN(const double epsilon, file_.number(key("attention.layer_norm_rms_epsilon"), 1e-12, 0.1));
    shape.epsilon = static_cast<float>(epsilon);
    if (shape.heads % shape.kv_heads != 0)
      return unsupported("attention.head_count_kv", "a divisor of " + std::to_string(shape.heads), std::to_string(shape.kv_heads));
    const std::uint32_t even_share = shape.width / shape.heads;
    LEMMA_ASSIGN(shape.head_dim, integer("attention.key_length", 2, kMaxHeadDim, even_share));
    LEMMA_ASSIGN(const std::uint32_t value_dim, integer("attention.value_length", 2, kMaxHeadDim, shape.head_dim));
    if (value_dim != shape.head_dim)
      return unsupported("attention.value_length", std::to_string(shape.head_dim), std::to_string(value_dim));
    if (shape.head_dim < 2 || shape.head_dim > kMaxHeadDim)  // the fallback is not bounded
      return unsupported("attention.key_length", "2 to " + std::to_string(kMaxHeadDim), std::to_string(shape.head_dim));
    LEMMA_ASSIGN(const std::uint32_t experts, integer("expert_count", 0, 1U << 16, 0));
    if (experts != 0) return unsupported("expert_count", "0", std::to_string(experts));
    return read_vocabulary();
  }

  // The embedding's own shape says how many entries there are; the key, where present, must agree.
  Status read_vocabulary() {
    const GgufTensor* embedding = file_.find_tensor("token_embd.weight");
    if (embedding == nullptr || embedding->dimensions != 2 || embedding->extents[1] > kMaxVocabulary)
      return Status::error(Code::model_format, file_.path() + ": tensor \"token_embd.weight\": expected [" +
                                                   std::to_string(weights_.shape.width) + ", at most " +
                                                   std::to_string(kMaxVocabulary) + "], found " +
                                                   (embedding == nullptr ? "none" : "another shape"));
    LEMMA_ASSIGN(weights_.shape.vocabulary,
                 integer("vocab_size", embedding->extents[1], embedding->extents[1], embedding->extents[1]));
    return {};
  }

  Result<std::vector<float>> vector(const std::string& name, std::uint32_t n, Presence presence) {
    if (presence == Presence::absent) return std::vector<float>();
    return presence == Presence::required ? tensors_.vector(name, n) : tensors_.optional_vector(name, n);
  }

  // Brings rotating pairs of a query or key vector into the halves form, like the rows of its matrix.
  std::vector<float> reorder(const std::vector<float>& in) const {
    std::vector<float> out(in.size());
    for (std::uint32_t i = 0; i < in.size(); ++i) out[i] = in[source_row(i)];
    return out;
  }

  std::uint32_t source_row(std::uint32_t row) const {
    return traits_.pairs == RopePairs::halves ? row : rope_source_row(row, weights_.shape.head_dim, weights_.rope.dimensions);
  }

  Status read_tensors() {
    const DenseShape& shape = weights_.shape;
    LEMMA_TRY(tensors_.reserve());
    LEMMA_ASSIGN(weights_.output_norm, tensors_.vector("output_norm.weight", shape.width));
    if (tensors_.has("output.weight")) {
      LEMMA_ASSIGN(weights_.output, tensors_.matrix("output.weight", shape.width, shape.vocabulary));
    }
    for (std::uint32_t i = 0; i < shape.layers; ++i) LEMMA_TRY(read_layer("blk." + std::to_string(i) + "."));
    // Last, so that others find room first: rows are looked up in the file as well.
    LEMMA_ASSIGN(weights_.embedding, tensors_.matrix("token_embd.weight", shape.width, shape.vocabulary));
    return tensors_.finish();
  }

  Status read_layer(const std::string& prefix) {
    const DenseShape& shape = weights_.shape;
    const std::uint32_t q_rows = shape.heads * shape.head_dim, kv_rows = shape.kv_heads * shape.head_dim;
    const auto rotated = [this](std::uint32_t row) { return source_row(row); };
    DenseLayer layer;
    LEMMA_ASSIGN(layer.attention_norm, tensors_.vector(prefix + "attn_norm.weight", shape.width));
    LEMMA_ASSIGN(layer.q, tensors_.matrix(prefix + "attn_q.weight", shape.width, q_rows, rotated));
    LEMMA_ASSIGN(layer.k, tensors_.matrix(prefix + "attn_k.weight", shape.width, kv_rows, rotated));
    LEMMA_ASSIGN(layer.v, tensors_.matrix(prefix + "attn_v.weight", shape.width, kv_rows));
    LEMMA_ASSIGN(layer.q_bias, vector(prefix + "attn_q.bias", q_rows, traits_.qkv_bias));
    LEMMA_ASSIGN(layer.k_bias, vector(prefix + "attn_k.bias", kv_rows, traits_.qkv_bias));
    LEMMA_ASSIGN(layer.v_bias, vector(prefix + "attn_v.bias", kv_rows, traits_.qkv_bias));
    LEMMA_ASSIGN(layer.q_norm, vector(prefix + "attn_q_norm.weight", shape.head_dim, traits_.qk_norm));
    LEMMA_ASSIGN(layer.k_norm, vector(prefix + "attn_k_norm.weight", shape.head_dim, traits_.qk_norm));
    for (std::vector<float>* values : {&layer.q_bias, &layer.k_bias, &layer.q_norm, &layer.k_norm}) *values = reorder(*values);
    LEMMA_ASSIGN(layer.o, tensors_.matrix(prefix + "attn_output.weight", q_rows, shape.width));
    LEMMA_ASSIGN(layer.feed_forward_norm, tensors_.vector(prefix + "ffn_norm.weight", shape.width));
    LEMMA_ASSIGN(layer.gate, tensors_.matrix(prefix + "ffn_gate.weight", shape.width, shape.feed_forward));
    LEMMA_ASSIGN(layer.up, tensors_.matrix(prefix + "ffn_up.weight", shape.width, shape.feed_forward));
    LEMMA_ASSIGN(layer.down, tensors_.matrix(prefix + "ffn_down.weight", shape.feed_forward, shape.width));
    weights_.layers.push_back(std::move(layer));
    return {};
  }

  const GgufFile& file_;
  const DenseTraits& traits_;
  TensorReader tensors_;
  DenseWeights weights_;
};

}  // namespace

Result<std::unique_ptr<Decoder>> load_dense(const GgufFile& file, const WeightLimits& limits, const DenseTraits& traits) {
  return DenseLoader(file, limits, traits).load();
}

}  // namespace lemma
