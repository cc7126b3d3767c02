// Groups of digits and what separates them, a few at a time. Owns the window: no rule sees more than AHEAD groups from where it
// begins, so a rule's work is bounded at each place.

/** How many groups a rule may look at. */
export const AHEAD = 8;

/** A run of digits that is as long as it can be. */
export interface DigitGroup {
  start: number;
  end: number;
  digits: string;
}

/** A longer run of digits is nobody's number; its digits are not kept. */
const MOST_DIGITS = 40;

/** The next groups of a text. */
export class DigitGroups {
  readonly text: string;
  readonly #pattern = /\d+/g;
  #ahead: DigitGroup[] = [];

  constructor(text: string) {
    this.text = text;
    this.#fill();
  }

  /** The groups from here on, at most AHEAD; empty at the end of the text. */
  get ahead(): readonly DigitGroup[] {
    return this.#ahead;
  }

  /** What stands between the group and the next one; undefined where that is more than three units, or there is none. */
  gap(i: number): string | undefined {
    const [one, next] = [this.#ahead[i], this.#ahead[i + 1]];
    return one === undefined || next === undefined || next.start - one.end > 3
      ? undefined
      : this.text.slice(one.end, next.start);
  }

  skip(count: number): void {
    this.#ahead.splice(0, count);
    this.#fill();
  }

  #fill(): void {
    while (this.#ahead.length < AHEAD) {
      const match = this.#pattern.exec(this.text);
      if (match === null) {
        this.#pattern.lastIndex = this.text.length;
        return;
      }
      const [digits] = match;
      const end = match.index + digits.length;
      this.#ahead.push({ start: match.index, end, digits: digits.length > MOST_DIGITS ? "" : digits });
    }
  }
}
