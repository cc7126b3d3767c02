// How modular arithmetic is asked, and how such a question is read back; the texts stand in english.ts and chinese.ts.
//
// Slots: {e} the expression as it is typed, {w} in words, {E} either; {l} `5x`, {c} `5x ≡ 3 (mod 7)`; {a} {b} {m} numbers, {m1} m-1,
// {x} the unknown; {things} and {unit} for stories, {name} a person.

import type { Language } from "@lemma/protocol";
import { type Matcher, matcher } from "../../matcher.ts";
import { questionText } from "../../question-text.ts";
import type { Random } from "../../random.ts";
import { template } from "../../template.ts";
import { phrasingsFrom } from "../../wordings.ts";
import { CHINESE } from "./chinese.ts";
import { ENGLISH } from "./english.ts";
import { isCoprime, type Kind, type Modular } from "./problem.ts";

/** Texts for the remainder of any expression, for an inverse and a congruence; stories where a number, a sum or a product has one. */
export interface Wording {
  readonly all: string;
  readonly inverse: string;
  readonly congruence: string;
  readonly remainder?: string;
  readonly sum?: string;
  readonly product?: string;
}

const KINDS = ["remainder", "sum", "product", "power", "inverse", "congruence"] as const satisfies readonly Kind[];

const textOf = (wording: Wording, kind: Kind): string => (kind === "power" ? undefined : wording[kind]) ?? wording.all;

const NAMES = { en: ["Ann", "Ben", "Mia", "Tom", "Eva", "Leo"], zh: ["小明", "小红", "小华", "小丽"] } as const;
const THINGS = {
  en: ["apples", "books", "eggs", "pens", "balls", "cards"],
  zh: ["个苹果", "本书", "个鸡蛋", "支笔", "张卡片"],
} as const;

function typed({ kind, a, b }: Modular, random: Random): string {
  const space = random.chance(0.5) ? " " : "";
  if (kind === "remainder") return String(a);
  if (kind === "power") return `${a}^${b}`;
  const sign = kind === "sum" ? "+" : random.pick(["*", "×", "·"]);
  return `(${a}${space}${sign}${space}${b})`;
}

function inWords({ kind, a, b }: Modular, language: Language, random: Random): string {
  const forms = {
    en: {
      remainder: [`${a}`],
      sum: [`the sum of ${a} and ${b}`, `${a} plus ${b}`],
      product: [`the product of ${a} and ${b}`, `${a} times ${b}`],
      power: [`${a} to the power of ${b}`, `${a} raised to the power ${b}`, `${a} to the power ${b}`],
    },
    zh: {
      remainder: [`${a}`],
      sum: [`${a}加${b}`, `${a}与${b}的和`, `${a}加上${b}`],
      product: [`${a}乘${b}`, `${a}与${b}的积`, `${a}乘以${b}`],
      power: [`${a}的${b}次方`, `${a}的${b}次幂`],
    },
  } as const;
  return random.pick(forms[language][kind as keyof (typeof forms)["en"]]);
}

function slotsFor(problem: Modular, language: Language, random: Random) {
  const { a, b, m } = problem;
  const x = random.chance(0.7) ? "x" : random.pick(["k", "n", "t", "y", "z"]);
  const things: string = random.pick(THINGS[language]);
  const l = `${a}${x}`;
  const space = random.chance(0.7) ? " " : "";
  const modulus = random.pick([`(mod ${m})`, `mod ${m}`, `(mod ${m})`]);
  return {
    e: (r: Random) => typed(problem, r),
    w: (r: Random) => inWords(problem, language, r),
    E: (r: Random) => (r.chance(0.5) ? typed(problem, r) : inWords(problem, language, r)),
    a: String(a),
    b: String(b),
    m: String(m),
    m1: String(m - 1),
    x,
    l,
    c: `${l}${space}${random.pick(["≡", "≡", "="])}${space}${b} ${modulus}`,
    things,
    unit: things.slice(0, 1),
    name: random.pick(NAMES[language]),
  };
}

