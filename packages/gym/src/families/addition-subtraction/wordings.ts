// How sums and differences are asked, and how such a question is read back; the texts stand in english.ts and chinese.ts.
// Each wording has a form for sums, one for differences, and where the story needs it one for differences below zero.

import type { Phrasing } from "../../family.ts";
import { matcher } from "../../matcher.ts";
import { questionText } from "../../question-text.ts";
import { type Template, template } from "../../template.ts";
import { phrasingsFrom } from "../../wordings.ts";
import { CHINESE } from "./chinese.ts";
import { ENGLISH } from "./english.ts";
import type { Sum } from "./family.ts";

/** A form for sums, one for differences, and where the story needs it one for differences below zero. */
export type Wording = readonly [sum: string, difference: string, belowZero?: string];

const NAMES_EN = ["Ann", "Ben", "Mia", "Tom", "Eva", "Leo", "Zoe", "Sam", "Max", "Lucy", "Paul", "Nina"];
const NAMES_ZH = ["小明", "小红", "小华", "小丽", "小刚", "小芳", "小李", "小王"];
const THINGS_EN = "apples books coins stamps cards marbles eggs pens balls cups flowers cakes stones tickets".split(
  " ",
);
const THINGS_ZH = "个苹果 本书 枚硬币 张邮票 张卡片 颗糖 个鸡蛋 支笔 个球 个杯子 朵花 块石头 张票".split(" ");

function phrasing([sum, difference, belowZero]: Wording, chinese: boolean): Omit<Phrasing<Sum>, "id"> {
  const forms = [template(sum), template(difference), template(belowZero ?? difference)] as const;
  return {
    templates: belowZero === undefined ? forms.slice(0, 2) : forms,
    render(problem, random) {
      const { operation, a, b } = problem;
      const thing = random.pick(chinese ? THINGS_ZH : THINGS_EN);
      const space = random.chance(0.5) ? " " : "";
      const names = chinese ? NAMES_ZH : NAMES_EN;
      const name = random.pick(names);
      const other = random.pick(names.filter((known) => known !== name));
      const form = forms[operation === "+" ? 0 : a >= b ? 1 : 2];
      return form.render(
        {
          a: String(a),
          b: String(b),
          e: `${a}${space}${operation}${space}${b}`,
          name,
          other,
          thing,
          unit: thing.slice(0, 1),
        },
        random,
      );
    },
  };
}

/** The wordings of the family, by language. */
export const additionSubtractionPhrasings = phrasingsFrom<Sum, Wording>(
  { en: ENGLISH, zh: CHINESE },
  (wording, language) => phrasing(wording, language === "zh"),
);

/** Read, but never asked in these words alone. */
const ALSO_READ: Wording[] = [
  ["[sum|total] of {a} and {b}", "difference [between|of] {a} and {b}"],
  ["{a}[与|和|跟]{b}的[和|总和]", "{a}[与|和|跟]{b}的差"],
];

const entries = [...ENGLISH.trained, ...ENGLISH.heldOut, ...CHINESE.trained, ...CHINESE.heldOut, ...ALSO_READ].flatMap(
  ([sum, ...differences]): (readonly [Template, Sum["operation"]])[] => [
    ...(sum.includes("{e}") ? [] : [[template(sum), "+"] as const]),
    ...differences.flatMap((text) =>
      text === undefined || text.includes("{e}") ? [] : [[template(text), "-"] as const],
    ),
  ],
);

const read = matcher(entries, {
  a: "\\d+",
  b: "\\d+",
  name: "[A-Z]\\w+|小.",
  other: "[A-Z]\\w+|小.",
  thing: "\\w+|.{1,3}?",
  unit: ".",
});
const EXPRESSION = /(?<![\w.^*/)])(\d+)\s*([-+−–＋]|plus|minus|加上?|减[去掉]?)\s*(\d+)(?![\w^*/(]|\.\d)/iu;

/** Reads a sum or a difference from a question in any of the wordings, or from a typed expression. */
export function readAdditionSubtraction(text: string): Sum | undefined {
  const question = questionText(text);
  if (question === undefined || /%|\bpercent|百分|\bbase\b|radix|binary|octal|hexadecimal|进制/i.test(question))
    return undefined;
  const numbers = question.match(/\d+/g);
  if (numbers?.length !== 2) return undefined;
  const typed = EXPRESSION.exec(question);
  if (typed !== null) {
    if (/[=<>^*/×÷]\s*[^\s?？_.。（=＝]|[a-z]\(/iu.test(question.replace(typed[0], ""))) return undefined;
    return { operation: /[+＋加]|plus/i.test(typed[2]!) ? "+" : "-", a: Number(typed[1]), b: Number(typed[3]) };
  }
  const found = read(question);
  if (found === undefined) return undefined;
  const { a, b } = found.slots;
  return { operation: found.tag, a: Number(a), b: Number(b) };
}
