// The checker of family relations: judges lines and answers of a problem read from a question. Owns what each line claims; must not know wordings.

import type { Language, Verdict } from "@lemma/protocol";
import {
  proved,
  refuted,
  type StepContext,
  type StepLine,
  type TaskChecker,
  type TaskVerdict,
  unknown,
} from "@lemma/verify";
import { isSameKin, kinOf, kinWord, stepWord } from "./kin.ts";
import { type Problem, relation } from "./problem.ts";

type Read = Problem & { readonly names: readonly string[] };

const languageOf = ({ names }: Read): Language => (/\p{Script=Han}/u.test(names[0]!) ? "zh" : "en");

/** `mother of Bob`: told just so. */
function judgeFact(problem: Read, who: number, body: string): TaskVerdict | undefined {
  const [, word = "", name = ""] = /^(\S+) of (\S+)$/.exec(body) ?? [];
  const [kin, to] = [kinOf(word), problem.names.indexOf(name)];
  const fact = problem.facts.find((one) => one.who === who);
  if (kin === undefined || to < 0) return undefined;
  if (fact?.to === to && isSameKin(kin, { kind: fact.step, gender: fact.gender }))
    return { ...proved("enumeration"), from: [-1] };
  const language = languageOf(problem);
  const told =
    fact === undefined ? "nothing" : `${stepWord(fact.step, fact.gender, language)} of ${problem.names[fact.to]}`;
  return { ...refuted({ [problem.names[who]!]: told }), from: [-1] };
}

/** `brother of mother; uncle`: the fact about the first, what the next one is, and what both make. */
function judgeRelation(
  problem: Read,
  who: number,
  to: number,
  body: string,
  steps: StepContext["steps"],
): TaskVerdict | undefined {
  const { names } = problem;
  const language = languageOf(problem);
  const fact = problem.facts.find((one) => one.who === who);
  const [first, last] = [who, fact?.to].map((person) => (person === undefined ? undefined : names[person]));
  const from = steps
    .filter(({ label }) => label === first || label === `${last} to ${names[to]}`)
    .map(({ index }) => index);
  const linked = (verdict: Verdict): TaskVerdict => ({ ...verdict, from: from.length === 0 ? [-1] : from });
  const kin = relation(problem, who, to);
  if (fact === undefined || kin === undefined) return undefined;
  const [, step, next, word = ""] = /^(?:(\S+) of (\S+); )?(\S+)$/.exec(body) ?? [];
  const said = kinOf(word);
  if (said === undefined) return undefined;
  if (step !== undefined) {
    const [mine, theirs] = [kinOf(step), kinOf(next!)];
    const expected = relation(problem, fact.to, to);
    if (mine === undefined || theirs === undefined || expected === undefined) return undefined;
    if (!isSameKin(mine, { kind: fact.step, gender: fact.gender }))
      return linked(refuted({ [first!]: `${stepWord(fact.step, fact.gender, language)} of ${last}` }));
    if (!isSameKin(theirs, expected))
      return linked(refuted({ [`${last} to ${names[to]}`]: kinWord(expected, language) }));
  }
  return linked(
    isSameKin(said, kin) ? proved("enumeration") : refuted({ [`${first} to ${names[to]}`]: kinWord(kin, language) }),
  );
}

function checkStep(problem: Read, { label, body }: StepLine, { steps }: StepContext): TaskVerdict | undefined {
  if (label === undefined) return undefined;
  const people = label.split(/\s+to\s+/).map((name) => problem.names.indexOf(name.trim()));
  const [who = -1, to] = people;
  if (people.includes(-1) || people.length > 2) return undefined;
  return to === undefined ? judgeFact(problem, who, body) : judgeRelation(problem, who, to, body, steps);
}

/** The relation that an answer names: a word, perhaps in a sentence about the two. */
function readAnswer(answer: string): string {
  return answer
    .replace(/\\(?:text|mathrm)\s*\{([^}]*)\}/g, "$1")
    .replace(/[.。!！\s]+$/, "")
    .replace(/^.*(?:\bis\b|'s|是|的)\s*/i, "")
    .replace(/^(?:the|an?|her|his|their)\s+/i, "")
    .trim();
}

function checkAnswer(problem: Read, answer: string): Verdict {
  const said = kinOf(readAnswer(answer));
  const kin = relation(problem);
  if (said === undefined || kin === undefined) return unknown("unparsed");
  if (isSameKin(said, kin)) return proved("enumeration");
  return refuted({
    [`${problem.names[problem.who]} to ${problem.names[problem.to]}`]: kinWord(kin, languageOf(problem)),
  });
}

export const checkerWith = (recognise: (question: string) => Problem | undefined): TaskChecker<Problem> => ({
  id: "family-relations",
  recognise,
  checkStep: (problem, line, context) => checkStep(problem as Read, line, context),
  checkAnswer: (problem, answer) => checkAnswer(problem as Read, answer),
  answerBy: "recomputing",
});
