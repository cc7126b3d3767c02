// Work that a library may do, counted in its own steps instead of seconds: the same file is read or refused on any machine, however busy.
//
// pdf.js gives up the thread after a while; so it asks the clock when it begins the text of a page or of a form that a page draws, and
// again after each 100 operators. While work is bounded, the clock of this thread is the count of those questions: a step is a form, or
// 100 operators. A font looks up each piece of text that it draws in a map, also text outside of the page that nobody gets: CHARACTERS of
// long pieces are a step, too. It only ever runs in the readers' thread, for one file at a time.

/** Characters drawn that count as a step; pieces that are no longer than SHORT are counted with their operators. */
const CHARACTERS = 512;
const SHORT = 128;

/** Bounds the work from its making to its end (`using`). */
export class BoundedWork implements Disposable {
  readonly #now = Date.now;
  readonly #get = Map.prototype.get;
  readonly #start = Date.now();
  #steps = 0;
  #most: number;

  constructor(most: number) {
    this.#most = most;
    Date.now = () => {
      this.#count(1);
      return this.#start + Math.floor(this.#steps);
    };
    const get = this.#get;
    const count = (length: number): void => this.#count(length / CHARACTERS);
    Map.prototype.get = function (this: Map<unknown, unknown>, key: unknown): unknown {
      if (typeof key === "string" && key.length > SHORT) count(key.length);
      return get.call(this, key);
    };
  }

  #count(steps: number): void {
    this.#steps += steps;
    if (this.#steps > this.#most) throw new RangeError(`more than ${this.#most} steps of work`);
  }

  /** Allows so many steps more: for a part that has its own share. */
  allow(steps: number): void {
    this.#most += steps;
  }

  /** Allows no more: for a part that nobody wants any longer, but that goes on. */
  stop(): void {
    this.#most = 0;
  }

  /** Whether there was more work than allowed; whoever did it was stopped by an error, which it may have kept to itself. */
  get isSpent(): boolean {
    return this.#steps > this.#most;
  }

  [Symbol.dispose](): void {
    Date.now = this.#now;
    Map.prototype.get = this.#get;
  }
}
