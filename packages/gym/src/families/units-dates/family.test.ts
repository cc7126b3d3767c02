// Units and dates: traces by hand for each kind, the calendar against the platform's own, typed questions, answers in other forms.

import assert from "node:assert/strict";
import { it } from "node:test";
import { checkSteps } from "@lemma/verify";
import "../../registry.ts";
import { daysBetween, daysIn, isLeapYear, later } from "./calendar.ts";
import { unitsDates as family } from "./family.ts";
import { answerOf } from "./problem.ts";

const problem = (question: string) => family.checker.recognise(question);
const thought = (question: string, language: "en" | "zh" = "en") => family.trace(problem(question)!, language);
const answer = (question: string) => answerOf(problem(question)!, "en");

it("goes along a ladder of units", () => {
  assert.deepEqual(thought("Convert 3 km 250 m to cm."), [
    "3 km=3*1000 m=3000 m",
    "3000+250=3250",
    "3250 m=3250*100 cm=325000 cm",
  ]);
  assert.deepEqual(thought("把45000毫克换算成克。"), ["45000 mg=45000/1000 g=45 g"]);
  assert.deepEqual(thought("How many minutes are 7 hours?"), ["7*60=420", "7 h=7*60 min=420 min"]);
  assert.deepEqual(thought("What is 72 km/h in m/s?"), ["72 km/h=72*10/36 m/s", "72*10=720", "720/36=20"]);
});

it("adds days month by month, with leap years", () => {
  assert.deepEqual(thought("How many days are there from January 30, 2024 to March 2, 2024?"), [
    "leap: 24/4=6",
    "January: 31-30=1",
    "February: 1+29=30",
    "March: 30+2=32",
  ]);
  assert.deepEqual(thought("从2023年3月12日到2023年5月5日有多少天？", "zh"), [
    "3: 31-12=19",
    "4: 19+30=49",
    "5: 49+5=54",
  ]);
  assert.deepEqual(thought("How many days are there from February 27, 1900 to March 1, 1900?").slice(0, 2), [
    "leap: 19/4>4",
    "February: 28-27=1",
  ]);
});

it("agrees with the platform's calendar", () => {
  for (const year of [1896, 1900, 1999, 2000, 2023, 2024, 2100]) {
    assert.equal(isLeapYear(year), new Date(Date.UTC(year, 1, 29)).getUTCMonth() === 1);
    for (let month = 1; month <= 12; month++) {
      const [one, other] = [
        { year, month, day: 1 },
        { year: year + 1, month: 13 - month, day: 15 },
      ];
      assert.equal(daysIn(year, month), new Date(Date.UTC(year, month, 0)).getUTCDate());
      const exact = (Date.UTC(other.year, other.month - 1, 15) - Date.UTC(year, month - 1, 1)) / 86_400_000;
      assert.equal(daysBetween(one, other), exact);
      assert.deepEqual(later(one, exact), other);
    }
  }
});

it("counts weekdays and adds times", () => {
  assert.deepEqual(thought("Today is Wednesday. What day of the week will it be 30 days later?"), [
    "30/7>4",
    "4*7=28",
    "30-28=2",
    "1: Thursday",
    "2: Friday",
  ]);
  assert.deepEqual(thought("今天是星期一，3天前是星期几？", "zh"), ["1: 星期日", "2: 星期六", "3: 星期五"]);
  assert.deepEqual(thought("What time is it 2 hours 50 minutes after 22:35?"), [
    "35+50=85",
    "85-60=25",
    "22+2=24",
    "24+1=25",
    "25-24=1",
  ]);
  assert.equal(answer("What time is it 2 hours 30 minutes after 22:35?"), "1:05");
  assert.deepEqual(thought("How many minutes are there from 8:50 to 14:25?").slice(0, 5), [
    "25<50",
    "25+60=85",
    "85-50=35",
    "14-8=6",
    "6-1=5",
  ]);
});

it("reads typed questions, and leaves others alone", () => {
  assert.equal(answer("how many seconds are 2 hours 5 minutes"), "7500");
  assert.equal(answer("3千克等于多少克？"), "3000");
  assert.equal(answer("How many days are there from 1 March 2023 to 1 May 2023?"), "61");
  for (const other of [
    "Convert 3 km to kg.",
    "Convert 250 m to km.", // not whole
    "How many days are there from 31 April 2023 to 1 May 2023?",
    "How many days are there from 5 May 2023 to 1 May 2023?",
    "What is 3 + 250?",
  ])
    assert.equal(problem(other), undefined, other);
});

it("judges its lines", () => {
  const judged = (question: string, lines: readonly string[]) =>
    checkSteps({ question, reasoning: lines.join("\n"), task: family.id }).map(({ verdict }) => verdict);
  assert.deepEqual(judged("Convert 3 km to cm.", ["3 km=3*1000 m=3000 m", "3000 m=3000*10 cm=30000 cm"]), [
    "proved",
    "refuted",
  ]);
  assert.deepEqual(judged("Convert 3 km to cm.", ["3 km=3000 g"]), ["unknown"]);
  const dates = "How many days are there from March 12, 2023 to May 5, 2023?";
  assert.deepEqual(judged(dates, ["March: 31-12=19", "April: 19+31=50"]), ["proved", "refuted"]);
  const twice = "旅行2023年1月24日开始，2024年3月26日结束，经过多少天？";
  const lines = family.trace(family.checker.recognise(twice)!, "zh");
  assert.equal(lines.filter((line) => line.startsWith("1: ")).length, 2);
  assert.ok(judged(twice, lines).every((verdict) => verdict === "proved"));
  assert.equal(judged(twice, [...lines.slice(0, 37), "1: 341+31=373"]).at(-1), "refuted");
  assert.deepEqual(judged("今天是星期一，3天后是星期几？", ["1: 星期二", "2: 星期四"]), ["proved", "refuted"]);
});

it("accepts other forms of an answer", () => {
  const verdict = (question: string, text: string) => family.checker.checkAnswer!(problem(question)!, text).verdict;
  const clock = "What time is it 2 hours 30 minutes after 22:35?";
  for (const right of ["1:05", "01:05", "1点05分", "\\text{1:05}"])
    assert.equal(verdict(clock, right), "proved", right);
  for (const wrong of ["1:06", "13:05"]) assert.equal(verdict(clock, wrong), "refuted", wrong);
  const weekday = "今天是星期一，3天后是星期几？";
  for (const right of ["星期四", "周四", "Thursday", "礼拜四"]) assert.equal(verdict(weekday, right), "proved", right);
  assert.equal(verdict(weekday, "星期五"), "refuted");
  for (const right of ["3000", "3000 m", "3,000", "3000米"])
    assert.equal(verdict("Convert 3 km to m.", right), "proved", right);
  assert.equal(verdict("Convert 3 km to m.", "300"), "refuted");
});
