// Keys and tensors of `deepseek2` files. Newer ones hold kv_b_proj as attn_k_b, transposed for the absorbed form, and attn_v_b, and name
// the heads' own sizes with _mla beside those of the one head that is cached; older ones hold it whole as attn_kv_b, in each head its
// keys' rows before its values', and name the heads' sizes alone. Rows that RoPE rotates are neighbours in both.

#include "latent_loader.h"

#include <cmath>
#include <string>
#include <utility>

#include "latent_decoder.h"
#include "model_loader.h"
#include "rope_loader.h"

namespace lemma {
namespace {

constexpr char kName[] = "deepseek2";
constexpr std::uint32_t kMaxHeads = 1024, kMaxKeyDim = 1024;
constexpr std::uint32_t kMaxShared = 64;

class LatentLoader : ModelLoader {
 public:
  LatentLoader(const GgufFile& file, const WeightLimits& limits) : ModelLoader(file, limits, kName) {}

  Result<std::unique_ptr<Decoder>> load() {
    ResidualWeights& stream = weights_.stream;
    LEMMA_TRY(read_sizes(stream.shape));
    LEMMA_TRY(refuse_others());
    LEMMA_TRY(read_attention());
    LEMMA_TRY(read_scale());
    LEMMA_TRY(read_experts());
    LEMMA_TRY(tensors_.reserve(turned_bytes()));
    LEMMA_TRY(read_output(stream));
    for (std::uint32_t i = 0; i < stream.shape.layers; ++i) LEMMA_TRY(read_layer(i));
    LEMMA_TRY(read_embedding(stream));
    const DecoderShape known = facts(stream.shape);
    stream.store = tensors_.take_store();
    return std::unique_ptr<Decoder>(std::make_unique<LatentDecoder>(std::move(weights_), known));
  }

 private:
  // Layers that predict further tokens, and attention that changes with the position, are models of their own.
  Status refuse_others() const {
    for (const char* name : {"nextn_predict_layers", "attention.temperature_length", "attention.temperature_scale"}) {
      LEMMA_ASSIGN(const double value, file_.number(key(name), 0, 1e9, 0));
      if (value != 0) return unsupported(name, "0", std::to_string(value));
    }
    return {};
  }

  Status read_attention() {
    LatentShape& shape = weights_.shape;
    is_split_ = file_.find(key("attention.key_length_mla")) != nullptr;
    LEMMA_ASSIGN(shape.heads, integer("attention.head_count", 1, kMaxHeads));
    LEMMA_ASSIGN(shape.kv_rank, integer("attention.kv_lora_rank", 1, kMaxHeadDim));
    LEMMA_ASSIGN(shape.q_rank, integer("attention.q_lora_rank", 0, 1U << 16, 0));
    LEMMA_ASSIGN(const std::uint32_t key_dim, integer(is_split_ ? "attention.key_length_mla" : "attention.key_length", 3, kMaxKeyDim));
    LEMMA_ASSIGN(shape.value, integer(is_split_ ? "attention.value_length_mla" : "attention.value_length", 1, kMaxHeadDim));
    LEMMA_ASSIGN(shape.rope, integer("rope.dimension_count", 2, key_dim - 1));
    shape.nope = key_dim - shape.rope;
    const std::uint32_t cached = is_split_ ? 1 : shape.heads;
    LEMMA_TRY(same("attention.head_count_kv", cached));
    if (!is_split_) return {};
    LEMMA_TRY(same("attention.key_length", shape.kv_rank + shape.rope));
    return same("attention.value_length", shape.kv_rank);
  }

  // A key that can have only one value.
  Status same(const char* name, std::uint32_t value) const {
    LEMMA_ASSIGN(const std::uint32_t found, integer(name, 0, UINT32_MAX));
    return found == value ? Status{} : unsupported(name, std::to_string(value), std::to_string(found));
  }

