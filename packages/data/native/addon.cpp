// The addon's entry and its class Signer: conversions between JavaScript and signer.h. No state is global.

#include <napi.h>

#include <cstring>
#include <memory>
#include <string>

#include "signer.h"
#include "similarity.h"

namespace lemma_data {
namespace {

template <class T>
std::span<const T> to_span(const Napi::Value& value, napi_typedarray_type type, const char* name) {
  if (!value.IsTypedArray() || value.As<Napi::TypedArray>().TypedArrayType() != type)
    throw Napi::TypeError::New(value.Env(), std::string("data's addon: ") + name + " has another type");
  const auto array = value.As<Napi::TypedArray>();
  return {reinterpret_cast<const T*>(static_cast<const std::uint8_t*>(array.ArrayBuffer().Data()) + array.ByteOffset()),
          array.ElementLength()};
}

/// A JavaScript array of its own with the values of a buffer.
template <class Array, class T>
Array from_buffer(Napi::Env env, const Buffer<T>& buffer) {
  Array array = Array::New(env, buffer.size());
  if (buffer.size() > 0) std::memcpy(array.Data(), buffer.data(), buffer.size() * sizeof(T));
  return array;
}

/// The UTF-16 units of a string, into a buffer that is used again.
std::span<const char16_t> to_units(const Napi::Value& value, Buffer<char16_t>& buffer) {
  std::size_t units = 0;
  if (napi_get_value_string_utf16(value.Env(), value, nullptr, 0, &units) != napi_ok)
    throw Napi::TypeError::New(value.Env(), "data's addon: expected a string");
  buffer.clear();
  buffer.extend(units + 1);
  napi_get_value_string_utf16(value.Env(), value, buffer.data(), units + 1, &units);
  return {buffer.data(), units};
}

class SignerBinding : public Napi::ObjectWrap<SignerBinding> {
 public:
  static Napi::Function define(Napi::Env env) {
    return DefineClass(env, "Signer",
                       {InstanceMethod<&SignerBinding::lines>("lines"), InstanceMethod<&SignerBinding::text>("text"),
                        InstanceMethod<&SignerBinding::normal>("normal"), InstanceMethod<&SignerBinding::shingles>("shingles"),
                        InstanceMethod<&SignerBinding::columns>("columns"), InstanceMethod<&SignerBinding::reset>("reset"),
                        InstanceMethod<&SignerBinding::documents>("documents")});
  }

  explicit SignerBinding(const Napi::CallbackInfo& info) : Napi::ObjectWrap<SignerBinding>(info) {
    const Napi::Env env = info.Env();
    const auto options = info[0].As<Napi::Object>();
    const auto number = [&](const char* name) { return options.Get(name).ToNumber().Uint32Value(); };
    const Scheme scheme = {options.Get("near").ToBoolean(), options.Get("words").ToBoolean(), number("size"), number("bands"),
                           number("rows")};
    const auto a = to_span<std::int32_t>(options.Get("a"), napi_int32_array, "a");
    const auto b = to_span<std::int32_t>(options.Get("b"), napi_int32_array, "b");
    const auto flags = to_span<std::uint8_t>(options.Get("flags"), napi_uint8_array, "flags");
    const auto lower = to_span<std::uint16_t>(options.Get("lowerCase"), napi_uint16_array, "lowerCase");
    if (scheme.size == 0 || a.size() != std::size_t{scheme.bands} * scheme.rows || a.size() != b.size() || flags.size() != kTable ||
        lower.size() != 65536)
      throw Napi::RangeError::New(env, "data's addon: a table has another length");
    const Napi::Value isa = options.Get("isa");
    const Dispatch chosen = dispatch(isa.IsString() ? isa.As<Napi::String>().Utf8Value() : std::string());
    if (chosen.kernels == nullptr) throw Napi::RangeError::New(env, "data's addon: this CPU can't run that instruction set");
    tables_ = {Napi::Persistent(options.Get("flags").As<Napi::Object>()),
               Napi::Persistent(options.Get("lowerCase").As<Napi::Object>())};
    signer_ = std::make_unique<Signer>(scheme, a, b, Characters{flags.data(), lower.data()}, chosen);
    info.This().As<Napi::Object>().Set("isa", Napi::String::New(env, chosen.kernels->name));
  }

