// Links a truth to the text that it works on: the numbers it starts from must stand in the question or in earlier steps. What links to
// nothing is unlinked, however true.

import { isOne, isZero, type Rational, toText } from "../number/rational.ts";
import type { Chain, Expression } from "../syntax/expression.ts";
import { isUnitSymbol } from "../syntax/units.ts";
import { collectNumbers, symbolsOf } from "../syntax/walk.ts";
import type { QuestionFacts } from "./question.ts";

/** Where numbers and symbols were last seen. Only the last standing step can be withdrawn, so that each key keeps a stack. */
export class Sightings {
  readonly #question: QuestionFacts;
  #numbers: { text: string; step: number }[] = [];
  readonly #steps = new Map<string, number[]>();

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
      this.#push(text, step);
    }
    for (const name of symbolsOf(...chain.terms)) this.#push(`symbol ${name}`, step);
  }

  #push(key: string, step: number): void {
    const steps = this.#steps.get(key);
    if (steps === undefined) this.#steps.set(key, [step]);
    else if (steps.at(-1) !== step) steps.push(step);
  }

  #latest(key: string): number | undefined {
    return this.#steps.get(key)?.at(-1);
  }

  withdraw(step: number): void {
    while (this.#numbers.at(-1)?.step === step) this.#numbers.pop();
    for (const [key, steps] of this.#steps) {
      if (steps.at(-1) !== step) continue;
      steps.pop();
      if (steps.length === 0) this.#steps.delete(key);
    }
  }

  /** Whether a symbol occurs in the question or a standing step. */
  knowsSymbol(name: string): boolean {
    return isUnitSymbol(name) || this.#question.symbols.has(name) || this.#steps.has(`symbol ${name}`);
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
        if (isUnitSymbol(name)) continue;
        const step = this.#latest(`symbol ${name}`) ?? (this.#question.symbols.has(name) ? -1 : undefined);
        if (step === undefined) return undefined;
        from.add(step);
      }
    }
    return [...from].sort((a, b) => a - b);
  }

  /** The latest step with this number, else the question; a digit or leading part of a number there counts. */
  #find(text: string): number | undefined {
    const exact = this.#latest(text);
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
