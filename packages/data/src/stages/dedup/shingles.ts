// Shingles as 64-bit hashes: the specification that the native kernel follows bit by bit. Owns the hash; characters.ts says what a
// word is.
//
// All arithmetic is on unsigned 32-bit words; a 64-bit hash is two of them, `low` first in memory.
//   word        a = 0x811C9DC5, b = 0x9E3779B9; for each UTF-16 unit u: a = (a ^ u) · 0x01000193; b = (b ^ u) · 0x5BD1E995; b ^= b >> 15
//   character   of a code point c: a = c, b = c
//   fold        of n pairs (a, b) with a seed s: x = s, y = ~s; for each: x = (rotl(x, 5) ^ a) · 0xCC9E2D51; y = (rotl(y, 11) ^ b) · 0x1B873593;
//               then low = mix(x ^ rotl(y, 16)), high = mix(y + low), mix the finaliser of MurmurHash3 (Austin Appleby, public domain)
// A shingle is the fold of `size` neighbouring words or characters with the seed `size`. A document with fewer of them has none: it is
// compared as a whole only (exact duplicates), so short texts never fall together.

import { ALONE, BETWEEN, characterClasses } from "./characters.ts";
import { exactForm } from "./normal-form.ts";
import type { Scheme } from "./scheme.ts";

const rotl = (x: number, by: number): number => (x << by) | (x >>> (32 - by));

/** The finaliser of MurmurHash3: every bit of the result hangs on every bit of x. */
export function mix(x: number): number {
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return x ^ (x >>> 16);
}

/** Folds `count` pairs from `first` on; writes low and high word of the hash to `out` at `at`. */
export function fold(
  seed: number,
  pairs: { a: Int32Array; b: Int32Array },
  first: number,
  count: number,
  out: Uint32Array,
  at: number,
): void {
  const { a, b } = pairs;
  let x = seed;
  let y = ~seed;
  for (let i = first; i < first + count; i++) {
    x = Math.imul(rotl(x, 5) ^ a[i]!, 0xcc9e2d51);
    y = Math.imul(rotl(y, 11) ^ b[i]!, 0x1b873593);
  }
  const low = mix(x ^ rotl(y, 16));
  out[at] = low;
  out[at + 1] = mix(y + low);
}

/** Hashes of the units of one text; grown as needed and used again. */
class Units {
  a = new Int32Array(1 << 12);
  b = new Int32Array(1 << 12);
  count = 0;

  add(a: number, b: number): void {
    if (this.count === this.a.length) {
      for (const lane of ["a", "b"] as const) {
        const larger = new Int32Array(2 * this.count);
        larger.set(this[lane]);
        this[lane] = larger;
      }
    }
    this.a[this.count] = a;
    this.b[this.count++] = b;
  }

  words(text: string): void {
    const classes = characterClasses();
    this.count = 0;
    let [a, b] = [0x811c9dc5, 0x9e3779b9];
    let isOpen = false;
    const put = (unit: number): void => {
      a = Math.imul(a ^ unit, 0x01000193);
      b = Math.imul(b ^ unit, 0x5bd1e995);
      b ^= b >>> 15;
      isOpen = true;
    };
    const close = (): void => {
      if (isOpen) this.add(a, b);
      a = 0x811c9dc5;
      b = 0x9e3779b9;
      isOpen = false;
    };
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      const point = unit >= 0xd800 && unit < 0xdc00 ? text.codePointAt(i)! : unit;
      const kind = classes[point] ?? BETWEEN;
      if (kind === BETWEEN || kind === ALONE) close();
      if (kind !== BETWEEN) put(unit);
      if (point > 0xffff) {
        i++;
        if (kind !== BETWEEN) put(text.charCodeAt(i));
      }
      if (kind === ALONE) close();
    }
    close();
  }

  characters(text: string): void {
    this.count = 0;
    for (let i = 0; i < text.length; i++) {
      const point = text.codePointAt(i)!;
      if (point > 0xffff) i++;
      this.add(point, point);
    }
  }
}

const units = new Units();

/**
 * The shingles of a text in normal form, in their order and as often as they stand there: two 32-bit words each.
 * @example shingles(normalForm("To be or not to be"), PRESETS.lemma).length // 4: two shingles of five words
 */
export function shingles(normal: string, { unit, size }: Pick<Scheme, "unit" | "size">): Uint32Array {
  if (unit === "words") units.words(normal);
  else units.characters(exactForm(normal));
  const count = Math.max(0, units.count - size + 1);
  const out = new Uint32Array(2 * count);
  for (let i = 0; i < count; i++) fold(size, units, i, size, out, 2 * i);
  return out;
}
