// Syllogisms as questions, and back. Owns rendering a problem in a wording, and finding which sentence of a text is the claim; the wordings stand
// in english.ts and chinese.ts.

import type { Language } from "@lemma/protocol";
import type { Phrasing } from "../../family.ts";
import type { Random } from "../../random.ts";
import { template } from "../../template.ts";
import { phrasingsFrom, type Wordings } from "../../wordings.ts";
import { HELD_OUT_ZH, TRAINED_ZH } from "./chinese.ts";
import { HELD_OUT_EN, TRAINED_EN } from "./english.ts";
import { classesOf, isPlain, type Problem, type Statement } from "./problem.ts";
import { findStatements, say, type ToldStatement } from "./sentences.ts";

const WORDINGS: Readonly<Record<Language, Wordings<string>>> = {
  en: { heldOut: HELD_OUT_EN, trained: TRAINED_EN },
  zh: { heldOut: HELD_OUT_ZH, trained: TRAINED_ZH },
};
const BULLETS = ["\n", "\n- ", "\n* ", "\n{n}. "];

function slotsOf(problem: Problem, language: Language, isHeldOut: boolean, random: Random) {
  const said = (statement: Statement) => say(statement, problem, language, isHeldOut, random);
  const capital = (text: string) => text[0]!.toUpperCase() + text.slice(1);
  const given = problem.premises.map(said);
  const claim = said(problem.claim);
  const bullet = random.pick(BULLETS);
  const between = random.pick(language === "en" ? [". ", ". ", "; ", ", "] : ["。", "，", "；"]);
  const [open, close] = language === "en" ? ['"', '"'] : ["“", "”"];
  return {
    given: given.map((text, i) => (between === ". " && i > 0 ? capital(text) : text)).join(between),
    lines: given.map((text, i) => bullet.replace("{n}", `${i + 1}`) + capital(text)).join(""),
    claim,
    quoted: open + claim + close,
  };
}

export const syllogismPhrasings: Readonly<Record<Language, readonly Phrasing<Problem>[]>> = phrasingsFrom(
  WORDINGS,
  (wording, language): Omit<Phrasing<Problem>, "id"> => {
    const text = template(wording);
    const isHeldOut = WORDINGS[language].heldOut.includes(wording);
    return {
      templates: [text],
      render(problem, random) {
        const question = text.render(slotsOf(problem, language, isHeldOut, random), random);
        return question[0]!.toUpperCase() + question.slice(1);
      },
    };
  },
);

/** Asks for a consequence. */
const ASKS =
  /follow|conclu|infer|valid|therefore|hence|consequence|must it|must (?:all|some|no|every)|certain|argument|syllogism|necessarily|logically|forced to|must he|thereby|implied|imply|entail|推出|得出|结论|推理|论证|一定|必然|由此|所以|因此|非得|还得认|等于担保|有效/i;
/** Stands right before a claim that is not in quotation marks. */
const CUE = /(?:conclusion|claim|therefore|hence|thus|so|that|then|结论|断言|所以|因此|故|那么)[,:：，]?\s*$/i;

const LONGEST = 800;
const MOST_PREMISES = 5;
const MOST_CLASSES = 6;

/** Which of the sentences is the claim: the one in quotation marks, else the one behind a word that announces it, else the last. */
function claimOf(text: string, told: readonly ToldStatement[]): ToldStatement {
  const quoted = told.filter(
    ({ start, end }) => /["“'‘]/.test(text[start - 1] ?? "") && /["”'’.。]/.test(text[end] ?? ""),
  );
  if (quoted.length === 1) return quoted[0]!;
  const announced = told.filter(({ start }) => CUE.test(text.slice(Math.max(0, start - 16), start)));
  return announced.at(-1) ?? told.at(-1)!;
}

/** Reads a problem; undefined where a text asks for no conclusion, or where it depends on whether a class may be empty. */
export function readProblem(question: string): Problem | undefined {
  if (question.length > LONGEST || !ASKS.test(question)) return undefined;
  const isChinese = /\p{Script=Han}/u.test(question);
  const text = isChinese ? question.replace(/(?<=\p{Script=Han}) +| +(?=\p{Script=Han})/gu, "") : question;
  const told = findStatements(text, isChinese ? "zh" : "en");
  if (told.length < 3 || told.length > MOST_PREMISES + 1) return undefined;
  const said = claimOf(text, told);
  const words = [
    ...new Set(told.filter((one) => one !== said).flatMap(({ subject, predicate }) => [subject, predicate])),
  ];
  const statement = ({ form, subject, predicate }: ToldStatement): Statement => ({
    form,
    subject: words.indexOf(subject),
    predicate: words.indexOf(predicate),
  });
  const premises = told.filter((one) => one !== said).map(statement);
  const claim = statement(said);
  if (words.length > MOST_CLASSES || classesOf([claim]).includes(-1) || !isPlain({ premises, claim })) return undefined;
  return { premises, claim, theme: 0, nouns: [], words };
}
