// An independent forward pass of latent attention and experts for tests: plain double arithmetic, un-absorbed, one expert after the
// other, straight from a RandomLatent's weights and the papers (arXiv 2405.04434, 2412.19437). Shares no code with the engine.
#pragma once

#include <algorithm>
#include <cmath>
#include <vector>

#include "random_latent.h"
#include "reference_forward.h"

namespace lemma_test {

class LatentReference {
 public:
  explicit LatentReference(const RandomLatent& model) : m_(model) {}

  /// Logits after each token: [tokens][vocabulary]. `margin` becomes the closest decision of any gate.
  std::vector<Row> logits(const std::vector<std::uint32_t>& tokens) {
    std::vector<Row> x;
    for (const std::uint32_t token : tokens) {
      const auto at = m_.weight("token_embd.weight").begin() + static_cast<std::ptrdiff_t>(std::size_t{token} * m_.width);
      x.emplace_back(at, at + m_.width);
    }
    for (std::uint32_t layer = 0; layer < m_.layers; ++layer) {
      const std::string b = "blk." + std::to_string(layer) + ".";
      attend(b, x);
      for (Row& row : x) {
        Row h = row;
        normalise(h.data(), h.size(), m_.weight(b + "ffn_norm.weight"));
        if (layer < m_.dense_layers) add(row, block(b, ".weight", h, 0, 1));
        else add_experts(b, h, row);
      }
    }
    std::vector<Row> out;
    for (Row& row : x) {
      normalise(row.data(), row.size(), m_.weight("output_norm.weight"));
      out.push_back(multiply(m_.weight(m_.tied ? "token_embd.weight" : "output.weight"), row));
    }
    return out;
  }

  double margin = INFINITY;

 private:
  // Radians a position for pair i; YaRN as in reference_forward.h, from 64 tokens.
  double speed(std::size_t i) const {
    RandomModel like;
    like.head_dim = m_.rope;
    if (m_.factor != 1) like.rope = {.scaling = "yarn", .factor = m_.factor, .original = 64};
    return rotation_speed(like, i);
  }
  void rotate_pairs(double* x, std::size_t position) const {
    const double length = m_.factor != 1 && m_.multiplier == 0 ? 1 + std::log(static_cast<double>(m_.factor)) / 10 : 1;
    for (std::size_t i = 0; i < m_.rope / 2; ++i) {
      const double angle = static_cast<double>(position) * speed(i), c = length * std::cos(angle), s = length * std::sin(angle);
      const double a = x[2 * i], b = x[2 * i + 1];
      x[2 * i] = a * c - b * s;
      x[2 * i + 1] = a * s + b * c;
    }
  }

  // Row d of a head's keys, or of its values: kv_rank numbers over the latent.
  double key_weight(const std::string& b, std::size_t head, std::size_t d, std::size_t i) const {
    if (m_.joint) return static_cast<double>(m_.weight(b + "attn_kv_b.weight")[(head * (m_.nope + m_.value) + d) * m_.kv_rank + i]);
    return static_cast<double>(m_.weight(b + "attn_k_b.weight")[(head * m_.kv_rank + i) * m_.nope + d]);
  }
  double value_weight(const std::string& b, std::size_t head, std::size_t d, std::size_t i) const {
    if (m_.joint)
      return static_cast<double>(m_.weight(b + "attn_kv_b.weight")[(head * (m_.nope + m_.value) + m_.nope + d) * m_.kv_rank + i]);
    return static_cast<double>(m_.weight(b + "attn_v_b.weight")[(head * m_.value + d) * m_.kv_rank + i]);
  }

