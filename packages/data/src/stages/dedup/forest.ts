// Union-find over document numbers (Galler and Fischer 1964, with path halving): sets whose root is their smallest number, so that the
// result doesn't hang on the order of joins.

/** Sets of numbers. Without a size it holds only what was joined. */
export class Forest {
  readonly #parents: Uint32Array | undefined;
  readonly #few = new Map<number, number>();

  /** @param size the numbers are below it: 4 bytes each */
  constructor(size?: number) {
    this.#parents = size === undefined ? undefined : new Uint32Array(size).map((_, i) => i);
  }

  #parent(i: number): number {
    return this.#parents === undefined ? (this.#few.get(i) ?? i) : this.#parents[i]!;
  }

  #setParent(i: number, parent: number): void {
    if (this.#parents === undefined) this.#few.set(i, parent);
    else this.#parents[i] = parent;
  }

  /** The smallest number of the set that holds `i`. */
  root(i: number): number {
    for (;;) {
      const parent = this.#parent(i);
      if (parent === i) return i;
      const above = this.#parent(parent);
      if (above !== parent) this.#setParent(i, above);
      i = above;
    }
  }

  /** Makes one set of the two that hold `i` and `j`. */
  join(i: number, j: number): void {
    const [a, b] = [this.root(i), this.root(j)];
    if (a !== b) this.#setParent(Math.max(a, b), Math.min(a, b));
  }
}
