// What variables stand for: letters with signs between them, or sentences about people, lamps and machines. Owns the words of both
// languages and saying a formula in them; reading back is sentences.ts's. A sentence holds the word that reasoning uses for its variable.

import type { Language } from "@lemma/protocol";
import type { Random } from "../../random.ts";
import { NAMES } from "../ordering/names.ts";
import type { Formula } from "./formula.ts";

/** A sentence for a variable and one for its negation; {n} is the variable's word. */
export interface Clause {
  readonly yes: string;
  readonly no: string;
}

/** What the variables of a problem are, in one language. */
export interface ThemeWords {
  readonly words: readonly string[];
  /** Left out where formulas are written in signs. */
  readonly trained?: readonly Clause[];
  /** One for each held-out wording. */
  readonly heldOut?: readonly Clause[];
}

export type Theme = Readonly<Record<Language, ThemeWords>>;

/** Letters in fours that go together. */
const LETTERS = [..."pqrsPQRSxyzwuvwt"];

const clause = (yes: string, no: string): Clause => ({ yes, no });

/** All themes, in a fixed order; the first is that of signs. */
export const THEMES: readonly Theme[] = [
  { en: { words: LETTERS }, zh: { words: LETTERS } },
  {
    en: {
      words: NAMES.en,
      trained: [clause("{n} comes", "{n} does not come"), clause("{n} comes", "{n} doesn't come")],
      heldOut: [
        clause("{n} shows up", "{n} stays away"),
        clause("{n} attends", "{n} stays home"),
        clause("{n} joins in", "{n} keeps out"),
      ],
    },
    zh: {
      words: NAMES.zh,
      trained: [clause("{n}来", "{n}不来"), clause("{n}会来", "{n}不会来")],
      heldOut: [clause("{n}到场", "{n}缺席"), clause("{n}参加", "{n}在家"), clause("{n}露面", "{n}躲开")],
    },
  },
  {
    en: {
      words: ["red", "green", "blue", "yellow", "white", "orange"],
      trained: [
        clause("the {n} lamp is on", "the {n} lamp is off"),
        clause("the {n} lamp is on", "the {n} lamp is not on"),
      ],
      heldOut: [
        clause("the {n} lamp glows", "the {n} lamp stays dark"),
        clause("the {n} lamp burns", "the {n} lamp went out"),
        clause("the {n} lamp shines", "the {n} lamp shows nothing"),
      ],
    },
    zh: {
      words: ["红", "绿", "蓝", "黄", "白", "橙"],
      trained: [clause("{n}灯亮着", "{n}灯没亮"), clause("{n}灯亮", "{n}灯不亮")],
      heldOut: [clause("{n}灯发光", "{n}灯熄灭"), clause("{n}灯点着", "{n}灯灭了"), clause("{n}灯闪光", "{n}灯黑着")],
    },
  },
  {
    en: {
      words: ["fan", "pump", "radio", "heater", "printer", "mixer"],
      trained: [clause("the {n} runs", "the {n} does not run"), clause("the {n} is running", "the {n} is not running")],
      heldOut: [
        clause("the {n} works", "the {n} rests"),
        clause("the {n} operates", "the {n} stands still"),
        clause("the {n} goes", "the {n} stops"),
      ],
    },
    zh: {
      words: ["风扇", "水泵", "收音机", "电炉", "打印机", "搅拌机"],
      trained: [clause("{n}在运行", "{n}没有运行"), clause("{n}开着", "{n}没开")],
      heldOut: [clause("{n}在工作", "{n}停着"), clause("{n}开动", "{n}不动"), clause("{n}运转", "{n}停转")],
    },
  },
];

/** How sentences are joined: for trained wordings, and for each held-out one. {a}, {b} are sentences. */
export interface Joints {
  readonly if: readonly string[];
  readonly iff: readonly string[];
  readonly and: readonly string[];
  readonly or: readonly string[];
}

