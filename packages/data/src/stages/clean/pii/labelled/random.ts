// Draws for the generator of labelled text. Owns the seed's stream; knows no kinds.

import { sfc32 } from "../../../../shards/seeded-shuffle.ts";

/** A seeded source of choices, the same on every machine. */
export class Draw {
  readonly #next: () => number;

  constructor(seed: number, stream: string) {
    this.#next = sfc32(seed, stream);
  }

  /** A whole number from 0 to `below` - 1. */
  below(below: number): number {
    return Math.floor((this.#next() / 0x100000000) * below);
  }

  /** A whole number from `least` to `most`. */
  between(least: number, most: number): number {
    return least + this.below(most - least + 1);
  }

  pick<T>(values: readonly T[] | string): T {
    return values[this.below(values.length)] as T;
  }

  /** Characters of an alphabet. */
  string(alphabet: string, length: number): string {
    return Array.from({ length }, () => alphabet[this.below(alphabet.length)]).join("");
  }

  digits(length: number): string {
    return this.string("0123456789", length);
  }

  hex(length: number): string {
    return this.string("0123456789abcdef", length);
  }
}

export const UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
export const LOWER = "abcdefghijklmnopqrstuvwxyz";
export const ALNUM = `${UPPER}${LOWER}0123456789`;
