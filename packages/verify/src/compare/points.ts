// Where to look for a witness: small rational points first, so that a person can check them by hand. Deterministic.

import type { Point } from "../kernel/evaluate.ts";
import { ONE, type Rational, rational } from "../number/rational.ts";
import { isUnitSymbol } from "../syntax/units.ts";

const r = (n: number, d = 1): Rational => rational(BigInt(n), BigInt(d));

/** Values tried in turn; neighbours are unrelated so that several variables rarely take special positions. */
const VALUES: readonly Rational[] = [
  r(2), r(3), r(5), r(1, 2), r(-2), r(7), r(-3), r(1, 3), r(4), r(-1, 2), r(3, 2), r(-5), r(11), r(2, 7), r(-4, 3), r(13),
  r(1, 5), r(-7), r(9, 4), r(1, 10), r(-1, 9), r(17), r(5, 3), r(-11, 2), r(1), r(-1), r(19, 3), r(-3, 4), r(6), r(0), r(23), r(8, 9),
]; // biome-ignore format: a table reads better packed

/** Up to `count` points for the named symbols; without symbols the one empty point. */
export function* samplePoints(symbols: readonly string[], count: number): Generator<Point> {
  if (symbols.length === 0) {
    yield new Map();
    return;
  }
  for (let k = 0; k < count; k++) {
    const point = new Map<string, Rational>();
    symbols.forEach((name, j) => {
      // With units as they are a person reads the values directly.
      if (isUnitSymbol(name) && k < 4) point.set(name, ONE);
      else point.set(name, VALUES[(k + j * (5 + 2 * (k % 7)) + (j > 0 ? 1 : 0)) % VALUES.length]!);
    });
    yield point;
  }
}
