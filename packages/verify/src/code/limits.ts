// What one run of a program may use. Owns the limits, their defaults and their ranges; sandbox.ts enforces them.

import { LemmaError } from "@lemma/protocol";

/** Bounds of one run, that is of one test. What exceeds them is stopped, and its verdict is `unknown`/`budget`. */
export interface CodeLimits {
  /** Processor time of all threads together, in whole seconds. */
  readonly cpuSeconds: number;
  /** Time on the clock, in seconds: what sleeps or waits is stopped too. */
  readonly wallSeconds: number;
  /** Memory of the program and its interpreter, in bytes; JavaScript's own start-up takes about 80 MB of it. */
  readonly memoryBytes: number;
  /** Bytes written to standard output and standard error together. */
  readonly outputBytes: number;
}

/** The limits where a request names no others. */
export const DEFAULT_LIMITS: CodeLimits = Object.freeze({
  cpuSeconds: 2,
  wallSeconds: 10,
  memoryBytes: 512 * 2 ** 20,
  outputBytes: 256 * 2 ** 10,
});

/** What a limit may be: from, to, in whole numbers or not. */
const RANGES: Readonly<Record<keyof CodeLimits, readonly [number, number, boolean]>> = {
  cpuSeconds: [1, 600, true],
  wallSeconds: [0.1, 3600, false],
  memoryBytes: [128 * 2 ** 20, 2 ** 40, true],
  outputBytes: [1, 2 ** 28, true],
};

/** The defaults with the given limits in their places. Throws LEMMA_E_OPTION for an unknown name or a value out of range. */
export function limitsOf(given: Partial<CodeLimits> = {}): CodeLimits {
  for (const [name, value] of Object.entries(given)) {
    const range = Object.hasOwn(RANGES, name) ? RANGES[name as keyof CodeLimits] : undefined;
    const problem = (expected: string) =>
      new LemmaError("LEMMA_E_OPTION", { option: `limits.${name}`, expected, found: String(value) });
    if (range === undefined) throw problem(`one of ${Object.keys(RANGES).join(", ")}`);
    const [low, high, whole] = range;
    if (typeof value !== "number" || !(value >= low && value <= high) || (whole && !Number.isInteger(value)))
      throw problem(`${whole ? "a whole number" : "a number"} from ${low} to ${high}`);
  }
  return { ...DEFAULT_LIMITS, ...given };
}
