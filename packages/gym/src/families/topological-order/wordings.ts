// Task problems as questions, and back. Owns telling rules and durations, rendering and reading; the wordings stand in english.ts and
// chinese.ts.

import type { Language } from "@lemma/protocol";
import { type Matcher, matcher } from "../../matcher.ts";
import { questionText } from "../../question-text.ts";
import { template } from "../../template.ts";
import { phrasingsFrom, type Wordings } from "../../wordings.ts";
import { HELD_OUT_ZH, TRAINED_ZH } from "./chinese.ts";
import { HELD_OUT_EN, TRAINED_EN } from "./english.ts";
import { ASKS, type Ask, isProblem, type Problem } from "./tasks.ts";

/** One way to ask, for each question. */
export type Wording = Readonly<Record<Ask, string>>;

const WORDINGS: Readonly<Record<Language, Wordings<Wording>>> = {
  en: { heldOut: HELD_OUT_EN, trained: TRAINED_EN },
  zh: { heldOut: HELD_OUT_ZH, trained: TRAINED_ZH },
};

/** How a rule is told: {a} is done before {b}. Held-out wordings have a verb of their own. */
const RULES: Readonly<Record<Language, { trained: readonly string[]; heldOut: readonly string[] }>> = {
  en: {
    trained: [
      "{a} comes before {b}",
      "{b} comes after {a}",
      "{b} needs {a}",
      "{b} depends on {a}",
      "{a} must be done before {b}",
    ],
    heldOut: ["{b} waits for {a}"],
  },
  zh: {
    trained: ["{a}在{b}之前", "{b}在{a}之后", "{b}需要先做{a}", "{b}依赖{a}", "{a}必须在{b}之前做"],
    heldOut: ["{b}得等{a}"],
  },
};
const UNITS = { en: ["hours", "hours", "days", "minutes"], zh: ["小时", "小时", "天", "分钟"] } as const;

export const taskPhrasings = phrasingsFrom<Problem, Wording>(WORDINGS, (wording, language) => {
  const forms = Object.fromEntries(ASKS.map((ask) => [ask, template(wording[ask])]));
  const rules = RULES[language][WORDINGS[language].heldOut.includes(wording) ? "heldOut" : "trained"];
  return {
    templates: [...Object.values(forms), ...rules.map(template)],
    render: ({ ask, tasks, durations, rules: told }, random) => {
      const form = random.pick(rules);
      const [comma, between] =
        language === "en" ? [", ", random.pick([", ", "; "])] : ["、", random.pick(["，", "；"])];
      const timed = random.pick(language === "en" ? ["{t} {n}", "{t}: {n}"] : ["{t} {n}", "{t}：{n}"]);
      return forms[ask]!.render(
        {
          tasks: tasks.join(comma),
          times: tasks.map((task, i) => timed.replace("{t}", task).replace("{n}", `${durations[i]}`)).join(comma),
          rules: told.map(([a, b]) => form.replace("{a}", a).replace("{b}", b)).join(between),
          units: random.pick(UNITS[language]),
        },
        random,
      );
    },
  };
});

const TASK = "(?<![A-Za-z])[A-Z](?![A-Za-z])";
const BETWEEN = "(?:, ?and |, ?|，|; ?|；|、| and )";
const VERB =
  "(?: (?:must |has to )?(?:comes?|be done|is done)? ?(?:before|after)| needs| requires| depends on| waits for)";
const RULE = `(?:${TASK}${VERB} ${TASK}|${TASK} ?(?:必须)?在 ?${TASK} ?之?[前后](?:做|完成)?|${TASK} ?(?:需要先做|需要先完成|需要|依赖|得等) ?${TASK})`;
const UNIT = "hours|days|minutes|weeks|小时|天|分钟|周";
const SLOTS = {
  tasks: `${TASK}(?:${BETWEEN}${TASK})+`,
  times: `${TASK}[ :：]{0,2}\\d{1,3}(?:${BETWEEN}${TASK}[ :：]{0,2}\\d{1,3})+`,
  rules: `${RULE}(?:${BETWEEN}${RULE})*`,
  units: UNIT,
};

/** The first task of a rule is done before the second. */
function readRule(rule: string): readonly [string, string] {
  const [first, second] = rule.match(/[A-Z]/g) as [string, string];
  return /before|前/.test(rule) ? [first, second] : [second, first];
}

/** Further forms that people type, for reading alone. */
const TYPED: readonly (readonly [text: string, ask: Ask])[] = [
  ["[Tasks|Steps|Courses|Jobs]: {tasks}. {rules}. [Which order|In which order|Give an order|Order]?", "order"],
  ["[Tasks|Steps|Courses|Jobs]: {tasks}. {rules}. [Is it possible|Is this possible|Possible]?", "possible"],
  [
    "[Tasks|Steps|Courses|Jobs]: {times} {units}. {rules}. [Earliest finish|When is everything finished|How long does it take]?",
    "time",
  ],
  ["[任务|步骤|课程]：{tasks}。{rules}。[顺序|什么顺序|按什么顺序做]？", "order"],
];

let read: Matcher<Ask> | undefined;

/** Reads a problem; undefined where a text asks nothing about tasks and their order. */
export function readProblem(question: string): Problem | undefined {
  const text = questionText(question);
  if (text === undefined || !/[A-Z].*[A-Z]/.test(text)) return undefined;
  read ??= matcher(
    [
      ...(["en", "zh"] as const).flatMap((language) =>
        [...WORDINGS[language].heldOut, ...WORDINGS[language].trained].flatMap((wording) =>
          ASKS.map((ask) => [wording[ask], ask] as const),
        ),
      ),
      ...TYPED,
    ].map(([form, ask]) => [template(form), ask] as const),
    SLOTS,
  );
  const found = read(text);
  if (found === undefined) return undefined;
  const { tasks, times, rules } = found.slots;
  const problem = {
    ask: found.tag,
    tasks: (tasks ?? times)!.replace(/and/g, "").match(/[A-Z]/g)!,
    durations: (times?.match(/\d+/g) ?? []).map(Number),
    rules: [...rules!.matchAll(new RegExp(RULE, "gu"))].map(([rule]) => readRule(rule)),
  };
  return isProblem(problem) ? problem : undefined;
}