  // With YaRN and a log multiplier c scores grow by (c ln(factor) + 1)^2 instead of rotated elements by YaRN's own magnitude: DeepSeek's
  // m = 0.1 mscale_all_dim ln(factor) + 1, with c = 0.1 mscale_all_dim and mscale the same.
  Status read_scale() {
    LatentShape& shape = weights_.shape;
    RopeConfig& rope = weights_.stream.rope;
    LEMMA_ASSIGN(rope, read_rope(file_, kName, shape.rope, weights_.stream.shape.context, tensors_));
    double growth = 1;
    LEMMA_ASSIGN(const double multiplier, file_.number(key("rope.scaling.yarn_log_multiplier"), 0, 100, 0));
    if (rope.yarn && multiplier != 0) {
      LEMMA_ASSIGN(const double attention, file_.number(key("rope.scaling.attn_factor"), 1e-3, 1e3, 1));
      if (attention != 1) return unsupported("rope.scaling.attn_factor", "1 beside yarn_log_multiplier", std::to_string(attention));
      const double factor = 1 / rope.scale;
      rope.magnitude /= yarn_magnitude(factor);
      growth = yarn_growth(multiplier, factor);
    }
    shape.scale = static_cast<float>(growth * growth / std::sqrt(static_cast<double>(shape.nope + shape.rope)));
    return {};
  }

  Status read_experts() {
    const std::uint32_t layers = weights_.stream.shape.layers;
    ExpertShape& shape = weights_.experts;
    ExpertGate& gate = shape.gate;
    LEMMA_ASSIGN(dense_layers_, integer("leading_dense_block_count", 0, layers, 0));
    if (dense_layers_ == layers) return {};
    LEMMA_ASSIGN(gate.experts, integer("expert_count", 1, kMaxExperts));
    LEMMA_ASSIGN(gate.used, integer("expert_used_count", 1, gate.experts));
    LEMMA_ASSIGN(shape.width, integer("expert_feed_forward_length", 1, 1U << 20));
    LEMMA_ASSIGN(const std::uint32_t shared, integer("expert_shared_count", 0, kMaxShared, 0));
    shape.shared_width = shared * shape.width;
    LEMMA_ASSIGN(const std::uint32_t gating, integer("expert_gating_func", 1, 2, 1));  // absent in files of V2
    gate.gating = static_cast<Gating>(gating);
    LEMMA_ASSIGN(gate.normalised, file_.boolean(key("expert_weights_norm"), false));
    LEMMA_ASSIGN(const double scale, file_.number(key("expert_weights_scale"), 0, 1e6, 1));
    gate.scale = scale == 0 ? 1 : static_cast<float>(scale);  // 0 means none, as llama.cpp writes it
    LEMMA_ASSIGN(const std::uint32_t groups, integer("expert_group_count", 0, gate.experts, 1));
    gate.groups = std::max(groups, 1U);
    LEMMA_ASSIGN(const std::uint32_t used_groups, integer("expert_group_used_count", 0, gate.groups, gate.groups));
    gate.used_groups = used_groups == 0 ? gate.groups : used_groups;
    const std::uint32_t size = gate.experts / gate.groups;
    if (gate.experts % gate.groups != 0 || (gate.groups > 1 && size < 2))
      return unsupported("expert_group_count", "equal groups of two of " + std::to_string(gate.experts) + " experts or more",
                         std::to_string(gate.groups));
    if (gate.used > size * gate.used_groups)
      return unsupported("expert_used_count", "at most the " + std::to_string(size * gate.used_groups) + " experts of the best groups",
                         std::to_string(gate.used));
    return {};
  }

  std::string layer_name(std::uint32_t layer) const { return "blk." + std::to_string(layer) + "."; }

