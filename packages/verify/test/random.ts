// A small seeded generator for the tests (SplitMix64): same seed, same cases. The seed is printed by the tests that use it.

export class TestRandom {
  #state: bigint;

  constructor(seed: number) {
    this.#state = BigInt(seed);
  }

  /** A whole number from 0 up to, not including, `limit`. */
  below(limit: number): number {
    this.#state = (this.#state + 0x9e3779b97f4a7c15n) & 0xffffffffffffffffn;
    let z = this.#state;
    z = ((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n) & 0xffffffffffffffffn;
    z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & 0xffffffffffffffffn;
    return Number((z ^ (z >> 31n)) % BigInt(limit));
  }

  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number {
    return low + this.below(high - low + 1);
  }

  pick<T>(values: readonly T[]): T {
    return values[this.below(values.length)]!;
  }

  chance(one: number, of: number): boolean {
    return this.below(of) < one;
  }
}

/** The seed of this run: LEMMA_TEST_SEED, or a fixed one. */
export const testSeed = (): number => Number(process.env.LEMMA_TEST_SEED ?? 20261123);
