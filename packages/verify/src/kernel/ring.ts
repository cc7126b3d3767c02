// What the generators of the polynomials mean, and which of their powers reduce. This is the one place that decides soundness of the
// algebra: every rule below is an identity of real functions wherever the expressions it came from are defined.
//
//   variable x         x itself, also π and free constants
//   prime p            p^(1/unit);                  generator^unit = p
//   exponential m      exp(m/unit), never zero;     negative exponents are allowed
//   turn m             exp(i·m/unit), modulus 1;    negative exponents are allowed
//   turn of π          exp(iπ/(12·unit));           generator^unit = exp(iπ/12), which is written by radicals
//   modulus f          |f|^(1/unit);                generator^(2·unit) = f·conj(f), and generator^unit = value where a fact fixes the sign
//   odd root f         the real f^(1/unit), unit odd; generator^unit = f
//   logarithm f        ln|f|
//   function name(f)   an opaque function value (arcsine, arctangent)
//
// `unit` grows when a finer fraction of an exponent turns up; then every polynomial built before is void and `Restart` is thrown.

import { type Budget, Unsupported } from "../budget.ts";
import { gcd as integerGcd } from "../number/rational.ts";
import * as K from "./coefficient.ts";
import * as P from "./polynomial.ts";
import { twelfthTurn } from "./turns.ts";

/** Thrown when a unit or the factor basis changed: the caller converts again from the start. */
export class Restart extends Error {}

export type Meaning =
  | { readonly kind: "variable"; readonly name: string }
  | { readonly kind: "prime"; readonly prime: bigint }
  | { readonly kind: "turn-of-pi" }
  | {
      readonly kind: "exponential" | "turn";
      readonly argument: P.Polynomial;
      readonly under: P.Polynomial;
    }
  | { readonly kind: "modulus" | "odd-root" | "logarithm"; readonly of: P.Polynomial }
  | { readonly kind: "function"; readonly name: string; readonly over: P.Polynomial; readonly under: P.Polynomial };

export interface Generator {
  readonly meaning: Meaning;
  readonly name: string;
  readonly unit: number;
  /** For a modulus whose sign is known on the domain: what generator^unit equals. */
  value?: P.Polynomial;
}

const UNIT_LIMIT = 1_000_000_000;
const RESTART_LIMIT = 24;

export class Ring {
  readonly budget: Budget;
  #generators: Generator[] = [];
  #byName = new Map<string, number>();
  #units = new Map<string, number>();
  /** Pairwise coprime polynomials whose moduli and logarithms are generators. */
  basis: P.Polynomial[] = [];
  #hasReductions = false;

  constructor(budget: Budget) {
    this.budget = budget;
  }

  /** Runs a conversion again until no unit and no basis element changes any more. */
  stable<T>(convert: () => T): T {
    for (let round = 0; round < RESTART_LIMIT; round++) {
      try {
        return convert();
      } catch (problem) {
        if (!(problem instanceof Restart)) throw problem;
      }
    }
    throw new Unsupported("the exponents do not settle");
  }

  generator(index: number): Generator {
    return this.#generators[index]!;
  }

