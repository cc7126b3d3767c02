// Keys and tensors of dense GGUF models.

#include "dense_loader.h"

#include <string>
#include <utility>

#include "dense_decoder.h"
#include "model_loader.h"
#include "rope_loader.h"

namespace lemma {
namespace {

class DenseLoader : ModelLoader {
 public:
  DenseLoader(const GgufFile& file, const WeightLimits& limits, const DenseTraits& traits)
      : ModelLoader(file, limits, traits.name), traits_(traits) {}

  Result<std::unique_ptr<Decoder>> load() {
    LEMMA_TRY(read_shape());
    ResidualWeights& stream = weights_.stream;
    LEMMA_ASSIGN(stream.rope, read_rope(file_, traits_.name, weights_.shape.head_dim, stream.shape.context, tensors_));
    LEMMA_TRY(tensors_.reserve());
    LEMMA_TRY(read_output(stream));
    for (std::uint32_t i = 0; i < stream.shape.layers; ++i) LEMMA_TRY(read_layer("blk." + std::to_string(i) + "."));
    LEMMA_TRY(read_embedding(stream));
    const DecoderShape known = facts(stream.shape);
    stream.store = tensors_.take_store();
    return std::unique_ptr<Decoder>(std::make_unique<DenseDecoder>(std::move(weights_), known));
  }

 private:
  Status read_shape() {
    LEMMA_TRY(read_sizes(weights_.stream.shape));
    DenseShape& shape = weights_.shape;
    LEMMA_ASSIGN(shape.heads, integer("attention.head_count", 1, 4096));
    LEMMA_ASSIGN(shape.kv_heads, integer("attention.head_count_kv", 1, 4096, shape.heads));
    if (shape.heads % shape.kv_heads != 0)
      return unsupported("attention.head_count_kv", "a divisor of " + std::to_string(shape.heads), std::to_string(shape.kv_heads));
    const std::uint32_t even_share = weights_.stream.shape.width / shape.heads;
    LEMMA_ASSIGN(shape.head_dim, integer("attention.key_length", 2, kMaxHeadDim, even_share));
    LEMMA_ASSIGN(const std::uint32_t value_dim, integer("attention.value_length", 2, kMaxHeadDim, shape.head_dim));
    if (value_dim != shape.head_dim)
      return unsupported("attention.value_length", std::to_string(shape.head_dim), std::to_string(value_dim));
    if (shape.head_dim < 2 || shape.head_dim > kMaxHeadDim)  // the fallback is not bounded
      return unsupported("attention.key_length", "2 to " + std::to_string(kMaxHeadDim), std::to_string(shape.head_dim));
    LEMMA_ASSIGN(const std::uint32_t experts, integer("expert_count", 0, 1U << 16, 0));
    if (experts != 0) return unsupported("expert_count", "0", std::to_string(experts));
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
    return traits_.pairs == RopePairs::halves ? row : rope_source_row(row, weights_.shape.head_dim, weights_.stream.rope.dimensions);
  }

  Status read_layer(const std::string& prefix) {
    const DenseShape& shape = weights_.shape;
    const std::uint32_t width = weights_.stream.shape.width;
    const std::uint32_t q_rows = shape.heads * shape.head_dim, kv_rows = shape.kv_heads * shape.head_dim;
    const auto rotated = [this](std::uint32_t row) { return source_row(row); };
    DenseLayer layer;
    LEMMA_ASSIGN(layer.attention_norm, tensors_.vector(prefix + "attn_norm.weight", width));
    LEMMA_ASSIGN(layer.q, tensors_.matrix(prefix + "attn_q.weight", width, q_rows, rotated));
    LEMMA_ASSIGN(layer.k, tensors_.matrix(prefix + "attn_k.weight", width, kv_rows, rotated));
    LEMMA_ASSIGN(layer.v, tensors_.matrix(prefix + "attn_v.weight", width, kv_rows));
    LEMMA_ASSIGN(layer.q_bias, vector(prefix + "attn_q.bias", q_rows, traits_.qkv_bias));
    LEMMA_ASSIGN(layer.k_bias, vector(prefix + "attn_k.bias", kv_rows, traits_.qkv_bias));
    LEMMA_ASSIGN(layer.v_bias, vector(prefix + "attn_v.bias", kv_rows, traits_.qkv_bias));
    LEMMA_ASSIGN(layer.q_norm, vector(prefix + "attn_q_norm.weight", shape.head_dim, traits_.qk_norm));
    LEMMA_ASSIGN(layer.k_norm, vector(prefix + "attn_k_norm.weight", shape.head_dim, traits_.qk_norm));
    for (std::vector<float>* values : {&layer.q_bias, &layer.k_bias, &layer.q_norm, &layer.k_norm}) *values = reorder(*values);
    LEMMA_ASSIGN(layer.o, tensors_.matrix(prefix + "attn_output.weight", q_rows, width));
    LEMMA_ASSIGN(layer.feed_forward_norm, tensors_.vector(prefix + "ffn_norm.weight", width));
    LEMMA_ASSIGN(layer.feed_forward, read_feed_forward(prefix, ".weight", width, weights_.stream.shape.feed_forward));
    weights_.layers.push_back(std::move(layer));
    return {};
  }

  const DenseTraits& traits_;
  DenseWeights weights_;
};

}  // namespace

Result<std::unique_ptr<Decoder>> load_dense(const GgufFile& file, const WeightLimits& limits, const DenseTraits& traits) {
  return DenseLoader(file, limits, traits).load();
}

}  // namespace lemma