 private:
  // (bytes, at, limit) → [at, why]
  Napi::Value lines(const Napi::CallbackInfo& info) {
    const auto bytes = to_span<std::uint8_t>(info[0], napi_uint8_array, "bytes");
    std::size_t at = std::min(static_cast<std::size_t>(info[1].ToNumber().Int64Value()), bytes.size());
    const Stop stop = signer_->lines(bytes, at, static_cast<std::size_t>(info[2].ToNumber().Int64Value()));
    Napi::Array result = Napi::Array::New(info.Env(), 2);
    result.Set(0U, Napi::Number::New(info.Env(), static_cast<double>(at)));
    result.Set(1U, Napi::Number::New(info.Env(), static_cast<int>(stop)));
    return result;
  }

  // (id, text) → whether it is signed
  Napi::Value text(const Napi::CallbackInfo& info) {
    const std::string id = info[0].ToString().Utf8Value();
    return Napi::Boolean::New(info.Env(), signer_->text(bytes_of(id), to_units(info[1], units_)));
  }

  // (id, length, normal)
  void normal(const Napi::CallbackInfo& info) {
    const std::string id = info[0].ToString().Utf8Value();
    signer_->normal(bytes_of(id), info[1].ToNumber().Uint32Value(), to_units(info[2], units_));
  }

  // () → words of shingles since they were taken last; (into) → the same, copied there and forgotten
  Napi::Value shingles(const Napi::CallbackInfo& info) {
    const Buffer<std::uint32_t>& words = signer_->shingles();
    const auto count = Napi::Number::New(info.Env(), static_cast<double>(words.size()));
    if (info.Length() == 0) return count;
    const auto into = to_span<std::uint32_t>(info[0], napi_uint32_array, "into");
    if (into.size() < words.size()) throw Napi::RangeError::New(info.Env(), "data's addon: too little room for the shingles");
    if (words.size() > 0) std::memcpy(const_cast<std::uint32_t*>(into.data()), words.data(), words.size() * sizeof(std::uint32_t));
    signer_->clear_shingles();
    return count;
  }

  void reset(const Napi::CallbackInfo&) { signer_->reset(); }

  Napi::Value documents(const Napi::CallbackInfo& info) {
    return Napi::Number::New(info.Env(), static_cast<double>(signer_->columns().lengths.size()));
  }

  Napi::Value columns(const Napi::CallbackInfo& info) {
    const Napi::Env env = info.Env();
    const Columns& columns = signer_->columns();
    Napi::Object result = Napi::Object::New(env);
    result.Set("ids", from_buffer<Napi::Uint8Array>(env, columns.ids));
    result.Set("idEnds", from_buffer<Napi::Uint32Array>(env, columns.id_ends));
    result.Set("lengths", from_buffer<Napi::Uint32Array>(env, columns.lengths));
    result.Set("exact", from_buffer<Napi::Uint32Array>(env, columns.exact));
    result.Set("bandKeys", from_buffer<Napi::Uint32Array>(env, columns.band_keys));
    result.Set("places", from_buffer<Napi::Uint32Array>(env, columns.places));
    return result;
  }

  static std::span<const std::uint8_t> bytes_of(const std::string& text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
  }

  struct Tables {
    Napi::ObjectReference flags, lower_case;
  };
  Tables tables_;  // keeps the arrays alive
  std::unique_ptr<Signer> signer_;
  Buffer<char16_t> units_;
};

Napi::Object init(Napi::Env env, Napi::Object exports) {
  exports.Set("Signer", SignerBinding::define(env));
  auto* similarity = new Similarity();
  env.SetInstanceData(similarity);  // deleted with the environment
  exports.Set("similarity", Napi::Function::New(env, [similarity](const Napi::CallbackInfo& info) {
                return Napi::Number::New(info.Env(),
                                         similarity->of(to_span<std::uint32_t>(info[0], napi_uint32_array, "a"),
                                                        to_span<std::uint32_t>(info[1], napi_uint32_array, "b")));
              }));
  return exports;
}

}  // namespace
}  // namespace lemma_data

static Napi::Object init_addon(Napi::Env env, Napi::Object exports) { return lemma_data::init(env, exports); }
NODE_API_MODULE(lemma_data, init_addon)
