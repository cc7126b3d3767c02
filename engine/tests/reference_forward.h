// An independent forward pass for tests: dense models in plain double arithmetic, whole sequence at once, straight from the weights of a
// RandomModel and the formulas of the papers. Shares no code with the engine.
#pragma once

#include <cmath>
#include <vector>

#include "random_model.h"

namespace lemma_test {

using Row = std::vector<double>;

inline Row multiply(const std::vector<float>& matrix, const Row& x) {
  const std::size_t k = x.size();
  Row out(matrix.size() / k, 0.0);
  for (std::size_t r = 0; r < out.size(); ++r)
    for (std::size_t i = 0; i < k; ++i) out[r] += static_cast<double>(matrix[r * k + i]) * x[i];
  return out;
}

inline void normalise(double* x, std::size_t n, const std::vector<float>& weight) {
  double sum = 0;
  for (std::size_t i = 0; i < n; ++i) sum += x[i] * x[i];
  const double scale = 1 / std::sqrt(sum / static_cast<double>(n) + 1e-5);
  for (std::size_t i = 0; i < n; ++i) x[i] *= scale * static_cast<double>(weight[i]);
}

/// Radians that pair `i` turns with each position.
inline double rotation_speed(const RandomModel& model, std::size_t i) {
  const double dim = model.head_dim, pair = static_cast<double>(i), factor = static_cast<double>(model.rope.factor);
  double speed = std::pow(10000.0, -2 * pair / dim);
  if (model.rope.divisors) speed /= static_cast<double>(model.weights.at("rope_freqs.weight")[i]);
  if (model.rope.scaling != "yarn") return speed / factor;
  // The pair with this many turns in the original context: base^(2 i / d) = context / (2 pi turns).
  const double context = model.rope.original != 0 ? model.rope.original : model.context;
  const auto pair_of = [&](float turns) {
    return dim / 2 * std::log(context / (2 * M_PI * static_cast<double>(turns))) / std::log(10000.0);
  };
  const double first = std::fmax(std::floor(pair_of(model.rope.beta_fast)), 0);
  const double last = std::fmin(std::ceil(pair_of(model.rope.beta_slow)), dim - 1);
  if (pair <= first) return speed;
  if (pair >= last) return speed / factor;
  return speed + (speed / factor - speed) * (pair - first) / (last - first);
}

inline void rotate(double* x, const RandomModel& model, std::size_t position) {
  const std::size_t dim = model.head_dim;
  const bool interleaved = model.architecture == "llama";
  double length = static_cast<double>(model.rope.attention);
  if (model.rope.scaling == "yarn") length *= 1 + std::log(static_cast<double>(model.rope.factor)) / 10;
  for (std::size_t i = 0; i < dim / 2; ++i) {
    const double angle = static_cast<double>(position) * rotation_speed(model, i);
    double& a = interleaved ? x[2 * i] : x[i];
    double& b = interleaved ? x[2 * i + 1] : x[dim / 2 + i];
    const double c = length * std::cos(angle), s = length * std::sin(angle), a0 = a;
    a = a0 * c - b * s;
    b = a0 * s + b * c;
  }
}

inline void add(Row& x, const Row& y) {
  for (std::size_t i = 0; i < x.size(); ++i) x[i] += y[i];
}

inline void add_bias(Row& x, const RandomModel& model, const std::string& name) {
  const auto found = model.weights.find(name);
  for (std::size_t i = 0; found != model.weights.end() && i < x.size(); ++i) x[i] += static_cast<double>(found->second[i]);
}

/// Logits after each token: [tokens][vocabulary].
inline std::vector<Row> reference_logits(const RandomModel& model, const std::vector<std::uint32_t>& tokens) {
  const auto& w = model.weights;
  const std::size_t dim = model.head_dim, group = model.heads / model.kv_heads, n = tokens.size();
  std::vector<Row> x;
  for (const std::uint32_t token : tokens) {
    const auto at = w.at("token_embd.weight").begin() + static_cast<std::ptrdiff_t>(std::size_t{token} * model.width);
    x.emplace_back(at, at + model.width);
  }
  for (std::uint32_t layer = 0; layer < model.layers; ++layer) {
    const std::string b = "blk." + std::to_string(layer) + ".";
    std::vector<Row> keys, values;
    for (std::size_t t = 0; t < n; ++t) {
      Row h = x[t];
      normalise(h.data(), h.size(), w.at(b + "attn_norm.weight"));
      Row q = multiply(w.at(b + "attn_q.weight"), h), k = multiply(w.at(b + "attn_k.weight"), h);
      Row v = multiply(w.at(b + "attn_v.weight"), h);
      add_bias(q, model, b + "attn_q.bias");
      add_bias(k, model, b + "attn_k.bias");
      add_bias(v, model, b + "attn_v.bias");
      for (std::size_t head = 0; head < model.heads; ++head) {
        if (model.architecture == "qwen3") normalise(&q[head * dim], dim, w.at(b + "attn_q_norm.weight"));
        rotate(&q[head * dim], model, t);
      }
      for (std::size_t head = 0; head < model.kv_heads; ++head) {
        if (model.architecture == "qwen3") normalise(&k[head * dim], dim, w.at(b + "attn_k_norm.weight"));
        rotate(&k[head * dim], model, t);
      }
      keys.push_back(k);
      values.push_back(v);
      Row attended(model.heads * dim, 0.0);
      for (std::size_t head = 0; head < model.heads; ++head) {
        Row weight(t + 1);
        double largest = -INFINITY, sum = 0;
        for (std::size_t j = 0; j <= t; ++j) {
          double s = 0;
          for (std::size_t i = 0; i < dim; ++i) s += q[head * dim + i] * keys[j][head / group * dim + i];
          weight[j] = s / std::sqrt(static_cast<double>(dim));
          largest = std::max(largest, weight[j]);
        }
        for (double& p : weight) sum += p = std::exp(p - largest);
        for (std::size_t j = 0; j <= t; ++j)
          for (std::size_t i = 0; i < dim; ++i) attended[head * dim + i] += weight[j] / sum * values[j][head / group * dim + i];
      }
      add(x[t], multiply(w.at(b + "attn_output.weight"), attended));
      h = x[t];
      normalise(h.data(), h.size(), w.at(b + "ffn_norm.weight"));
      Row gate = multiply(w.at(b + "ffn_gate.weight"), h);
      const Row up = multiply(w.at(b + "ffn_up.weight"), h);
      for (std::size_t i = 0; i < gate.size(); ++i) gate[i] = gate[i] / (1 + std::exp(-gate[i])) * up[i];
      add(x[t], multiply(w.at(b + "ffn_down.weight"), gate));
    }
  }
  std::vector<Row> logits;
  for (Row& row : x) {
    normalise(row.data(), row.size(), w.at("output_norm.weight"));
    logits.push_back(multiply(w.at(model.tied ? "token_embd.weight" : "output.weight"), row));
  }
  return logits;
}

inline double reference_logprob(const Row& logits, std::uint32_t token) {
  double largest = -INFINITY, sum = 0;
  for (const double x : logits) largest = std::max(largest, x);
  for (const double x : logits) sum += std::exp(x - largest);
  return logits[token] - largest - std::log(sum);
}

}  // namespace lemma_test
