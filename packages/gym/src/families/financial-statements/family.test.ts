// Financial statements: traces by hand for each kind, answers against formulas written out, typed questions, texts that are none, wrong
// steps and answers.

import assert from "node:assert/strict";
import { it } from "node:test";
import { checkSteps } from "@lemma/verify";
import "../../registry.ts";
import { Random } from "../../random.ts";
import { financialStatements as family } from "./family.ts";
import type { Id } from "./items.ts";
import { type Financial, stated } from "./problem.ts";

const problem = (question: string) => family.checker.recognise(question);
const thought = (question: string, language: "en" | "zh" = "en") => family.trace(problem(question)!, language);
const answer = (question: string, language: "en" | "zh" = "en") => family.answer(problem(question)!, language);
const verdict = (question: string, text: string) => family.checker.checkAnswer!(problem(question)!, text).verdict;

const WRONG = `Revenue: 1,800
Cost of sales: (1,370)
Gross profit: 450
Do the totals agree with their lines?`;
const MISSING = "| Cash | 120 |\n| Inventories | ? |\n| Total current assets | 310 |\nWhat is the missing figure?";

it("adds up totals, and names the one that is off", () => {
  assert.deepEqual(thought(WRONG), [
    "1800-1370: 0-0=0",
    "0-7<10-7=3",
    "8-3-1=4",
    "1-1=0",
    "1800-1370=430",
    "Gross profit: 430",
    "430, 450: 3<5",
    "450-430: 0-0=0",
    "5-3=2",
    "4-4=0",
    "450-430=20",
  ]);
  assert.equal(answer(WRONG), "Gross profit, 20 too high");
  assert.equal(answer(WRONG, "zh"), "毛利，多20");
  assert.equal(answer(WRONG.replace("450", "430")), "yes");
});

it("finds lines, margins, ratios and changes", () => {
  assert.deepEqual(thought(MISSING), ["310-120: 0-0=0", "1-2<11-2=9", "3-1-1=1", "310-120=190", "Inventories: 190"]);
  assert.deepEqual(thought("营业收入：500\n营业成本：380\n毛利率是多少？", "zh"), [
    "500-380: 0-0=0",
    "0-8<10-8=2",
    "5-3-1=1",
    "500-380=120",
    "毛利: 120",
    "120*100=12000",
    "12000/500=120/5",
    "120/5>20",
    "20*5=100",
    "120-100: 0-0=0",
    "2-0=2",
    "1-1=0",
    "120-100=20",
    "20/5=4",
    "12000/500=20+4=24",
  ]);
  assert.deepEqual(
    thought("Total current assets 60, inventory 12, total current liabilities 36. What is the quick ratio?"),
    [
      "60-12=48",
      "48/2=24",
      "36/2=18",
      "48/36=24/18",
      "24/2=12",
      "18/2=9",
      "24/18=12/9",
      "12/3=4",
      "9/3=3",
      "12/9=4/3",
      "gcd(4,3)=1",
    ],
  );
  const change = "2023 | 2024\nNet sales: 80 | 60\nBy how many percent did net sales change?";
  assert.deepEqual(thought(change), [
    "60-80=-(80-60)=-20",
    "20*100=2000",
    "2000/80=200/8",
    "200/8>20",
    "20*8=160",
    "200-160: 0-0=0",
    "0-6<10-6=4",
    "2-1-1=0",
    "200-160=40",
    "40/8=5",
    "2000/80=20+5=25",
    "-20*100/80=-25",
  ]);
  assert.equal(answer(change), "-25");
});

/** What each total is, written out; lines that a statement leaves out count as 0. */
function written(read: (id: Id) => number): Partial<Record<Id, number>> {
  return {
    gross: read("revenue") - read("cogs"),
    opex: read("selling") + read("admin") + read("research") + read("depreciation"),
    operating: read("gross") - read("opex"),
    pretax: read("operating") - read("interest"),
    net: read("pretax") - read("tax"),
    currentAssets: read("cash") + read("receivables") + read("inventory") + read("prepaid"),
    fixedAssets: read("property") + read("intangibles") + read("investments"),
    totalAssets: read("currentAssets") + read("fixedAssets"),
    currentLiabilities: read("payables") + read("shortLoans") + read("accrued"),
    longLiabilities: read("longLoans") + read("leases") + read("provisions"),
    totalLiabilities: read("currentLiabilities") + read("longLiabilities"),
    equity: read("capital") + read("reserves") + read("retained"),
    totalFunding: read("totalLiabilities") + read("equity"),
  };
}

/** The totals that disagree with the formulas above. */
function disagreeing(drawn: Financial): [Id, number][] {
  const made = written((id) => stated(drawn, id) ?? 0);
  return drawn.rows.flatMap(({ id }) => {
    const [should, stands] = [made[id], stated(drawn, id)];
    return should === undefined || stands === undefined || should === stands
      ? []
      : [[id, stands - should] as [Id, number]];
  });
}

