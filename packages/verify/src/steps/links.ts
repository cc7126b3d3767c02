// Links a truth to the text that it works on: the numbers it starts from must stand in the question or in earlier steps. What links to
// nothing is unlinked, however true.

import { isOne, isZero, type Rational, toText } from "../number/rational.ts";
import type { Chain, Expression } from "../syntax/expression.ts";
import { collectNumbers, symbolsOf } from "../syntax/walk.ts";
import type { QuestionFacts } from "./question.ts";

/** Where numbers and symbols were last seen. */
export class Sightings {
  readonly #question: QuestionFacts;
  #numbers: { text: string; step: number }[] = [];
  #latest = new Map<string, number>();

  constructor(question: QuestionFacts) {
    this.#question = question;
  }

  /** Remembers the numbers and symbols of a standing step. */
  add(chain: Chain, step: number): void {
    const numbers: Rational[] = [];
    for (const term of chain.terms) collectNumbers(term, numbers);
    for (const value of numbers) {
      const text = digits(value);
      this.#numbers.push({ text, step });
      this.#latest.set(text, step);
    }
    for (const name of symbolsOf(...chain.terms)) this.#latest.set(`symbol ${name}`, step);
  }

  withdraw(step: number): void {
    this.#numbers = this.#numbers.filter((sighting) => sighting.step !== step);
    for (const [key, at] of this.#latest) if (at === step) this.#latest.delete(key);
  }

  /** Whether a symbol occurs in the question or a standing step. */
  knowsSymbol(name: string): boolean {
    return this.#question.symbols.has(name) || this.#latest.has(`symbol ${name}`);
  }

  /**
   * The steps whose numbers and symbols the chain starts from; undefined where a symbol, or in a purely numeric chain an operand, stands
   * nowhere.
   */
  sourcesOf(chain: Chain): number[] | undefined {
    const from = new Set<number>();
    const own = new Set<string>();
    const hasSymbols = chain.terms.some((term) => symbolsOf(term).size > 0);
    const isClosing = chain.operators.at(-1) === "=";
    for (const [k, term] of chain.terms.entries()) {
      const isResult = isClosing && k === chain.terms.length - 1 && k > 0 && isBareNumber(term);
      const numbers: Rational[] = [];
      collectNumbers(term, numbers);
      for (const value of numbers) {
        const text = digits(value);
        if (isResult || own.has(text)) continue;
        own.add(text);
        const step = this.#find(text);
        if (step !== undefined) from.add(step);
        else if (!hasSymbols && !isNeutral(value) && (k === 0 || !isDerived(chain, k))) return undefined;
      }
      for (const name of symbolsOf(term)) {
        const step = this.#latest.get(`symbol ${name}`) ?? (this.#question.symbols.has(name) ? -1 : undefined);
        if (step === undefined) return undefined;
        from.add(step);
      }
    }
    return [...from].sort((a, b) => a - b);
  }

  /** The latest step with this number, else the question; a digit or leading part of a number there counts. */
  #find(text: string): number | undefined {
    const exact = this.#latest.get(text);
    if (exact !== undefined) return exact;
    if (this.#question.numbers.has(text)) return -1;
    const stripped = text.replace(/0+$/, "") || "0";
    for (const number of this.#question.numbers) if (number.includes(stripped)) return -1;
    for (let k = this.#numbers.length - 1; k >= 0; k--) {
      if (this.#numbers[k]!.text.includes(stripped)) return this.#numbers[k]!.step;
    }
    return undefined;
  }
}

/** The digits of a number without its sign. */
const digits = (value: Rational): string => toText(value.n < 0n ? { n: -value.n, d: value.d } : value);

/** Numbers that any computation may bring in. */
const isNeutral = (value: Rational): boolean => isZero(value) || isOne(value) || /^10+$/.test(toText(value));

/** A later term of an equality chain may hold intermediate values. */
const isDerived = (chain: Chain, k: number): boolean => chain.operators[k - 1] === "=";

function isBareNumber(term: Expression): boolean {
  return term.kind === "number" || (term.kind === "negative" && term.of.kind === "number");
}