/** The wordings of the family, by language. */
export const modularPhrasings = phrasingsFrom<Modular, Wording>({ en: ENGLISH, zh: CHINESE }, (wording, language) => {
  const forms = new Map(KINDS.map((kind) => [kind, template(textOf(wording, kind))]));
  return {
    templates: [...forms.values()],
    render(problem, random) {
      const text = forms.get(problem.kind)!.render(slotsFor(problem, language, random), random);
      return /^[a-z]{2}/.test(text) ? text[0]!.toUpperCase() + text.slice(1) : text;
    },
  };
});

const N = "\\d{1,9}";
const EXPRESSION = [
  `\\( ?${N} ?[-+*×·] ?${N} ?\\)`,
  `${N} ?[+*×·^] ?${N}`,
  `the (?:sum|product) of ${N} and ${N}`,
  `${N} (?:plus|times|to the power(?: of)?|raised to(?: the power)?) ${N}`,
  `${N}(?:加上?|乘以?)${N}`,
  `${N}[与和]${N}的[和积]`,
  `${N}的${N}次[方幂]`,
  N,
].join("|");
const POWER = /\^|power|raised|次/;
const PRODUCT = /[*×·]|times|product|乘|积/;

let read: Matcher<Kind> | undefined;

function wordMatcher(): Matcher<Kind> {
  const entries = new Map<string, Kind>();
  for (const { heldOut, trained } of [ENGLISH, CHINESE])
    for (const wording of [...heldOut, ...trained])
      for (const kind of KINDS) if (!entries.has(textOf(wording, kind))) entries.set(textOf(wording, kind), kind);
  return matcher(
    [...entries].map(([text, kind]) => [template(text), kind] as const),
    {
      e: EXPRESSION,
      w: EXPRESSION,
      E: EXPRESSION,
      a: N,
      b: N,
      m: N,
      m1: N,
      x: "[a-z]",
      l: `${N} ?\\*? ?[a-z]`,
      c: `${N} ?\\*? ?[a-z] ?[≡=] ?${N} ?\\(?mod ${N}\\)?`,
      things: "[a-z]+|\\p{Script=Han}{2,3}",
      unit: "\\p{Script=Han}",
      name: "[A-Z]\\w+|小.",
    },
  );
}

/** Larger moduli and exponents are left to the general checker: the reasoning walks through them. */
const LARGEST = { modulus: 9999, walked: 60, exponent: 9999 } as const;

/** Reads a problem from a question in any of the wordings; undefined where a congruence has not exactly one solution. */
export function readModular(text: string): Modular | undefined {
  const question = questionText(text);
  if (question === undefined || !/\d\D+\d/.test(question)) return undefined;
  read ??= wordMatcher();
  const found = read(question);
  if (found === undefined) return undefined;
  const { e, w, E, l, c } = found.slots;
  const numbers = (part: string | undefined) => (part?.match(/\d+/g) ?? []).map(Number);
  const whole = e ?? w ?? E;
  const slot = (name: string) => Number(found.slots[name] ?? 0);
  const problem = whole === undefined ? inCongruence() : inExpression(whole);
  const { kind, a, b, m } = problem;
  if (m < 2 || m > LARGEST.modulus || (kind === "power" && (b < 1 || b > LARGEST.exponent))) return undefined;
  if ((kind === "inverse" || kind === "congruence") && (m > LARGEST.walked || !isCoprime(a, m))) return undefined;
  return problem;

  function inExpression(expression: string): Modular {
    const [a = 0, b = 0] = numbers(expression);
    const kind =
      numbers(expression).length < 2
        ? "remainder"
        : POWER.test(expression)
          ? "power"
          : PRODUCT.test(expression)
            ? "product"
            : "sum";
    return { kind, a, b, m: slot("m") };
  }

  function inCongruence(): Modular {
    const [first = slot("a"), second = slot("b"), third = slot("m")] = c === undefined ? numbers(l) : numbers(c);
    const kind = found!.tag;
    return { kind, a: first, b: kind === "inverse" ? 0 : second, m: third };
  }
}
