// What stands in the slots of the wordings: sets, expressions, sizes and counted groups, in the voice of trained or of held-out wordings. Owns
// these texts; reading is read.ts's.

import type { Language } from "@lemma/protocol";
import type { Random } from "../../random.ts";
import type { Counts, Elements, Expression, Operation, Problem, Role, Sizes } from "./problem.ts";
import { elementText } from "./trace.ts";

/** Words for an operation on the sets {a} and {b}. */
export type OperationWords = Readonly<Record<Operation, string>>;

export const OPERATION_WORDS: Readonly<
  Record<Language, { readonly trained: OperationWords; readonly heldOut: OperationWords }>
> = {
  en: {
    trained: {
      "∪": "the union of {a} and {b}",
      "∩": "the intersection of {a} and {b}",
      "\\": "the set difference {a} minus {b}",
      "△": "the symmetric difference of {a} and {b}",
    },
    heldOut: {
      "∪": "all that lies in {a} or {b}",
      "∩": "all that lies in {a} as well as {b}",
      "\\": "all that lies in {a} yet outside {b}",
      "△": "all that lies in just one of {a}, {b}",
    },
  },
  zh: {
    trained: {
      "∪": "{a}与{b}的并集",
      "∩": "{a}与{b}的交集",
      "\\": "{a}减{b}的差集",
      "△": "{a}与{b}的对称差",
    },
    heldOut: {
      "∪": "属于{a}或{b}者",
      "∩": "{a}、{b}所共有者",
      "\\": "在{a}而不在{b}者",
      "△": "只属{a}、{b}之一者",
    },
  },
};

const SIGNS: readonly OperationWords[] = [
  { "∪": "{a} ∪ {b}", "∩": "{a} ∩ {b}", "\\": "{a} \\ {b}", "△": "{a} △ {b}" },
  { "∪": "{a}∪{b}", "∩": "{a}∩{b}", "\\": "{a}\\{b}", "△": "{a}△{b}" },
  { "∪": "{a} \\cup {b}", "∩": "{a} \\cap {b}", "\\": "{a} \\setminus {b}", "△": "{a} \\triangle {b}" },
];

const fill = (text: string, a: string, b: string) => text.replace("{a}", () => a).replace("{b}", () => b);

function inSigns(expression: Expression, letters: readonly string[], signs: OperationWords): string {
  if (typeof expression === "number") return letters[expression]!;
  const side = (part: Expression) => (typeof part === "number" ? letters[part]! : `(${inSigns(part, letters, signs)})`);
  return fill(signs[expression.op], side(expression.left), side(expression.right));
}

/** The slots of a problem of elements. */
export function elementSlots(
  { of, sets, expression, letters }: Elements & Problem,
  language: Language,
  isHeldOut: boolean,
  random: Random,
): { sets: string; expression: string } {
  const [open, close] = random.chance(0.15) && !isHeldOut ? ["\\{", "\\}"] : ["{", "}"];
  const equals = random.pick([" = ", " = ", "="]);
  // A slash between names: held-out wordings share no run of names with trained ones.
  const comma = isHeldOut && of === "names" ? " / " : ", ";
  const texts = sets.map(
    (set, i) => letters[i] + equals + open + set.map((one) => elementText(of, one, language)).join(comma) + close,
  );
  const between = language === "en" ? ", " : "，";
  const isNested =
    typeof expression === "number" || typeof expression.left !== "number" || typeof expression.right !== "number";
  const words = OPERATION_WORDS[language][isHeldOut ? "heldOut" : "trained"];
  const [a = "", b = ""] = letters;
  const said =
    isNested || random.chance(0.5)
      ? inSigns(expression, letters, random.pick(isHeldOut ? SIGNS.slice(0, 2) : SIGNS))
      : fill(words[expression.op], a, b);
  return { sets: texts.join(between), expression: said };
}

/** The slots of a problem of sizes. */
export function sizeSlots(
  { sizes, letters }: Sizes & Problem,
  language: Language,
  isHeldOut: boolean,
  random: Random,
): { facts: string; what: string } {
  const [a = "", b = ""] = letters;
  const size = {
    en: [["|{a}| = {n}", "{a} has {n} elements"], ["{a} is made of {n} things"]],
    zh: [["|{a}| = {n}", "{a}有{n}个元素"], ["{a}内含元素{n}枚"]],
  }[language][isHeldOut ? 1 : 0]!;
  const form = random.pick(size);
  const facts = sizes.map((n, i) => form.replace("{a}", letters[i]!).replace("{n}", String(n)));
  const products = {
    en: [["{a} × {b}", "the Cartesian product {a} × {b}", "{a} \\times {b}"], ["{a} × {b}"]],
    zh: [["{a} × {b}", "笛卡尔积{a} × {b}", "{a} \\times {b}"], ["{a} × {b}"]],
  }[language][isHeldOut ? 1 : 0]!;
  const powers = {
    en: [["the power set of {a}", "P({a})", "the set of all subsets of {a}"], ["the collection of subsets of {a}"]],
    zh: [["{a}的幂集", "P({a})", "{a}的所有子集组成的集合"], ["{a}全体子集之集"]],
  }[language][isHeldOut ? 1 : 0]!;
  return {
    facts: facts.join(language === "en" ? (random.chance(0.5) ? " and " : ", ") : "，"),
    what: fill(random.pick(sizes.length === 1 ? powers : products), a, b),
  };
}

