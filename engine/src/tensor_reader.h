// Takes a model's tensors out of a file by a strict schema: each tensor must exist with exactly the expected shape, and at the end
// none may be left over. Counts parameters and bytes by type on the way.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "gguf.h"
#include "packed_matrix.h"
#include "weight_store.h"

namespace lemma {

class TensorReader {
 public:
  explicit TensorReader(const GgufFile& file, const WeightLimits& limits = {}) : file_(file), limits_(limits) {}
  /// Makes room for all matrices of the file; before the first matrix().
  Status reserve();

  bool has(std::string_view name) const { return file_.find_tensor(name) != nullptr; }
  /// A [k, rows] matrix, packed when it is used; rows reordered if `source_row` is given.
  Result<PackedMatrix> matrix(const std::string& name, std::uint32_t k, std::uint32_t rows,
                              const std::function<std::uint32_t(std::uint32_t)>& source_row = {});
  Result<std::vector<float>> vector(const std::string& name, std::uint32_t n);
  /// An empty vector if the tensor is absent.
  Result<std::vector<float>> optional_vector(const std::string& name, std::uint32_t n);
  /// Error `model_format` if the file holds a tensor that nobody took.
  Status finish() const;

  std::uint64_t parameters() const { return parameters_; }
  /// What the matrices live in; the model keeps it.
  WeightStore take_store() { return std::move(store_); }
  std::uint64_t packed_bytes() const { return store_.room(); }
  /// The type with the most elements.
  TensorType main_type() const;

 private:
  Result<const GgufTensor*> take(const std::string& name, std::vector<std::uint64_t> extents);

  const GgufFile& file_;
  const WeightLimits limits_;
  std::set<std::string, std::less<>> taken_;
  std::map<TensorType, std::uint64_t> elements_;
  std::uint64_t parameters_ = 0;
  WeightStore store_;
};

}  // namespace lemma