  // What kv_b needs beside the file's matrices: a transposed copy in floats, and in older files pieces that are padded head by head.
  std::size_t turned_bytes() const {
    const LatentShape& shape = weights_.shape;
    const std::size_t heads = shape.heads;
    std::size_t bytes = 0;
    for (std::uint32_t i = 0; i < weights_.stream.shape.layers; ++i) {
      const GgufTensor* kv = file_.find_tensor(layer_name(i) + (is_split_ ? "attn_k_b.weight" : "attn_kv_b.weight"));
      const std::uint64_t rows = is_split_ ? shape.kv_rank : heads * (shape.nope + shape.value);
      if (kv == nullptr || kv->extents[0] != (is_split_ ? shape.nope : shape.kv_rank) || kv->extents[1] != rows) continue;
      const GgufTensor keys = TensorReader::rows_of(*kv, 0, is_split_ ? shape.kv_rank : shape.nope);
      bytes += heads * Arena::piece(PackedMatrix::packed_bytes(transposed_shape(keys)));
      if (is_split_) continue;
      bytes += heads * Arena::piece(PackedMatrix::packed_bytes(keys));
      bytes += heads * Arena::piece(PackedMatrix::packed_bytes(TensorReader::rows_of(*kv, 0, shape.value)));
      bytes -= Arena::piece(PackedMatrix::packed_bytes(*kv));
    }
    return bytes;
  }

  // Rows of a matrix whose heads of `head` rows end in the ones that rotate, brought into the halves form.
  std::uint32_t source_row(std::uint32_t row, std::uint32_t head) const {
    const std::uint32_t still = head - weights_.shape.rope, at = row % head;
    return at < still ? row : row - at + still + rope_source_row(at - still, weights_.shape.rope, weights_.stream.rope.dimensions);
  }

  Status read_layer(std::uint32_t index) {
    const std::string prefix = layer_name(index);
    const std::uint32_t width = weights_.stream.shape.width;
    LatentLayer layer;
    LEMMA_ASSIGN(layer.attention_norm, tensors_.vector(prefix + "attn_norm.weight", width));
    LEMMA_TRY(read_queries(prefix, layer));
    LEMMA_TRY(read_latent(prefix, layer));
    LEMMA_TRY(is_split_ ? read_split(prefix, layer) : read_joint(prefix, layer));
    LEMMA_ASSIGN(layer.o, tensors_.matrix(prefix + "attn_output.weight", weights_.shape.heads * weights_.shape.value, width));
    LEMMA_ASSIGN(layer.feed_forward_norm, tensors_.vector(prefix + "ffn_norm.weight", width));
    if (index < dense_layers_) {
      LEMMA_ASSIGN(layer.feed_forward, read_feed_forward(prefix, ".weight", width, weights_.stream.shape.feed_forward));
    } else {
      LEMMA_ASSIGN(layer.experts, read_block(prefix));
    }
    weights_.layers.push_back(std::move(layer));
    return {};
  }

  Status read_queries(const std::string& prefix, LatentLayer& layer) {
    const LatentShape& shape = weights_.shape;
    const std::uint32_t width = weights_.stream.shape.width, head = shape.nope + shape.rope;
    const auto rotated = [this, head](std::uint32_t row) { return source_row(row, head); };
    if (shape.q_rank > 0) {
      LEMMA_ASSIGN(layer.q_a, tensors_.matrix(prefix + "attn_q_a.weight", width, shape.q_rank));
      LEMMA_ASSIGN(layer.q_norm, tensors_.vector(prefix + "attn_q_a_norm.weight", shape.q_rank));
    }
    const char* name = shape.q_rank > 0 ? "attn_q_b.weight" : "attn_q.weight";
    LEMMA_ASSIGN(layer.q_b, tensors_.matrix(prefix + name, shape.q_rank > 0 ? shape.q_rank : width, shape.heads * head, rotated));
    return {};
  }

  Status read_latent(const std::string& prefix, LatentLayer& layer) {
    const LatentShape& shape = weights_.shape;
    const std::uint32_t rows = shape.kv_rank + shape.rope;
    const auto rotated = [this, rows](std::uint32_t row) { return source_row(row, rows); };
    LEMMA_ASSIGN(layer.kv_a, tensors_.matrix(prefix + "attn_kv_a_mqa.weight", weights_.stream.shape.width, rows, rotated));
    LEMMA_ASSIGN(layer.kv_norm, tensors_.vector(prefix + "attn_kv_a_norm.weight", shape.kv_rank));
    return {};
  }

