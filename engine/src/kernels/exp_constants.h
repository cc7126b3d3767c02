// The exponential that all kernel sets compute: x is clamped to [kExpLow, kExpHigh] (NaN becomes kExpLow), n = nearest even
// of x * log2(e), r = x - n * ln2 in two parts, a polynomial of degree 6 in r (minimax on |r| <= ln2 / 2, coefficients
// from Cephes expf), times 2^n. Relative error below 2e-7.
#pragma once

namespace lemma {

inline constexpr float kExpLow = -87.0F;
inline constexpr float kExpHigh = 88.0F;
inline constexpr float kLog2E = 1.44269504F;
inline constexpr float kLn2High = 0.693359375F;
inline constexpr float kLn2Low = -2.12194440e-4F;
inline constexpr float kExpPolynomial[] = {1.9875691500e-4F, 1.3981999507e-3F, 8.3334519073e-3F,
                                           4.1665795894e-2F, 1.6666665459e-1F, 5.0000001201e-1F};
// p = c0; p = fma(p, r, c1); ... p = fma(p, r, c5); result = fma(p, r * r, r) + 1

}  // namespace lemma
