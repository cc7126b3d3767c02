// Injects one error into right reasoning at a known place: what a step checker must find, and data from which a model learns to take a
// step back. Owns the kinds of errors; each changes a line so that it is false where the line was true, whatever else is known.

import { BACK, stepLine } from "./lines.ts";

/** How a line was spoilt: a digit or sign of its last value, an operator, the order of two names, a number of its left side. */
export type ErrorKind = "digit" | "sign" | "operator" | "order" | "copy";

export const ERROR_KINDS: readonly ErrorKind[] = ["digit", "sign", "operator", "order", "copy"];

/** Reasoning with one wrong step: its index among the steps, and the line before and after. */
export interface InjectedError {
  readonly reasoning: string;
  readonly step: number;
  readonly kind: ErrorKind;
  readonly before: string;
  readonly after: string;
}

/** A source of whole numbers from 0 up to, not including, the limit. */
export type Below = (limit: number) => number;

/**
 * Spoils one step of right reasoning; undefined where no line can be spoilt.
 * @example
 * injectError("3x=15\nx=15/3=5", (limit) => 0); // { reasoning: "3x=05\nx=15/3=5", step: 0, kind: "digit", … }
 */
export function injectError(
  reasoning: string,
  below: Below,
  kinds: readonly ErrorKind[] = ERROR_KINDS,
): InjectedError | undefined {
  const lines = reasoning.split("\n");
  const isStep = (line: string): boolean => line.trim() !== "" && line.trim() !== BACK;
  // After a [BACK] the standing steps are others: only the text before the first one is spoilt.
  const end = lines.findIndex((line) => line.trim() === BACK);
  const candidates = lines
    .slice(0, end < 0 ? undefined : end)
    .flatMap((line, at) => (isStep(line) ? kinds.map((kind) => ({ at, kind })) : []));
  while (candidates.length > 0) {
    const [{ at, kind }] = candidates.splice(below(candidates.length), 1) as [{ at: number; kind: ErrorKind }];
    const before = lines[at]!;
    const after = spoil(before, kind, below);
    if (after === undefined || after === before) continue;
    const changed = lines.map((line, k) => (k === at ? after : line));
    return { reasoning: changed.join("\n"), step: lines.slice(0, at).filter(isStep).length, kind, before, after };
  }
  return undefined;
}

/** The line with an error of a kind; undefined where it has no place for one. */
function spoil(line: string, kind: ErrorKind, below: Below): string | undefined {
  const { body } = stepLine(0, line);
  const head = line.slice(0, line.length - body.length);
  const spoilt = SPOILERS[kind](body, below);
  return spoilt === undefined ? undefined : head + spoilt;
}

const SPOILERS: Readonly<Record<ErrorKind, (body: string, below: Below) => string | undefined>> = {
  // The value behind the last equals sign, as a number of its own: =14, =-14.
  digit: (body, below) => {
    const found = /^(.*=-?)(\d+)$/.exec(body);
    return found === null ? undefined : found[1]! + otherNumber(found[2]!, below);
  },
  sign: (body) => {
    const found = /^(.*=)(-?)([1-9]\d*)$/.exec(body);
    return found === null ? undefined : `${found[1]}${found[2] === "" ? "-" : ""}${found[3]}`;
  },
  // a+b=c with numbers alone on both sides of the sign; b is not 0.
  operator: (body) => {
    const found = /^(\d+)([+-])([1-9]\d*)=(-?\d+)$/.exec(body);
    return found === null ? undefined : `${found[1]}${found[2] === "+" ? "-" : "+"}${found[3]}=${found[4]}`;
  },
  order: (body) => {
    const found = /^(\p{Lu}\p{L}+|[\u3400-\u9fff]+)([<>])(\p{Lu}\p{L}+|[\u3400-\u9fff]+)$/u.exec(body);
    return found === null ? undefined : `${found[3]}${found[2]}${found[1]}`;
  },
  // The first number of an equation between numbers: there a factor beside 0 would not matter, and an unknown may be 0.
  copy: (body, below) => {
    const found = /^(-?)(\d+)([+\-*/(][^=<>a-z]*)?=([^=<>a-z]+)$/.exec(body);
    if (found === null || /(?<!\d)0(?!\d)/.test(body)) return undefined;
    return `${found[1]}${otherNumber(found[2]!, below)}${found[3] ?? ""}=${found[4]}`;
  },
};

/** Another number of as many digits. */
function otherNumber(digits: string, below: Below): string {
  const at = below(digits.length);
  const isLeading = at === 0 && digits.length > 1;
  const choices = [..."0123456789"].filter((digit) => digit !== digits[at] && !(isLeading && digit === "0"));
  return digits.slice(0, at) + choices[below(choices.length)]! + digits.slice(at + 1);
}
