// The page of a run holds what the folder says, as one file in which hostile text stays text; it is rewritten while the run goes on.

import assert from "node:assert/strict";
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { makeRun } from "../../test/made-run.ts";
import { curves, shortNumber, spark } from "./curves.ts";
import { keepRunPage, writeRunPage } from "./page-writer.ts";
import { runPage } from "./run-page.ts";
import { readRun } from "./run-record.ts";

const place = mkdtempSync(path.join(tmpdir(), "lemma-run-page-"));
after(() => rmSync(place, { recursive: true, force: true }));

const pageOf = async (folder: string): Promise<string> =>
  runPage(await readRun(folder), new Date("2026-12-01T03:00:00Z"));

test("what the folder says stands on the page", async () => {
  const folder = path.join(place, "whole");
  makeRun(folder, { done: ["0"] });
  const html = await pageOf(folder);
  for (const text of [
    "Stopped. The same command continues it",
    "as of 2026-12-01 03:00:00 UTC",
    "<dt>stage</dt><dd>2 of 2, grpo</dd>",
    "<dt>step</dt><dd>120 of 150</dd>",
    "75.0 % at step 80",
    "qwen3, 1,610,000 parameters",
    "11.6 MFLOP a token; matrix products measured at 366 GFLOP/s",
    "step 80, by check (75.0 %)",
    "step 7: the loss jumped to 9.000",
    "12 of 24",
    "3 people: 12/24",
    "Reward and its parts",
    "KL to the rollout policy",
    "Share of equal-reward groups",
    "Pass rate by task",
    "Why replies did not pass",
    "the newest first.",
    "step 120 · countdown 2 · 1.2 · passes",
  ]) {
    assert.ok(html.includes(text), text);
  }
  for (const title of ["Loss", "Learning rate", "Gradient norm", "Tokens a second", "MFU", "Padding", "Entropy"]) {
    assert.match(html, new RegExp(`<figcaption>${title} <span`), title);
  }
  // The check of step 40 was repeated: its second form counts.
  const { checks } = await readRun(folder);
  assert.deepEqual(
    checks.map(({ step, right }) => [step, right]),
    [
      [40, 26],
      [80, 36],
    ],
  );
});

test("hostile text stays text, and nothing is loaded from elsewhere", async () => {
  const folder = path.join(place, "whole");
  const html = await pageOf(folder);
  // Inside quotes anything may stand.
  assert.doesNotMatch(html.replaceAll(/"[^"]*"/g, '""'), /<script|<img|<link|<iframe|<[^>]*\s(?:on\w+|href|src)=/i);
  assert.match(html, /Content-Security-Policy" content="default-src 'none'/);
  assert.ok(!html.includes("\0") && html.isWellFormed());
  assert.ok(html.includes("&#60;script&#62;"));
});

test("a run that has just begun has a page too", async () => {
  const folder = path.join(place, "young");
  makeRun(folder, { steps: [1, 0] });
  const html = await pageOf(folder);
  assert.match(html, /Too few lines for a curve/);
  assert.doesNotMatch(html, /NaN|undefined|Infinity/);
  makeRun(folder, { steps: [0, 0] });
  assert.doesNotMatch(await pageOf(folder), /NaN|undefined|Infinity/);
});

test("the page follows the metrics and ends with the run's last state", async () => {
  const folder = path.join(place, "following");
  makeRun(folder, { steps: [20, 0], lock: `${process.pid}` });
  const page = path.join(folder, "report.html");
  {
    await using _ = keepRunPage(folder, { everyLines: 10, everyMs: 5 });
    const until = async (text: string): Promise<void> => {
      for (let wait = 0; ; wait++) {
        const found = await Promise.resolve()
          .then(() => readFileSync(page, "utf8"))
          .catch(() => "");
        if (found.includes(text)) return;
        assert.ok(wait < 1000, `no ${text} on the page`);
        await sleep(10);
      }
    };
    await until("20 of 100");
    assert.match(readFileSync(page, "utf8"), /Running/);
    const line = readFileSync(path.join(folder, "metrics.jsonl"), "utf8").split("\n")[0]!;
    const more = (from: number, to: number): string =>
      Array.from({ length: to - from }, (_, i) => line.replace('"step":1,', `"step":${from + i + 1},`)).join("\n");
    appendFileSync(path.join(folder, "metrics.jsonl"), `\n${more(20, 29)}\n`);
    await sleep(50);
    assert.match(readFileSync(page, "utf8"), /20 of 100/, "nine lines are not enough");
    appendFileSync(path.join(folder, "metrics.jsonl"), `${more(29, 31)}\n`);
    await until("31 of 100");
    rmSync(path.join(folder, "run.lock"));
  }
  assert.match(readFileSync(page, "utf8"), /Stopped/);
  await assert.rejects(writeRunPage(path.join(place, "nowhere")), { code: "LEMMA_E_FILE" });
});

test("curves keep extremes, break at nothing and have round ticks", () => {
  const points = Array.from({ length: 5000 }, (_, i) => ({ step: i + 1, value: i === 2500 ? 900 : 1 + (i % 7) / 10 }));
  const drawing = curves([{ name: "loss", points }], { label: "loss", logarithmic: true });
  const line = /<polyline class="s s0" points="([^"]*)"/.exec(drawing)![1]!.split(" ");
  assert.ok(line.length <= 220 && line.length > 200, `${line.length} points`);
  assert.ok(drawing.includes('<polygon class="a"'), "the spike is in the band");
  assert.match(drawing, />500<|>100</);
  assert.equal(curves([{ name: "x", points: points.slice(0, 1) }], { label: "x" }), "");
  const flat = curves([{ name: "x", points: [1, 2].map((step) => ({ step, value: 0 })) }], { label: "x", from: 0 });
  assert.doesNotMatch(flat, /NaN|Infinity/);
  const holes = [1, 2, 3].map((step) => ({ step, value: step === 2 ? Number.NaN : step }));
  assert.doesNotMatch(
    curves([{ name: "x", points: holes }], { label: "x", logarithmic: true }) + spark(holes, 0, 1, "x"),
    /NaN/,
  );
  assert.deepEqual([0, 0.25, 12_345, 2_500_000, 0.00012].map(shortNumber), ["0", "0.25", "12.3k", "2.5M", "1.2e-4"]);
});
