// Problems of propositional logic as questions, and back. Owns rendering a problem in a wording, and finding what a question asks of its
// formulas; the wordings stand in english.ts and chinese.ts.

import type { Language } from "@lemma/protocol";
import type { Phrasing } from "../../family.ts";
import { matcher } from "../../matcher.ts";
import type { Random } from "../../random.ts";
import { type Template, template } from "../../template.ts";
import { phrasingsFrom, type Wordings } from "../../wordings.ts";
import type { ReadProblem } from "./checker.ts";
import { HELD_OUT_ZH, TRAINED_ZH } from "./chinese.ts";
import { HELD_OUT_EN, TRAINED_EN } from "./english.ts";
import { renumbered } from "./formula.ts";
import { type Problem, type Task, variables } from "./problem.ts";
import { findFormulas, MARK, markIndex } from "./sentences.ts";
import { speaker, THEMES } from "./themes.ts";

/** One way to ask, for each task. */
export type Wording = Readonly<Record<Task, string>>;

const WORDINGS: Readonly<Record<Language, Wordings<Wording>>> = {
  en: { heldOut: HELD_OUT_EN, trained: TRAINED_EN },
  zh: { heldOut: HELD_OUT_ZH, trained: TRAINED_ZH },
};
const TASKS: readonly Task[] = ["entailment", "satisfiability", "equivalence"];
const BULLETS = ["\n", "\n- ", "\n* ", "\n{n}. ", "\n{n}) "];

/** Between formulas of a list: sentences are parted by full stops or semicolons, formulas in signs by commas, too. */
function separator(isSigned: boolean, language: Language, random: Random): string {
  if (language === "zh") return random.pick(isSigned ? ["，", "；", "，"] : ["。", "；", "；"]);
  return random.pick(isSigned ? [", ", "; ", ", "] : [". ", "; ", "; "]);
}

const capital = (text: string) =>
  text.replace(/(?<=^|[.?:] |\n(?:[-*] |\d[.)] )?)\p{Ll}(?=\p{L}{2})/gu, (c) => c.toUpperCase());

function render(
  problem: Problem,
  language: Language,
  text: Template,
  heldOut: number | undefined,
  random: Random,
): string {
  const say = speaker(problem, language, heldOut, random);
  const isSigned = problem.theme === 0;
  const said = problem.formulas.map(say);
  const given = problem.task === "entailment" ? said.slice(0, -1) : said;
  const bullet = random.pick(BULLETS);
  const quoted = (formula: string) => (isSigned ? formula : language === "en" ? `"${formula}"` : `“${formula}”`);
  const between = separator(isSigned, language, random);
  const filled = text.render(
    {
      given: given
        .map((part, i) => (between === ". " && i > 0 ? part[0]!.toUpperCase() + part.slice(1) : part))
        .join(between),
      lines: given.map((line, i) => bullet.replace("{n}", `${i + 1}`) + line).join(""),
      claim: said.at(-1)!,
      quoted: quoted(said.at(-1)!),
      first: quoted(said[0]!),
      second: quoted(said.at(-1)!),
    },
    random,
  );
  return isSigned || language === "zh" ? filled : capital(filled);
}

export const logicPhrasings: Readonly<Record<Language, readonly Phrasing<Problem>[]>> = phrasingsFrom(
  WORDINGS,
  (wording, language): Omit<Phrasing<Problem>, "id"> => {
    const held = WORDINGS[language].heldOut.indexOf(wording);
    const templates = TASKS.map((task) => template(wording[task]));
    return {
      templates,
      render: (problem, random) =>
        render(problem, language, templates[TASKS.indexOf(problem.task)]!, held < 0 ? undefined : held, random),
    };
  },
);

const LIST = `(?:[\\s*,;.。；，、-]|\\d[.)])*${MARK}(?:(?:[\\s*,;.。；，、-]|\\d[.)])*${MARK})*`;
const ONE = `["“]?${MARK}["”]?`;
const MATCHERS = Object.fromEntries(
  (["en", "zh"] as const).map((language) => {
    const { heldOut, trained } = WORDINGS[language];
    const entries = [...heldOut, ...trained].flatMap((wording) =>
      TASKS.map((task) => [template(wording[task]), task] as const),
    );
    return [
      language,
      matcher(entries, { given: LIST, lines: LIST, claim: MARK, quoted: ONE, first: ONE, second: ONE }),
    ];
  }),
) as Readonly<Record<Language, ReturnType<typeof matcher<Task>>>>;

const LONGEST = 1200;
const MOST_VARIABLES = 5;

/** Reads a problem; undefined where a text asks nothing of formulas. */
export function readProblem(question: string): ReadProblem | undefined {
  if (question.length > LONGEST) return undefined;
  for (const found of findFormulas(question)) {
    const matched = MATCHERS[found.language](found.rest);
    if (matched === undefined) continue;
    const { tag: task, slots } = matched;
    const marks = (text = "") =>
      [...text.matchAll(new RegExp(MARK, "g"))].map(([char]) => found.formulas[markIndex(char)]!);
    const given = marks(slots.given ?? slots.lines);
    const formulas =
      task === "equivalence"
        ? [...marks(slots.first), ...marks(slots.second)]
        : [...given, ...marks(slots.claim ?? slots.quoted)];
    const used = variables({ formulas });
    if (formulas.length < 2 || formulas.length > 5 || used.length > MOST_VARIABLES) continue;
    return { ...numbered({ task, formulas, theme: found.theme, names: found.names }), language: found.language };
  }
  return undefined;
}

/** The problem with variables numbered as they stand in its formulas. */
function numbered(read: { task: Task; formulas: Problem["formulas"]; theme: number; names: readonly string[] }) {
  const order = variables(read);
  const { theme, task } = read;
  const formulas = read.formulas.map((formula) => renumbered(formula, order));
  const names = order.map((variable) => read.names[variable]!);
  const known: readonly string[] = [...THEMES[theme]!.en.words, ...THEMES[theme]!.zh.words];
  const words = names.map((name) => known.indexOf(name) % THEMES[theme]!.en.words.length);
  return { task, formulas, theme, names, words };
}
