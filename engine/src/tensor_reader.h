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
  /// Makes room for all matrices of the file, and `more` bytes; before the first matrix().
  Status reserve(std::size_t more = 0);

  bool has(std::string_view name) const { return file_.find_tensor(name) != nullptr; }
  /// A [k, rows] matrix, packed when it is used; rows reordered if `source_row` is given.
  Result<PackedMatrix> matrix(const std::string& name, std::uint32_t k, std::uint32_t rows,
                              const std::function<std::uint32_t(std::uint32_t)>& source_row = {});
  /// A [k, rows, count] tensor as `count` matrices, one behind the other in the file.
  Result<std::vector<PackedMatrix>> matrices(const std::string& name, std::uint32_t k, std::uint32_t rows, std::uint32_t count);
  /// A tensor of exactly these extents, to be cut into matrices by add and add_transposed.
  Result<const GgufTensor*> whole(const std::string& name, std::vector<std::uint64_t> extents) { return take(name, std::move(extents)); }
  /// Rows [first, first + rows) of a tensor, counted over all its matrices.
  PackedMatrix add(const GgufTensor& tensor, std::uint64_t first, std::uint32_t rows) {
    return store_.add(rows_of(tensor, first, rows), {});
  }
  PackedMatrix add_transposed(const GgufTensor& tensor, std::uint64_t first, std::uint32_t rows) {
    return store_.add_transposed(rows_of(tensor, first, rows));
  }
  static GgufTensor rows_of(const GgufTensor& tensor, std::uint64_t first, std::uint32_t rows);
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