  /** The index of the generator with this name, made on first use. */
  #intern(name: string, meaning: Meaning): number {
    const known = this.#byName.get(name);
    if (known !== undefined) return known;
    const index = this.#generators.length;
    this.#generators.push({ meaning, name, unit: this.#units.get(name) ?? 1 });
    this.#byName.set(name, index);
    if (meaning.kind !== "variable" && meaning.kind !== "logarithm" && meaning.kind !== "function")
      this.#hasReductions = true;
    return index;
  }

  /** Names a polynomial by what its generators mean, so that the name survives a restart. */
  nameOf(p: P.Polynomial): string {
    const terms = P.sortedTerms(p).map((term) => {
      const parts: string[] = [K.key(term.coefficient)];
      for (let i = 0; i < term.monomial.length; i += 2) {
        const generator = this.#generators[term.monomial[i]!]!;
        const exponent = term.monomial[i + 1]!;
        parts.push(`${generator.name}^${exponent}${generator.unit === 1 ? "" : `/${generator.unit}`}`);
      }
      return parts.join("*");
    });
    return terms.sort().join("+");
  }

  variable(name: string): P.Polynomial {
    return P.generatorPolynomial(this.#intern(name, { kind: "variable", name }));
  }

  /** p^(n/d) for a prime (or a number that is not factored further). */
  primePower(prime: bigint, n: number, d: number): P.Polynomial {
    return this.#power(`prime ${prime}`, { kind: "prime", prime }, n, d);
  }

  exponential(argument: P.Polynomial, under: P.Polynomial, imaginary: boolean, n: number, d: number): P.Polynomial {
    const name = `${imaginary ? "turn" : "exp"}(${this.nameOf(argument)} / ${this.nameOf(under)})`;
    return this.#power(name, { kind: imaginary ? "turn" : "exponential", argument, under }, n, d);
  }

  /** exp(iπ·n/d). */
  turnOfPi(n: number, d: number): P.Polynomial {
    return this.#power("turn(\\pi)", { kind: "turn-of-pi" }, 12 * n, d);
  }

  modulusPower(of: P.Polynomial, n: number, d: number): P.Polynomial {
    if (this.isNeverNegative(of)) this.learnModulus(of, of);
    return this.#power(`|${this.nameOf(of)}|`, { kind: "modulus", of }, n, d);
  }

  /** Whether every term is a positive number times even powers and positive generators: a sum that nobody can miss. */
  isNeverNegative(p: P.Polynomial): boolean {
    for (const { monomial, coefficient } of p.values()) {
      if (coefficient.im !== 0n || coefficient.re < 0n) return false;
      for (let i = 0; i < monomial.length; i += 2) {
        const { kind } = this.#generators[monomial[i]!]!.meaning;
        if (kind === "turn" || kind === "turn-of-pi") return false;
        if (kind !== "exponential" && kind !== "prime" && kind !== "modulus" && monomial[i + 1]! % 2 !== 0)
          return false;
      }
    }
    return true;
  }

  oddRootPower(of: P.Polynomial, n: number, d: number): P.Polynomial {
    return this.#power(`oddroot(${this.nameOf(of)})`, { kind: "odd-root", of }, n, d);
  }

  logarithm(of: P.Polynomial): P.Polynomial {
    return P.generatorPolynomial(this.#intern(`ln|${this.nameOf(of)}|`, { kind: "logarithm", of }));
  }

  function(name: string, over: P.Polynomial, under: P.Polynomial): P.Polynomial {
    const label = `${name}(${this.nameOf(over)} / ${this.nameOf(under)})`;
    return P.generatorPolynomial(this.#intern(label, { kind: "function", name, over, under }));
  }

  /** Fixes the sign of a modulus on the domain: |f| = value. */
  learnModulus(of: P.Polynomial, value: P.Polynomial): void {
    const index = this.#intern(`|${this.nameOf(of)}|`, { kind: "modulus", of });
    this.#generators[index]!.value ??= value;
  }

  /** Adds a polynomial to the factor basis and starts over. */
  refine(basis: P.Polynomial[]): never {
    this.basis = basis;
    throw new Restart();
  }

  #power(name: string, meaning: Meaning, over: number, under: number): P.Polynomial {
    const common = Number(integerGcd(BigInt(over), BigInt(under)));
    const n = over / common;
    const d = under / common;
    const index = this.#intern(name, meaning);
    const unit = this.#generators[index]!.unit;
    if (unit % d !== 0) {
      const grown = (unit * d) / Number(integerGcd(BigInt(unit), BigInt(d)));
      if (grown > UNIT_LIMIT) throw new Unsupported("an exponent has too large a denominator");
      this.#units.set(name, grown);
      this.#generators = [];
      this.#byName.clear();
      this.basis = [];
      throw new Restart();
    }
    const exponent = n * (unit / d);
    if (!Number.isSafeInteger(exponent)) throw new Unsupported("an exponent is too large");
    if (exponent === 0) return P.P_ONE;
    return this.reduce(P.generatorPolynomial(index, exponent));
  }

  multiply(a: P.Polynomial, b: P.Polynomial): P.Polynomial {
    return this.reduce(P.multiply(a, b, this.budget));
  }

  /** Applies the power rules of all generators until none applies. */
  reduce(p: P.Polynomial): P.Polynomial {
    if (!this.#hasReductions) return p;
    let current = p;
    for (let round = 0; round < 200; round++) {
      let next: P.Polynomial = P.P_ZERO;
      let changed = false;
      for (const term of current.values()) {
        const rule = this.#ruleFor(term.monomial);
        if (rule === undefined) next = P.add(next, new Map([[term.monomial.join(","), term]]), this.budget);
        else {
          changed = true;
          const rest = P.monomialPolynomial(rule.rest, term.coefficient);
          next = P.add(next, P.multiply(rest, rule.value, this.budget), this.budget);
        }
      }
      if (!changed) return current;
      current = next;
    }
    throw new Unsupported("reduction does not end");
  }

  /** The first reducible power in a monomial: the monomial without the multiples of the period, and what these equal. */
  #ruleFor(monomial: P.Monomial): { rest: P.Monomial; value: P.Polynomial } | undefined {
    for (let i = 0; i < monomial.length; i += 2) {
      const index = monomial[i]!;
      const generator = this.#generators[index]!;
      const period = this.#period(generator);
      if (period === 0) continue;
      const exponent = monomial[i + 1]!;
      const times = Math.floor(exponent / period);
      if (times === 0) continue;
      if (times < 0 && generator.meaning.kind !== "prime" && generator.meaning.kind !== "turn-of-pi") {
        throw new Unsupported("a negative power outside a denominator");
      }
      const rest = P.multiplyMonomials(monomial, [index, -times * period]);
      return { rest, value: this.#periodValue(generator, times) };
    }
    return undefined;
  }

  /**
   * 1/generator^exponent as numerator and denominator without that generator below: √x in a denominator becomes √x/x. Undefined where no
   * power of the generator reduces.
   */
  rationalised(index: number, exponent: number): { over: P.Polynomial; under: P.Polynomial } | undefined {
    const generator = this.#generators[index]!;
    const period = this.#period(generator);
    if (period === 0) return undefined;
    const times = Math.ceil(exponent / period);
    const over = P.generatorPolynomial(index, times * period - exponent);
    return {
      over: times * period === exponent ? P.P_ONE : over,
      under: this.reduce(this.#periodValue(generator, times)),
    };
  }

  #period(generator: Generator): number {
    switch (generator.meaning.kind) {
      case "prime":
      case "odd-root":
      case "turn-of-pi":
        return generator.unit;
      case "modulus":
        return generator.value === undefined ? 2 * generator.unit : generator.unit;
      default:
        return 0;
    }
  }

  #periodValue(generator: Generator, times: number): P.Polynomial {
    const { meaning } = generator;
    if (meaning.kind === "prime") {
      if (Math.abs(times) > 20_000) throw new Unsupported("a power is too large");
      const power = meaning.prime ** BigInt(Math.abs(times));
      return P.constantPolynomial(times > 0 ? { re: power, im: 0n, den: 1n } : { re: 1n, im: 0n, den: power });
    }
    if (meaning.kind === "turn-of-pi") {
      return twelfthTurn(times, this.primePower(2n, 1, 2), this.primePower(3n, 1, 2), this.budget);
    }
    if (meaning.kind === "odd-root") return this.#integerPower(meaning.of, times);
    if (meaning.kind === "modulus") {
      if (generator.value !== undefined) return this.#integerPower(generator.value, times);
      return this.#integerPower(P.multiply(meaning.of, this.conjugate(meaning.of), this.budget), times);
    }
    throw new Unsupported("no rule");
  }

  #integerPower(p: P.Polynomial, times: number): P.Polynomial {
    let result: P.Polynomial = P.P_ONE;
    for (let k = 0; k < times; k++) result = P.multiply(result, p, this.budget);
    return result;
  }

  /** The complex conjugate: i and the turns change sign, everything else is real. */
  conjugate(p: P.Polynomial): P.Polynomial {
    let result: P.Polynomial = P.P_ZERO;
    for (const term of p.values()) {
      const monomial = [...term.monomial];
      for (let i = 0; i < monomial.length; i += 2) {
        if (isTurn(this.#generators[monomial[i]!]!)) monomial[i + 1] = -monomial[i + 1]!;
      }
      result = P.add(result, P.monomialPolynomial(monomial, K.conjugate(term.coefficient)), this.budget);
    }
    return this.reduce(result);
  }

  /** Whether no imaginary part can occur term by term. */
  isReal(p: P.Polynomial): boolean {
    for (const term of p.values()) {
      if (!K.isReal(term.coefficient)) return false;
      for (let i = 0; i < term.monomial.length; i += 2) {
        if (isTurn(this.#generators[term.monomial[i]!]!)) return false;
      }
    }
    return true;
  }
}

const isTurn = ({ meaning }: Generator): boolean => meaning.kind === "turn" || meaning.kind === "turn-of-pi";
