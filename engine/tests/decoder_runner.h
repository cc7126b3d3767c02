// Drives a decoder without an engine around it: a test says which rows make up each pass, and where each sequence's prompt ends.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "check.h"
#include "kernels/dispatch.h"
#include "models/models.h"
#include "thread_pool.h"

namespace lemma_test {

/// Settings of a runner.
struct RunnerOptions {
  const lemma::KernelTable* kernels = lemma::runnable_kernels().back();
  std::uint32_t threads = 1, sequences = 1, context = 256;
  lemma::KvType kv_type = lemma::KvType::f32;
  std::uint64_t packed_bytes = UINT64_MAX;
};

/// Rows of a pass: the next `rows` tokens of a sequence.
struct Piece {
  std::uint32_t sequence, rows;
};

class DecoderRunner {
 public:
  using Options = RunnerOptions;

  DecoderRunner(const std::string& bytes, const Options& options = {})
      : pool_(options.threads), file_(lemma::GgufFile::take({bytes.begin(), bytes.end()}, "test").take()), options_(options) {
    auto loaded = lemma::load_decoder(file_, {.packed_bytes = options.packed_bytes});
    status = loaded.status();
    if (!status.ok()) return;
    decoder = loaded.take();
    status = decoder->prepare({.kernels = options.kernels, .pool = &pool_, .step_tokens = options.context, .logit_rows = options.context,
                               .context_length = options.context, .kv_type = options.kv_type});
    pages_each_ = (options.context + lemma::kPageTokens - 1) / lemma::kPageTokens;
    // What a page held before must not matter: it is no number here.
    cache_.assign(decoder->page_bytes(options.kv_type) * pages_each_ * options.sequences, 0xFF);
    sequences_.resize(options.sequences);
  }

  /// Begins a sequence anew. All of its tokens are known beforehand; the first `prompt` of them are its prompt.
  void begin(std::uint32_t index, std::vector<std::uint32_t> tokens, std::size_t prompt) {
    Sequence& sequence = sequences_[index];
    sequence = {std::move(tokens), static_cast<std::uint32_t>(prompt), 0, {}, {}};
    for (std::uint32_t i = 0; i < pages_each_; ++i)  // neighbours in time are none in memory
      sequence.pages.push_back((pages_each_ - 1 - i) * options_.sequences + index);
  }

  /// One pass. The logits of its rows are appended to those of their sequences.
  void step(const std::vector<Piece>& pieces) {
    lemma::Batch batch;
    for (const Piece& piece : pieces) {
      Sequence& sequence = sequences_[piece.sequence];
      batch.parts.push_back({batch.rows(), piece.rows, sequence.stored, sequence.prompt, sequence.pages.data()});
      for (std::uint32_t i = 0; i < piece.rows; ++i) {
        batch.logit_rows.push_back(batch.rows());
        batch.tokens.push_back(sequence.tokens[sequence.stored + i]);
      }
      sequence.stored += piece.rows;
    }
    pool_.use(options_.threads);
    decoder->forward(batch, cache_.data());
    std::uint32_t row = 0;
    for (const Piece& piece : pieces)
      for (std::uint32_t i = 0; i < piece.rows; ++i, ++row)
        sequences_[piece.sequence].logits.emplace_back(decoder->logits(row), decoder->logits(row) + decoder->shape().vocabulary);
  }

  /// All logits of one text alone, in pieces of `rows`; the first `prompt` tokens are prompt.
  std::vector<std::vector<float>> logits_of(const std::vector<std::uint32_t>& tokens, std::size_t prompt, std::uint32_t rows) {
    begin(0, tokens, prompt);
    for (std::size_t at = 0; at < tokens.size(); at += rows)
      step({{0, static_cast<std::uint32_t>(std::min<std::size_t>(rows, tokens.size() - at))}});
    return sequences_[0].logits;
  }
  const std::vector<std::vector<float>>& logits(std::uint32_t sequence) const { return sequences_[sequence].logits; }

  lemma::Status status;
  std::unique_ptr<lemma::Decoder> decoder;

 private:
  struct Sequence {
    std::vector<std::uint32_t> tokens;
    std::uint32_t prompt, stored;
    std::vector<std::uint32_t> pages;
    std::vector<std::vector<float>> logits;
  };

  lemma::ThreadPool pool_;
  lemma::GgufFile file_;
  Options options_;
  std::uint32_t pages_each_ = 0;
  std::vector<std::uint8_t> cache_;
  std::vector<Sequence> sequences_;
};

}  // namespace lemma_test
