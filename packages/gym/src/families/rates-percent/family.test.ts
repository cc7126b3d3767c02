// Rates and percent: traces by hand for each kind, typed questions, units behind answers.

import assert from "node:assert/strict";
import { it } from "node:test";
import { grade } from "@lemma/verify";
import "../../registry.ts";
import { Random } from "../../random.ts";
import { ratesPercent as family } from "./family.ts";
import { answerOf, isProblem } from "./problem.ts";

const problem = (question: string) => family.checker.recognise(question);
const thought = (question: string) => family.trace(problem(question)!, "en");
const answer = (question: string) => answerOf(problem(question)!);

it("reasons about percent", () => {
  assert.deepEqual(thought("What is 15% of 300?"), ["300*15/100=3*15=30+15=45"]);
  assert.deepEqual(thought("What is 25 percent of 36?"), [
    "36*25=36*20+36*5",
    "36*20=600+120=720",
    "36*5=150+30=180",
    "720+180: 0+0=0",
    "2+8=10",
    "7+1+1=9",
    "720+180=900",
    "36*25=900",
    "900/100=9",
  ]);
  assert.deepEqual(thought("把80减少30%。"), ["80*30/100=8*3=24", "80-24=56"]);
  assert.deepEqual(thought("By how many percent does 80 rise to 92?"), [
    "92-80=12",
    "12*100=1200",
    "1200/80=120/8",
    "120/8>10",
    "10*8=80",
    "120-80: 0-0=0",
    "2-8<12-8=4",
    "1-0-1=0",
    "120-80=40",
    "40/8=5",
    "1200/80=10+5=15",
  ]);
  assert.deepEqual(thought("64 is 20% less than which number?"), [
    "100-20: 0-0=0",
    "0-2<10-2=8",
    "1-0-1=0",
    "100-20=80",
    "64*100=6400",
    "6400/80=640/8=80",
  ]);
});

it("reasons about rates, prices and mixtures", () => {
  assert.deepEqual(thought("A car goes at 60 km/h for 3 hours. How far does it go?"), ["60*3=180"]);
  assert.deepEqual(thought("Speed 12 km/h, distance 60 km: how many hours?"), ["60/12=5"]);
  assert.deepEqual(thought("4 pens cost 12 euros. How much do 7 pens cost?"), ["12/4=3", "3*7=21"]);
  assert.deepEqual(thought("Which percentage comes out if 3 litres at 20% and 1 litres at 40% are mixed?"), [
    "3*20=60",
    "1*40=40",
    "60+40=100",
    "3+1=4",
    "100/4>20",
    "20*4=80",
    "100-80: 0-0=0",
    "0-8<10-8=2",
    "1-0-1=0",
    "100-80=20",
    "20/4=5",
    "100/4=20+5=25",
  ]);
});

it("reads typed questions, and leaves others alone", () => {
  assert.equal(answer("what is 20 percent of 45"), 9);
  assert.equal(answer("45的20%是多少？"), 9);
  assert.equal(answer("A price falls from 50 euros to 40 euros. By how many percent?"), 20);
  assert.equal(answer("价格从40元上涨到50元，上涨了百分之几？"), 25);
  for (const other of [
    "What is 15% of 33?", // 4.95
    "A price rises from 50 euros to 40 euros. By how many percent?",
    "What is 15 of 33?",
    "80 plus 15",
  ])
    assert.equal(problem(other), undefined, other);
});

it("has one key for commuted products", () => {
  const key = (question: string) => family.key(problem(question)!);
  assert.equal(key("What is 20% of 50?"), key("50的20%是多少？"));
  assert.equal(key("What is 20% of 50?"), key("What is 50% of 20?"));
  assert.notEqual(key("Increase 50 by 20%."), key("Decrease 50 by 20%."));
});

it("takes the unit that was asked for behind an answer", () => {
  const question = "By how many percent does 80 rise to 92?";
  const row = { verifier: family.verifier(problem(question)!, "en"), reference: "15" };
  for (const [text, verdict] of [
    ["15", "proved"],
    ["15%", "proved"],
    ["15\\%", "proved"],
    ["15 percent", "proved"],
    ["0.15", "refuted"],
    ["16%", "refuted"],
  ] as const) {
    assert.equal(family.checker.checkAnswer!(problem(question)!, text).verdict, verdict, text);
    assert.equal(grade({ problem: question, response: `\\boxed{${text}}`, ...row }).verdict, verdict, text);
  }
});

it("draws problems with whole answers", () => {
  for (let level = 1; level <= family.levels; level++)
    for (let i = 0; i < 300; i++) assert.ok(isProblem(family.draw(Random.fromSeed(i), level)));
});