/** Facts about groups: {n} people, {v} the verb, {x}, {y} what they like. "two" and "three" say how many sets there are. */
interface GroupWords {
  readonly verbs: readonly { readonly verb: string; readonly things: readonly string[] }[];
  readonly single: string;
  readonly pair: { readonly two: string; readonly three: string };
  readonly triple: string;
  readonly any: string;
  readonly none: { readonly two: string; readonly three: string };
  readonly all: string;
  readonly ask: Readonly<Record<"any" | "ab" | "one", string>> & {
    readonly none: { readonly two: string; readonly three: string };
  };
}

const EN = [
  { verb: "play", things: ["football", "chess", "tennis", "basketball", "cards"] },
  { verb: "like", things: ["tea", "coffee", "milk", "juice", "cocoa"] },
  { verb: "study", things: ["French", "German", "Latin", "Spanish", "Greek"] },
];
const ZH = [
  { verb: "喜欢", things: ["足球", "象棋", "网球", "篮球", "游泳"] },
  { verb: "爱喝", things: ["茶", "咖啡", "牛奶", "果汁", "豆浆"] },
  { verb: "在学", things: ["法语", "德语", "俄语", "日语", "英语"] },
];

export const GROUPS: Readonly<Record<Language, { readonly trained: GroupWords; readonly heldOut: GroupWords }>> = {
  en: {
    trained: {
      verbs: EN,
      single: "{n} {v} {x}",
      pair: { two: "{n} {v} both", three: "{n} {v} {x} and {y}" },
      triple: "{n} {v} all three",
      any: "{n} {v} at least one of them",
      none: { two: "{n} {v} neither", three: "{n} {v} none of them" },
      all: "there are {n} people in all",
      ask: {
        any: "how many {v} at least one of them",
        ab: "how many {v} both",
        one: "how many {v} exactly one of them",
        none: { two: "how many {v} neither", three: "how many {v} none of them" },
      },
    },
    heldOut: {
      verbs: EN.map(({ things }) => ({ verb: "chose", things })),
      single: "{n} chose {x}",
      pair: { two: "{n} chose {x} plus {y}", three: "{n} chose {x} plus {y}" },
      triple: "{n} chose the lot",
      any: "{n} chose something",
      none: { two: "{n} chose nothing", three: "{n} chose nothing" },
      all: "{n} took part",
      ask: {
        any: "how many chose something",
        ab: "how many chose {x} plus {y}",
        one: "how many chose a single thing",
        none: { two: "how many chose nothing", three: "how many chose nothing" },
      },
    },
  },
  zh: {
    trained: {
      verbs: ZH,
      single: "{n}人{v}{x}",
      pair: { two: "{n}人两样都{v}", three: "{n}人既{v}{x}又{v}{y}" },
      triple: "{n}人三样都{v}",
      any: "{n}人至少{v}一样",
      none: { two: "{n}人两样都不{v}", three: "{n}人三样都不{v}" },
      all: "一共有{n}人",
      ask: {
        any: "至少{v}一样的有多少人",
        ab: "两样都{v}的有多少人",
        one: "只{v}一样的有多少人",
        none: { two: "两样都不{v}的有多少人", three: "三样都不{v}的有多少人" },
      },
    },
    heldOut: {
      verbs: ZH.map(({ things }) => ({ verb: "选了", things })),
      single: "{n}人选了{x}",
      pair: { two: "{n}人选了{x}加{y}", three: "{n}人选了{x}加{y}" },
      triple: "{n}人全选了",
      any: "{n}人选过",
      none: { two: "{n}人啥都没选", three: "{n}人啥都没选" },
      all: "总人数为{n}",
      ask: {
        any: "选过的是几人",
        ab: "选了{x}加{y}的是几人",
        one: "单选其一的是几人",
        none: { two: "啥都没选的是几人", three: "啥都没选的是几人" },
      },
    },
  },
};

/** The slots of a problem of counts. */
export function countSlots(
  { known, asked }: Counts,
  language: Language,
  isHeldOut: boolean,
  random: Random,
): { facts: string; question: string } {
  const words = GROUPS[language][isHeldOut ? "heldOut" : "trained"];
  const { verb, things } = random.pick(words.verbs);
  const [a = "", b = "", c = ""] = random.shuffle(things);
  const size = known.c === undefined ? "two" : "three";
  const say = (text: string, x = a, y = b, n?: number) =>
    text.replaceAll("{v}", verb).replace("{x}", x).replace("{y}", y).replace("{n}", String(n));
  const texts: Readonly<Record<Role, readonly [text: string, x?: string, y?: string]>> = {
    a: [words.single, a],
    b: [words.single, b],
    c: [words.single, c],
    ab: [words.pair[size], a, b],
    ac: [words.pair[size], a, c],
    bc: [words.pair[size], b, c],
    abc: [words.triple],
    any: [words.any],
    none: [words.none[size]],
    all: [words.all],
    one: [""],
  };
  const facts = (Object.entries(known) as [Role, number][]).map(([role, n]) => {
    const [text, x, y] = texts[role];
    return say(text, x, y, n);
  });
  const ask = asked === "none" ? words.ask.none[size] : words.ask[asked as "any" | "ab" | "one"];
  const last = language === "en" && random.chance(0.5) && !isHeldOut ? `, and ${facts.at(-1)}` : undefined;
  const joined = facts.slice(0, last === undefined ? undefined : -1).join(language === "en" ? ", " : "，");
  return { facts: joined + (last ?? ""), question: say(ask) };
}
