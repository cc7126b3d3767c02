// Seeded randomness for every family: a counter-based generator (Threefry-2x32, 20 rounds; Salmon et al. 2011), so the same
// seed gives the same draws on every machine, and any part of a stream can be reached without drawing what stands before it.
// Only 32-bit integer operations and exact double products are used. Must not know what is drawn.

const ROTATIONS = [13, 15, 26, 6, 17, 29, 16, 24] as const;
const PARITY = 0x1bd11bda;

/** One Threefry-2x32-20 block: encrypts the counter (c0, c1) under the key (k0, k1) into `out[0]`, `out[1]` (uint32). */
export function threefry(k0: number, k1: number, c0: number, c1: number, out: Uint32Array): void {
  const k2 = PARITY ^ k0 ^ k1;
  let x = (c0 + k0) | 0;
  let y = (c1 + k1) | 0;
  for (let group = 0; group < 5; group++) {
    const base = (group & 1) << 2;
    for (let round = 0; round < 4; round++) {
      const turn = ROTATIONS[base + round]!;
      x = (x + y) | 0;
      y = ((y << turn) | (y >>> (32 - turn))) ^ x;
    }
    const injection = group + 1;
    const a = injection % 3;
    const b = (injection + 1) % 3;
    x = (x + (a === 0 ? k0 : a === 1 ? k1 : k2)) | 0;
    y = (y + (b === 0 ? k0 : b === 1 ? k1 : k2) + injection) | 0;
  }
  out[0] = x;
  out[1] = y;
}

// Labels become counters in disjoint halves of the counter space: numbers keep the top bit of c1 clear, strings set it.
function hashLabel(label: string, out: Uint32Array): void {
  let a = 0x811c9dc5;
  let b = 0x9747b28c;
  for (let i = 0; i < label.length; i++) {
    const code = label.charCodeAt(i);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b ^ code, 0x85ebca6b);
    b ^= b >>> 13;
  }
  out[0] = a;
  out[1] = b | 0x80000000;
}

const scratch = new Uint32Array(2);

/**
 * A stream of random numbers that can be split into independent named streams.
 * @example
 * const random = Random.fromSeed(7).split("linear-equations").split(0);
 * random.int(1, 6); // always the same number, on every machine
 */
export class Random {
  readonly #k0: number;
  readonly #k1: number;
  #counter = 0;
  #spare = 0;
  #hasSpare = false;

  private constructor(k0: number, k1: number) {
    this.#k0 = k0 | 0;
    this.#k1 = k1 | 0;
  }

  /** A stream for a seed: any integer from 0 to 2^53 - 1. */
  static fromSeed(seed: number): Random {
    return new Random(0x4c656d6d, 0x61477969).split(seed);
  }

  /** An independent stream, decided by this stream's identity and the label alone (not by what was drawn before). */
  split(label: string | number): Random {
    if (typeof label === "string") hashLabel(label, scratch);
    else {
      scratch[0] = label % 0x100000000;
      scratch[1] = Math.floor(label / 0x100000000) & 0x7fffffff;
    }
    threefry(this.#k1 ^ 0x5851f42d, this.#k0, scratch[0]!, scratch[1]!, scratch);
    return new Random(scratch[0]!, scratch[1]!);
  }

  /** The next 32 random bits, as an integer from 0 to 2^32 - 1. */
  uint32(): number {
    if (this.#hasSpare) {
      this.#hasSpare = false;
      return this.#spare;
    }
    threefry(this.#k0, this.#k1, this.#counter++, 0, scratch);
    this.#spare = scratch[1]!;
    this.#hasSpare = true;
    return scratch[0]!;
  }

  /** An integer from 0 to count - 1 (count up to 2^21; the bias stays below 2^-11 of a share). */
  below(count: number): number {
    return Math.floor((this.uint32() * count) / 0x100000000);
  }

  /** An integer from low to high, both included. */
  int(low: number, high: number): number {
    return low + this.below(high - low + 1);
  }

  /** True with the given probability. */
  chance(probability: number): boolean {
    return this.uint32() < probability * 0x100000000;
  }

  /** One entry, each as likely as another. */
  pick<T>(entries: readonly T[]): T {
    return entries[this.below(entries.length)] as T;
  }

  /** One entry, with the given relative whole-number weights. */
  weighted<T>(entries: readonly (readonly [T, number])[]): T {
    let total = 0;
    for (const [, weight] of entries) total += weight;
    let left = this.below(total);
    for (const [entry, weight] of entries) {
      if (left < weight) return entry;
      left -= weight;
    }
    return entries[entries.length - 1]![0];
  }

  /** The place of one of the weights, which may be any numbers above 0; each as likely as its share. */
  proportional(weights: readonly number[]): number {
    let left = (this.uint32() / 0x100000000) * weights.reduce((sum, weight) => sum + weight, 0);
    for (let at = 0; at < weights.length - 1; at++) {
      left -= weights[at]!;
      if (left < 0) return at;
    }
    return weights.length - 1;
  }

  /** A shuffled copy. */
  shuffle<T>(entries: readonly T[]): T[] {
    const copy = [...entries];
    for (let i = copy.length - 1; i > 0; i--) {
      const j = this.below(i + 1);
      const kept = copy[i] as T;
      copy[i] = copy[j] as T;
      copy[j] = kept;
    }
    return copy;
  }
}
