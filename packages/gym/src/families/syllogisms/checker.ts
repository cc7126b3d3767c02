// The checker of syllogisms: judges lines and answers of a problem read from a question. Owns what each line claims; must not know wordings.

import type { Verdict } from "@lemma/protocol";
import {
  proved,
  refuted,
  type StepContext,
  type StepLine,
  type TaskChecker,
  type TaskVerdict,
  unknown,
} from "@lemma/verify";
import {
  canBe,
  classesOf,
  denied,
  follows,
  forbids,
  isUniversal,
  type Literal,
  literalsOf,
  type Problem,
  type Statement,
  saysSame,
} from "./problem.ts";
import { search, statementName, writeLiterals, writeStatement } from "./trace.ts";

/** A problem with its nouns, as a question has them. */
type Read = Problem & { readonly words: readonly string[] };

const NAMES = ["first", "second", "third", "fourth", "fifth", "denied"];

/** What a name in a line stands for: its number among the premises and the denial. */
const numberOf = (name: string, { premises }: Read): number | undefined => {
  const at = NAMES.slice(0, premises.length).indexOf(name);
  return name === "denied" ? premises.length : at < 0 ? undefined : at;
};

function readLiterals(text: string, { words }: Read): Literal[] | undefined {
  const literals = text.split(/[,，]/).map((piece) => {
    const [, no, noun = ""] = /^\s*(not\s+)?(.+?)\s*$/.exec(piece) ?? [];
    return { of: words.indexOf(noun), yes: no === undefined };
  });
  const isGood = literals.every(({ of }) => of >= 0) && new Set(literals.map(({ of }) => of)).size === literals.length;
  return isGood ? literals : undefined;
}

/** `dogs -> not cats`, `some dogs, not cats`. */
function readStatement(body: string, problem: Read): Statement | undefined {
  const [left = "", right] = body.split("->");
  const isAll = right !== undefined;
  const literals = isAll
    ? [...(readLiterals(left, problem) ?? []), ...(readLiterals(right, problem) ?? [])]
    : readLiterals(body.replace(/^some\s+/, ""), problem);
  if (literals?.length !== 2 || (!isAll && !/^some\s/.test(body))) return undefined;
  const [first, second] = literals as [Literal, Literal];
  const [subject, predicate] = first.yes ? [first, second] : [second, first];
  if (!subject.yes || (isAll && !first.yes)) return undefined;
  const form = isAll ? (predicate.yes ? "all" : "no") : predicate.yes ? "some" : "some-not";
  return { form, subject: subject.of, predicate: predicate.of };
}

const linked = (verdict: Verdict, from: readonly number[]): TaskVerdict => ({
  ...verdict,
  from: from.length === 0 ? [-1] : [...new Set(from)],
});

/** What a source needs: the literals of a particular statement. */
function needOf(source: string, problem: Read): readonly Literal[] | undefined {
  const at = numberOf(source, problem);
  const statement = at === undefined ? undefined : denied(problem)[at];
  return statement === undefined || isUniversal(statement) ? undefined : literalsOf(statement);
}

/** `second, dogs, not cats: first ok, third fails`. */
function judgeVisit(problem: Read, label: string, body: string, steps: StepContext["steps"]): TaskVerdict | undefined {
  const [source = "", ...rest] = label.split(/[,，]/).map((piece) => piece.trim());
  const known = readLiterals(rest.join(","), problem);
  if (known === undefined || (source !== "any" && numberOf(source, problem) === undefined)) return undefined;
  const { words, premises } = problem;
  const all = denied(problem);
  const used = new Set([source]);
  const from = () => steps.filter((step) => used.has(step.label ?? "")).map(({ index }) => index);
  if (source !== "any") {
    const need = needOf(source, problem);
    if (need === undefined)
      return linked(refuted({ [source]: writeStatement(all[numberOf(source, problem)!]!, words) }), from());
    const missing = need.find(({ of, yes }) => !known.some((literal) => literal.of === of && literal.yes === yes));
    if (missing !== undefined) return linked(refuted({ [source]: writeLiterals(need, words) }), from());
  }
  if (body === "free") {
    const at = all.findIndex((statement) => forbids(statement, known));
    if (at < 0) return linked(proved("enumeration"), from());
    return linked(refuted({ fails: statementName(at, premises.length) }), from());
  }
  for (const piece of body.split(/\s*[,，]\s*/)) {
    const [, name = "", how] = /^(\w+) (ok|fails)$/.exec(piece) ?? [];
    const at = numberOf(name, problem);
    if (how === undefined || at === undefined) return undefined;
    used.add(name);
    if (forbids(all[at]!, known) === (how === "ok"))
      return linked(refuted({ [name]: writeStatement(all[at]!, words) }), from());
  }
  return linked(proved("enumeration"), from());
}