  Status read_split(const std::string& prefix, LatentLayer& layer) {
    const LatentShape& shape = weights_.shape;
    LEMMA_ASSIGN(const GgufTensor* keys, tensors_.whole(prefix + "attn_k_b.weight", {shape.nope, shape.kv_rank, shape.heads}));
    LEMMA_ASSIGN(const GgufTensor* values, tensors_.whole(prefix + "attn_v_b.weight", {shape.kv_rank, shape.value, shape.heads}));
    for (std::uint64_t head = 0; head < shape.heads; ++head) {
      layer.absorb_key.push_back(tensors_.add(*keys, head * shape.kv_rank, shape.kv_rank));
      if (shape.expands()) layer.expand_key.push_back(tensors_.add_transposed(*keys, head * shape.kv_rank, shape.kv_rank));
      layer.expand_value.push_back(tensors_.add(*values, head * shape.value, shape.value));
    }
    return {};
  }

  Status read_joint(const std::string& prefix, LatentLayer& layer) {
    const LatentShape& shape = weights_.shape;
    const std::uint32_t rows = shape.nope + shape.value;
    LEMMA_ASSIGN(const GgufTensor* both, tensors_.whole(prefix + "attn_kv_b.weight", {shape.kv_rank, std::uint64_t{shape.heads} * rows}));
    for (std::uint64_t head = 0; head < shape.heads; ++head) {
      layer.absorb_key.push_back(tensors_.add_transposed(*both, head * rows, shape.nope));
      if (shape.expands()) layer.expand_key.push_back(tensors_.add(*both, head * rows, shape.nope));
      layer.expand_value.push_back(tensors_.add(*both, head * rows + shape.nope, shape.value));
    }
    return {};
  }

  Result<std::optional<ExpertBlock>> read_block(const std::string& prefix) {
    const ExpertShape& shape = weights_.experts;
    const std::uint32_t width = weights_.stream.shape.width, count = shape.gate.experts;
    ExpertBlock block;
    LEMMA_ASSIGN(block.router, tensors_.matrix(prefix + "ffn_gate_inp.weight", width, count));
    if (is_quantised(block.router.type()))
      return Status::error(Code::model_unsupported, file_.path() + ": tensor \"" + prefix + "ffn_gate_inp.weight\": expected F32, " +
                                                        "F16 or BF16 for a router, found " + tensor_type_info(block.router.type()).name);
    LEMMA_ASSIGN(block.bias, tensors_.optional_vector(prefix + "exp_probs_b.bias", count));
    LEMMA_ASSIGN(const auto gates, tensors_.matrices(prefix + "ffn_gate_exps.weight", width, shape.width, count));
    LEMMA_ASSIGN(const auto ups, tensors_.matrices(prefix + "ffn_up_exps.weight", width, shape.width, count));
    LEMMA_ASSIGN(const auto downs, tensors_.matrices(prefix + "ffn_down_exps.weight", shape.width, width, count));
    for (std::uint32_t i = 0; i < count; ++i) block.experts.push_back({gates[i], ups[i], downs[i]});
    if (shape.shared_width > 0) {
      LEMMA_ASSIGN(block.shared, read_feed_forward(prefix, "_shexp.weight", width, shape.shared_width));
    }
    return std::optional<ExpertBlock>(std::move(block));
  }

  bool is_split_ = false;
  std::uint32_t dense_layers_ = 0;
  LatentWeights weights_;
};

}  // namespace

Result<std::unique_ptr<Decoder>> load_latent(const GgufFile& file, const WeightLimits& limits) {
  return LatentLoader(file, limits).load();
}

}  // namespace lemma
