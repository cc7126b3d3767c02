// The checker of road problems: judges lines and answers of a problem read from a question. A route is measured: any shortest one is right.
// Must not know wordings.

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
import { isShort, saysNone, wholeAnswer } from "../../answers.ts";
import { readNodes } from "../../node-list.ts";
import { sameLine } from "../../same-line.ts";
import { lengthOf, type Problem, search } from "./roads.ts";
import { WORDS, writeBack, writeRoad, writeTable, writeVisit } from "./trace.ts";

const LANGUAGES: readonly Language[] = ["en", "zh"];
const ROAD = /^([A-Z])-([A-Z]) (\d{1,4})$/;
const VISIT = /^([A-Z]) (\d{1,5})$/;

const isNow = (name: keyof typeof WORDS.en, text: string | undefined): boolean =>
  LANGUAGES.some((language) => WORDS[language][name] === text);

/** The towns from the goal back to the start, each by a shortest way. */
function judgeBack(problem: Problem, body: string): Verdict | undefined {
  const links = body.split(/[,，]\s*/).map((part) => /^([A-Z]) (?:via|经) ([A-Z])$/.exec(part.trim()));
  if (links.includes(null)) return undefined;
  const towns = [links[0]![1]!, ...links.map((link) => link![2]!)];
  const gap = links.findIndex((link, i) => i > 0 && link![1] !== links[i - 1]![2]);
  if (gap > 0) return refuted({ "not joined": links[gap]![0] });
  return judgeRoute(problem, towns.reverse());
}

function checkStep(problem: Problem, line: StepLine, { steps }: StepContext): TaskVerdict | undefined {
  const { label, body } = line;
  if (label === undefined) return undefined;
  const { visits, way } = search(problem);
  const lastOf = (is: (step: StepLine) => boolean) => steps.findLast(is)?.index ?? -1;
  const lastVisit = steps.findLast((step) => VISIT.test(step.label ?? ""));
  const linked = (verdict: Verdict | undefined, ...from: number[]): TaskVerdict | undefined =>
    verdict === undefined ? undefined : { ...verdict, from: [...new Set(from)] };
  const road = ROAD.exec(label);
  if (road !== null) {
    const at = problem.roads.findIndex(([a, b, length]) => a === road[1] && b === road[2] && `${length}` === road[3]);
    return linked(at < 0 ? refuted({ "no such road": label }) : sameLine(line, [writeRoad(problem, at)]), -1);
  }
  const table = lastOf((step) => isNow("table", step.label));
  if (isNow("table", label)) {
    const visit = visits.find(({ entry }) => lastVisit?.label === `${entry.town} ${entry.length}`);
    const expected = visit?.table ?? [{ town: problem.from, length: 0, via: undefined }];
    const forms = LANGUAGES.map((language) => writeTable(expected, language));
    return linked(sameLine(line, forms), lastVisit?.index ?? -1, table);
  }
  if (isNow("length", label)) {
    if (!/^\d{1,6}$/.test(body)) return undefined;
    const length = way?.at(-1)?.length;
    return linked(Number(body) === length ? proved("enumeration") : refuted({ length: `${length ?? "none"}` }), table);
  }
  if (isNow("back", label)) return linked(judgeBack(problem, body), lastVisit?.index ?? -1, table);
  if (isNow("found", label)) {
    if (!isNow("none", body)) return undefined;
    return linked(way === undefined ? proved("enumeration") : refuted({ back: writeBack(way, "en") }), table);
  }
  const town = VISIT.exec(label)?.[1];
  if (town === undefined) return undefined;
  const visit = visits.find(({ entry }) => entry.town === town);
  if (visit === undefined) return unknown("undecided");
  const list = lastOf((step) => ROAD.test(step.label ?? "") && step.body.includes(`${town}[`));
  return linked(
    sameLine(
      line,
      LANGUAGES.map((language) => writeVisit(visit, language)),
    ),
    list,
    table,
  );
}

/** A shortest route from the start to the goal. */
function judgeRoute({ roads, from, to, ...rest }: Problem, route: readonly string[]): Verdict {
  if (route[0] !== from) return refuted({ start: from });
  if (route.at(-1) !== to) return refuted({ end: to });
  const length = lengthOf(roads, route);
  if (typeof length !== "number") return refuted({ "no road": length.join("-") });
  const { way } = search({ roads, from, to, ...rest });
  if (length === way!.at(-1)!.length) return proved("enumeration");
  return refuted({ length: `${length}`, shorter: way!.map(({ town }) => town).join("-") });
}

const UNITS = /\s*(?:km|kilomet(?:er|re)s?|miles?|mi|min(?:utes?)?|hours?|h|公里|千米|里|分钟|小时)[.。]?$/i;

function checkAnswer(problem: Problem, answer: string): Verdict {
  if (!isShort(answer)) return unknown("unparsed");
  const { way } = search(problem);
  if (saysNone(answer))
    return way === undefined ? proved("enumeration") : refuted({ route: way.map(({ town }) => town).join("-") });
  if (problem.ask === "length") {
    const number = answer
      .replace(/\\(?:text|mathrm)\s*\{([^}]*)\}/g, "$1")
      .replace(/\\[,; ]/g, " ")
      .trim()
      .replace(UNITS, "");
    if (way === undefined) return /^\d+$/.test(number) ? refuted({ route: "none" }) : unknown("unparsed");
    return wholeAnswer(number, `${way.at(-1)!.length}`);
  }
  const route = readNodes(answer);
  return route === undefined ? unknown("unparsed") : judgeRoute(problem, route);
}

export const checkerWith = (recognise: (question: string) => Problem | undefined): TaskChecker<Problem> => ({
  id: "shortest-paths",
  recognise,
  checkStep,
  checkAnswer,
  answerBy: "checking",
});