it("has the answers that the formulas give", () => {
  for (let i = 0; i < 400; i++) {
    const drawn = family.draw(Random.fromSeed(i), 1 + (i % 3));
    const { kind, asked, rows, column } = drawn;
    const reply = family.answer(drawn, "en");
    const read = (id: Id) => stated(drawn, id) ?? 0;
    const total = (id: Id) => stated(drawn, id) ?? written(read)[id]!;
    if (kind === "footing") {
      const off = disagreeing(drawn).map(([, excess]) => `${Math.abs(excess)} ${excess > 0 ? "too high" : "too low"}`);
      assert.ok(off.length < 2);
      assert.equal(reply.replace(/^.*, /, ""), off[0] ?? "yes", family.key(drawn));
    } else if (kind === "missing") {
      const filled = rows.map((row) =>
        row.id === asked ? { ...row, values: row.values.with(column, Number(reply)) } : row,
      );
      assert.deepEqual(disagreeing({ ...drawn, rows: filled }), [], family.key(drawn));
    } else if (kind === "margin") assert.equal(Number(reply), (total(asked as Id) * 100) / read("revenue"));
    else if (kind === "ratio") {
      const [over, under = 1] = reply.split("/").map(Number) as [number, number?];
      const [above, below] =
        asked === "debtToEquity"
          ? [total("totalLiabilities"), total("equity")]
          : [total("currentAssets") - (asked === "quick" ? read("inventory") : 0), total("currentLiabilities")];
      assert.equal(over * below, under * above, family.key(drawn));
    } else {
      const [later = 0, earlier = 0] = rows.find(({ id }) => id === asked)!.values;
      assert.equal(earlier + (earlier * Number(reply)) / 100, later);
    }
  }
});

it("reads typed questions, whatever the order of lines and years", () => {
  assert.equal(answer("Our revenue is 500 and cost of goods sold was 380. What is the gross margin?"), "24");
  assert.equal(answer("流动资产合计为600，流动负债合计为400，流动比率是多少"), "3/2");
  assert.equal(answer("| | 2021 | 2022 |\n|---|---|---|\n| Cash | 250 | 300 |\nyear-over-year change of cash?"), "20");
  assert.deepEqual(
    problem("Gross profit 430\nCost of sales 1370\nSales 1800\nDo these add up?"),
    problem("Sales 1,800\nCost of sales 1,370\nGross profit 430\nDo these add up?"),
  );
});

it("leaves other texts alone", () => {
  for (const other of [
    "Revenue 500, cost of sales 380.", // nothing asked
    "What is a gross margin?",
    "Revenue 500, cost of sales 377. What is the gross margin?", // 24.6 %
    "Cash: 20\nGoodwill: 10\nInventories: 30\nTotal current assets: 60\nDo the totals agree?", // a line of no known name
    "Cash: 20\nCash: 30\nTotal current assets: 50\nDo the totals agree?",
    "Cash: ?\nInventories: ?\nTotal current assets: 50\nWhat is the missing figure?",
    "Revenue: 500 | 400\nCost of sales: 300 | 200\nWhat is the gross margin?", // of which year?
    "Interest 5%, tax 3. Does it match?",
    `Cash ${"1".repeat(20)}, inventory 3, current assets 5. Do they add up?`,
  ])
    assert.equal(problem(other), undefined, other);
});

it("answers hostile texts at once", () => {
  for (const piece of [
    "cash ",
    "cash: 1 ",
    "total ",
    "revenue: ? | ",
    "1 ",
    ": ",
    "a.",
    "合计",
    "现金",
    "2023 | 2024 ",
  ])
    for (const length of [3_900, 100_000]) {
      const start = performance.now();
      problem(piece.repeat(length).slice(0, length));
      assert.ok(performance.now() - start < 500, piece);
    }
});

it("judges its lines", () => {
  const judged = (question: string, lines: readonly string[]) =>
    checkSteps({ question, reasoning: lines.join("\n"), task: family.id }).map(({ verdict }) => verdict);
  const lines = thought(WRONG);
  assert.ok(judged(WRONG, lines).every((one) => one === "proved"));
  assert.deepEqual(judged(WRONG, lines.with(5, "Gross profit: 1370"))[5], "refuted");
  assert.deepEqual(judged(WRONG, lines.with(6, "430, 450: 450=450"))[6], "refuted");
  assert.deepEqual(judged(WRONG, lines.with(6, "430, 430: 430=430"))[6], "refuted");
  assert.deepEqual(judged(MISSING, ["310+120=430", "Inventories: 430"]), ["proved", "refuted"]);
});

it("accepts other forms of an answer, and refutes wrong ones", () => {
  for (const right of [
    "gross profit is 20 too high",
    "毛利多20",
    "Gross profit: +20",
    "20",
    "\\text{Gross profit, 20 too high}",
  ])
    assert.equal(verdict(WRONG, right), "proved", right);
  for (const wrong of [
    "yes",
    "Gross profit, 20 too low",
    "gross profit, 30 too high",
    "Revenue, 20 too high",
    "毛利少20",
  ])
    assert.equal(verdict(WRONG, wrong), "refuted", wrong);
  for (const unread of ["no", "gross profit", "hm"]) assert.equal(verdict(WRONG, unread), "unknown", unread);
  for (const right of ["190", "€190", "190 thousand euros", "190.0"])
    assert.equal(verdict(MISSING, right), "proved", right);
  const ratio = "流动资产合计为600，流动负债合计为400，流动比率是多少";
  for (const right of ["3/2", "1.5", "\\frac{3}{2}", "6/4"]) assert.equal(verdict(ratio, right), "proved", right);
  assert.equal(verdict(ratio, "2/3"), "refuted");
});