export const JOINTS: Readonly<Record<Language, { readonly trained: Joints; readonly heldOut: readonly Joints[] }>> = {
  en: {
    trained: {
      if: ["if {a}, then {b}", "if {a}, {b}", "if {a} then {b}", "whenever {a}, {b}"],
      iff: ["{a} if and only if {b}"],
      and: ["{a} and {b}"],
      or: ["{a} or {b}"],
    },
    heldOut: [
      { if: ["in case {a}, {b}"], iff: ["{a} exactly when {b}"], and: ["{a} while {b}"], or: ["{a} or else {b}"] },
      {
        if: ["supposing {a}, {b}"],
        iff: ["{a} precisely when {b}"],
        and: ["{a} whereas {b}"],
        or: ["{a} or otherwise {b}"],
      },
      { if: ["provided {a}, {b}"], iff: ["{a} just when {b}"], and: ["{a} although {b}"], or: ["{a} or possibly {b}"] },
    ],
  },
  zh: {
    trained: {
      if: ["如果{a}，那么{b}", "如果{a}，则{b}", "若{a}，则{b}", "只要{a}，{b}"],
      iff: ["{a}当且仅当{b}"],
      and: ["{a}并且{b}", "{a}而且{b}"],
      or: ["{a}或者{b}", "{a}或{b}"],
    },
    heldOut: [
      { if: ["一旦{a}，就有{b}"], iff: ["{a}恰好在{b}时"], and: ["{a}同时{b}"], or: ["{a}或是{b}"] },
      { if: ["倘若{a}，便有{b}"], iff: ["{a}正好在{b}时"], and: ["{a}，此外{b}"], or: ["{a}抑或{b}"] },
      { if: ["凡是{a}，总有{b}"], iff: ["{a}刚好在{b}时"], and: ["{a}，尽管{b}"], or: ["{a}，再不然{b}"] },
    ],
  },
};

/** Sets of signs: not, and, or, if, iff. */
const SIGNS = [
  ["¬", "∧", "∨", "→", "↔"],
  ["¬", "∧", "∨", "→", "↔"],
  ["~", "&", "|", "->", "<->"],
  ["!", "&&", "||", "=>", "<=>"],
] as const;
const SIGNED = ["and", "or", "if", "iff"] as const;

/** Says formulas in one manner: the same signs, or the same clause for each variable. */
export function speaker(
  { theme, words }: { readonly theme: number; readonly words: readonly number[] },
  language: Language,
  heldOut: number | undefined,
  random: Random,
): (formula: Formula) => string {
  const { words: all, trained, heldOut: held } = THEMES[theme]![language];
  const names = words.map((word) => all[word]!);
  if (trained === undefined) {
    const signs = random.pick(SIGNS);
    return (formula) => signed(formula, names, signs);
  }
  const joints = heldOut === undefined ? JOINTS[language].trained : JOINTS[language].heldOut[heldOut]!;
  const clauses = names.map(() => (heldOut === undefined ? random.pick(trained) : held![heldOut]!));
  const say = (formula: Formula): string => {
    if (typeof formula === "number") return clauses[formula]!.yes.replace("{n}", names[formula]!);
    if (typeof formula === "boolean") throw new TypeError("a spoken formula has no truth values");
    if (formula.op === "not") {
      const variable = formula.of as number;
      return clauses[variable]!.no.replace("{n}", names[variable]!);
    }
    return random.pick(joints[formula.op]).replace("{a}", say(formula.left)).replace("{b}", say(formula.right));
  };
  return say;
}

function signed(formula: Formula, names: readonly string[], signs: (typeof SIGNS)[number]): string {
  if (typeof formula === "number") return names[formula]!;
  if (typeof formula === "boolean") return formula ? "T" : "F";
  const side = (part: Formula) => {
    const text = signed(part, names, signs);
    return typeof part === "object" && part.op !== "not" ? `(${text})` : text;
  };
  if (formula.op === "not") return signs[0] + side(formula.of);
  return `${side(formula.left)} ${signs[1 + SIGNED.indexOf(formula.op)]} ${side(formula.right)}`;
}