/** `second: closed`. It follows from the visits that began with its thing. */
function judgeEnd(
  problem: Read,
  source: string,
  isOpen: boolean,
  steps: StepContext["steps"],
): TaskVerdict | undefined {
  const visits = steps.filter(({ label = "" }) => label.startsWith(`${source},`));
  const from = visits.map(({ index }) => index);
  const all = denied(problem);
  const last = visits.at(-1);
  const begun =
    last === undefined ? undefined : readLiterals(last.label!.slice(source.length + 1), problem)?.slice(0, 1);
  const need = source === "any" ? begun : needOf(source, problem);
  if (need === undefined) return undefined;
  if (canBe(need, all, classesOf(all)) === isOpen) return linked(proved("enumeration"), from);
  const open = search(problem).lines.find(
    (line) => "known" in line && line.source === source && line.known.length === problem.words.length,
  );
  const example = open !== undefined && "known" in open ? writeLiterals(open.known, problem.words) : "none";
  return linked(refuted({ [source]: isOpen ? "closed" : example }), from);
}

function judgeFound(problem: Read, body: string, steps: StepContext["steps"]): TaskVerdict | undefined {
  const from = steps.filter((step) => step.body === "open" || step.body === "closed").map(({ index }) => index);
  const { things } = search(problem);
  if (body === "none")
    return linked(
      things === undefined
        ? proved("enumeration")
        : refuted({ found: things.map((thing) => writeLiterals(thing, problem.words)).join("; ") }),
      from,
    );
  const found = body.split(/\s*[;；]\s*/).map((text) => readLiterals(text, problem));
  if (found.includes(undefined)) return undefined;
  const all = denied(problem);
  for (const [at, statement] of all.entries()) {
    const name = statementName(at, problem.premises.length);
    const has = (thing: readonly Literal[]) =>
      literalsOf(statement).every(({ of, yes }) => thing.some((literal) => literal.of === of && literal.yes === yes));
    const isKept = isUniversal(statement)
      ? !(found as Literal[][]).some((thing) => forbids(statement, thing))
      : (found as Literal[][]).some(has);
    if (!isKept) return linked(refuted({ [name]: writeStatement(statement, problem.words) }), from);
  }
  const short = (found as Literal[][]).find((thing) => thing.length < problem.words.length);
  return short === undefined ? linked(proved("enumeration"), from) : undefined;
}

function checkStep(problem: Read, { label, body }: StepLine, { steps }: StepContext): TaskVerdict | undefined {
  if (label === undefined) return undefined;
  if (label === "found") return judgeFound(problem, body, steps);
  if (body === "open" || body === "closed") return judgeEnd(problem, label, body === "open", steps);
  const at = label === "claim" ? -1 : numberOf(label, problem);
  if (at === undefined) return judgeVisit(problem, label, body, steps);
  const said = readStatement(body, problem);
  if (said === undefined) return undefined;
  const statement = at < 0 ? problem.claim : denied(problem)[at]!;
  const from = label === "denied" ? steps.filter((step) => step.label === "claim").map(({ index }) => index) : [];
  const verdict = saysSame(said, statement)
    ? proved("enumeration")
    : refuted({ [label]: writeStatement(statement, problem.words) });
  return linked(verdict, from);
}

const YES = /^(?:yes|true|valid|it follows|it does|follows|是|是的|能|可以|对|成立|有效|能推出|必然)$/i;
const NO =
  /^(?:no|false|invalid|not valid|it does not follow|it doesn't|does not follow|否|不|不能|不是|不可以|不对|不成立|无效|不能推出|推不出|不必然)$/i;

function checkAnswer(problem: Read, answer: string): Verdict {
  const word = answer
    .replace(/\\(?:text|mathrm)\s*\{([^}]*)\}/g, "$1")
    .replace(/[.。\s]+$/, "")
    .trim();
  const said = YES.test(word) ? true : NO.test(word) ? false : undefined;
  if (said === undefined) return unknown("unparsed");
  if (said === follows(problem)) return proved("enumeration");
  const { things } = search(problem);
  return refuted({ found: things?.map((thing) => writeLiterals(thing, problem.words)).join("; ") ?? "none" });
}

export const checkerWith = (recognise: (question: string) => Problem | undefined): TaskChecker<Problem> => ({
  id: "syllogisms",
  recognise,
  checkStep: (problem, line, context) => checkStep(problem as Read, line, context),
  checkAnswer: (problem, answer) => checkAnswer(problem as Read, answer),
  answerBy: "recomputing",
});
