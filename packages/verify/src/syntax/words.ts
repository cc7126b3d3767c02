// Splits a run of letters into what mathematics means by it: `xsinx` is x·sin(x), `xy` is x·y, `Ann` and `speed` are names.
// Owns the list of spelled functions; knows nothing of tokens or precedence.

import { type DerivedName, isDerived, isListFunction, type ListFunctionName } from "./derived.ts";
import type { FunctionName } from "./expression.ts";

/**
 * What one piece of a letter run is. `root`, `logarithm`, `decimal` (base 10) and `derived` take an argument like a function does,
 * `list-function` a bracket with several.
 */
export type Piece =
  | { readonly kind: "function"; readonly name: FunctionName }
  | { readonly kind: "derived"; readonly name: DerivedName }
  | { readonly kind: "list-function"; readonly name: ListFunctionName }
  | { readonly kind: "root"; readonly degree: number }
  | { readonly kind: "logarithm" }
  | { readonly kind: "decimal-logarithm" }
  | { readonly kind: "constant"; readonly name: "e" | "pi" | "i" }
  | { readonly kind: "infinity" }
  | { readonly kind: "symbol"; readonly name: string };

/**
 * Words that are names as a whole, letters that are variables even where mathematics has a constant (`e`), whether i is the imaginary
 * unit, whether 1,234 is two numbers, whether single letters behind numbers are units (5 m), and whether units are left out.
 */
export interface Vocabulary {
  readonly names?: ReadonlySet<string>;
  readonly variables?: ReadonlySet<string>;
  readonly imaginary?: boolean;
  readonly list?: boolean;
  readonly units?: boolean;
  readonly dropUnits?: boolean;
}

const call = (name: FunctionName): Piece => ({ kind: "function", name });

const SPELLED = new Map<string, Piece>([
  ...(
    ["exp", "sin", "cos", "tan", "cot", "sec", "csc", "asin", "acos", "atan", "sinh", "cosh", "tanh", "abs"] as const
  ).map((name): [string, Piece] => [name, call(name)]),
  ["ln", call("ln")],
  ["log", { kind: "logarithm" }],
  ["lg", { kind: "decimal-logarithm" }],
  ["arcsin", call("asin")],
  ["arccos", call("acos")],
  ["arctan", call("atan")],
  ["arctg", call("atan")],
  ["tg", call("tan")],
  ["ctg", call("cot")],
  ["floor", call("floor")],
  ["sqrt", { kind: "root", degree: 2 }],
  ["cbrt", { kind: "root", degree: 3 }],
  ["pi", { kind: "constant", name: "pi" }],
  ["infinity", { kind: "infinity" }],
  ["inf", { kind: "infinity" }],
  ["oo", { kind: "infinity" }],
]);
const LONGEST = 8;

/** The function or constant that a whole word (or a LaTeX command without backslash) names. */
export function spelled(word: string): Piece | undefined {
  const known = SPELLED.get(word);
  if (known !== undefined) return known;
  const derived = isDerived(word);
  if (derived !== undefined) return { kind: "derived", name: derived };
  return isListFunction(word) ? { kind: "list-function", name: word } : undefined;
}

function letter(name: string, vocabulary: Vocabulary): Piece {
  const isConstant = name === "e" || (name === "i" && vocabulary.imaginary === true);
  return isConstant && !vocabulary.variables?.has(name)
    ? { kind: "constant", name: name as "e" | "i" }
    : { kind: "symbol", name };
}

const CAPITALISED = /^[A-Z][a-z]{2,}$/;
const CONSTANT_FACTOR = /^C[xyte]+$/;

/** The pieces of a letter run, in order; their product is meant. */
export function splitWord(run: string, vocabulary: Vocabulary): Piece[] {
  if (run.length === 1) return [letter(run, vocabulary)];
  if (vocabulary.names?.has(run)) return [{ kind: "symbol", name: run }];
  const whole = spelled(run);
  if (whole !== undefined) return [whole];
  const split = splitFunctions(run, vocabulary);
  if (split !== undefined) return split;
  const isName = (CAPITALISED.test(run) && !CONSTANT_FACTOR.test(run)) || run.length > 3;
  if (isName && !CONSTANT_FACTOR.test(run)) return [{ kind: "symbol", name: run }];
  return [...run].map((character) => letter(character, vocabulary));
}

/** `xcosx` as x, cos, x; undefined where no function stands inside or more than two letters stand together. */
function splitFunctions(run: string, vocabulary: Vocabulary): Piece[] | undefined {
  const pieces: Piece[] = [];
  let found = false;
  let letters = 0;
  for (let at = 0; at < run.length; ) {
    let size = Math.min(LONGEST, run.length - at);
    while (size >= 2 && !SPELLED.has(run.slice(at, at + size))) size--;
    const piece = size >= 2 ? SPELLED.get(run.slice(at, at + size)) : undefined;
    if (piece === undefined || piece.kind === "infinity") {
      if (++letters > 2) return undefined;
      pieces.push(letter(run[at]!, vocabulary));
      at++;
    } else {
      found = true;
      letters = 0;
      pieces.push(piece);
      at += size;
    }
  }
  return found ? pieces : undefined;
}
