// Work that a library may do, counted in its own steps instead of seconds: the same file is read or refused on any machine, however busy.
//
// pdf.js gives up the thread after a while; so it asks the clock when it begins the text of a page or of a form that a page draws, and
// again after each 100 operators. While work is bounded, the clock of this thread is the count of those questions: a step is a form, or
// 100 operators. It only ever runs in the readers' thread, for one file at a time.

/** Bounds the work from its making to its end (`using`). */
export class BoundedWork implements Disposable {
  readonly #now = Date.now;
  readonly #start = Date.now();
  #steps = 0;
  #most: number;

  constructor(most: number) {
    this.#most = most;
    Date.now = () => {
      if (++this.#steps > this.#most) throw new RangeError(`more than ${this.#most} steps of work`);
      return this.#start + this.#steps;
    };
  }

  /** Allows so many steps more: for a part that has its own share. */
  allow(steps: number): void {
    this.#most += steps;
  }

  /** Whether there was more work than allowed; whoever did it was stopped by an error, which it may have kept to itself. */
  get isSpent(): boolean {
    return this.#steps > this.#most;
  }

  [Symbol.dispose](): void {
    Date.now = this.#now;
  }
}