  void attend(const std::string& b, std::vector<Row>& x) const {
    const std::size_t dim = m_.nope + m_.rope;
    const double growth = m_.factor != 1 ? static_cast<double>(m_.multiplier) * std::log(static_cast<double>(m_.factor)) + 1 : 1;
    std::vector<Row> keys, values;  // [token][head * dim], [token][head * value]
    for (std::size_t t = 0; t < x.size(); ++t) {
      Row h = x[t];
      normalise(h.data(), h.size(), m_.weight(b + "attn_norm.weight"));
      Row q = h;
      if (m_.q_rank > 0) {
        q = multiply(m_.weight(b + "attn_q_a.weight"), h);
        normalise(q.data(), q.size(), m_.weight(b + "attn_q_a_norm.weight"));
      }
      q = multiply(m_.weight(b + (m_.q_rank > 0 ? "attn_q_b.weight" : "attn_q.weight")), q);
      Row latent = multiply(m_.weight(b + "attn_kv_a_mqa.weight"), h);
      normalise(latent.data(), m_.kv_rank, m_.weight(b + "attn_kv_a_norm.weight"));
      rotate_pairs(&latent[m_.kv_rank], t);
      Row k(m_.heads * dim), v(m_.heads * m_.value);
      for (std::size_t head = 0; head < m_.heads; ++head) {
        rotate_pairs(&q[head * dim + m_.nope], t);
        for (std::size_t d = 0; d < m_.nope; ++d)
          for (std::size_t i = 0; i < m_.kv_rank; ++i) k[head * dim + d] += key_weight(b, head, d, i) * latent[i];
        for (std::size_t d = 0; d < m_.rope; ++d) k[head * dim + m_.nope + d] = latent[m_.kv_rank + d];
        for (std::size_t d = 0; d < m_.value; ++d)
          for (std::size_t i = 0; i < m_.kv_rank; ++i) v[head * m_.value + d] += value_weight(b, head, d, i) * latent[i];
      }
      keys.push_back(k);
      values.push_back(v);
      Row attended(m_.heads * m_.value, 0.0);
      for (std::size_t head = 0; head < m_.heads; ++head) {
        Row weight(t + 1);
        double sum = 0;
        for (std::size_t j = 0; j <= t; ++j) {
          for (std::size_t i = 0; i < dim; ++i) weight[j] += q[head * dim + i] * keys[j][head * dim + i];
          sum += weight[j] = std::exp(weight[j] * growth * growth / std::sqrt(static_cast<double>(dim)));
        }
        for (std::size_t j = 0; j <= t; ++j)
          for (std::size_t d = 0; d < m_.value; ++d) attended[head * m_.value + d] += weight[j] / sum * values[j][head * m_.value + d];
      }
      add(x[t], multiply(m_.weight(b + "attn_output.weight"), attended));
    }
  }

  // Matrix `index` of `count` that lie one behind the other under a name.
  Row block(const std::string& b, const std::string& suffix, const Row& h, std::size_t index, std::size_t count) const {
    const auto times = [&](const char* name, const Row& in) {
      const std::vector<float>& all = m_.weight(b + name + suffix);
      const auto size = static_cast<std::ptrdiff_t>(all.size() / count), at = static_cast<std::ptrdiff_t>(index) * size;
      return multiply({all.begin() + at, all.begin() + at + size}, in);
    };
    Row gate = times("ffn_gate", h);
    const Row up = times("ffn_up", h);
    for (std::size_t i = 0; i < gate.size(); ++i) gate[i] = gate[i] / (1 + std::exp(-gate[i])) * up[i];
    return times("ffn_down", gate);
  }

  void add_experts(const std::string& b, const Row& h, Row& out) {
    Row scores = multiply(m_.weight(b + "ffn_gate_inp.weight"), h);
    double sum = 0;
    for (double& s : scores) sum += m_.gating == 1 ? s = std::exp(s) : s = 1 / (1 + std::exp(-s));
    if (m_.gating == 1)
      for (double& s : scores) s /= sum;
    Row ranks = scores;
    if (m_.biased) add_vector(ranks, m_.weight(b + "exp_probs_b.bias"));
    const std::size_t size = m_.experts / m_.groups;
    if (m_.used_groups < m_.groups) {
      Row best;
      for (std::size_t g = 0; g < m_.groups; ++g) {
        Row group(ranks.begin() + static_cast<std::ptrdiff_t>(g * size), ranks.begin() + static_cast<std::ptrdiff_t>((g + 1) * size));
        std::ranges::sort(group, std::greater<>());
        best.push_back(group[0] + group[1]);
      }
      const double least = nth_best(best, m_.used_groups);
      for (std::size_t e = 0; e < m_.experts; ++e)
        if (best[e / size] < least) ranks[e] = -INFINITY;
    }
    const double least = nth_best(ranks, m_.used);
    double total = 0;
    for (std::size_t e = 0; e < m_.experts; ++e) total += ranks[e] >= least ? scores[e] : 0;
    for (std::size_t e = 0; e < m_.experts; ++e) {
      if (ranks[e] < least) continue;
      Row part = block(b, "_exps.weight", h, e, m_.experts);
      for (double& v : part) v *= scores[e] * static_cast<double>(m_.scale) / (m_.normalised ? total : 1);
      add(out, part);
    }
    if (m_.shared > 0) add(out, block(b, "_shexp.weight", h, 0, 1));
  }

  static void add_vector(Row& x, const std::vector<float>& y) {
    for (std::size_t i = 0; i < x.size(); ++i) x[i] += static_cast<double>(y[i]);
  }
  // The n-th largest; notes how far the next one is.
  double nth_best(Row values, std::size_t n) {
    std::ranges::sort(values, std::greater<>());
    if (n < values.size() && std::isfinite(values[n])) margin = std::min(margin, values[n - 1] - values[n]);
    return values[n - 1];
  }

  const RandomLatent& m_;
};

}  // namespace lemma_test
