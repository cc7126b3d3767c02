// The report's page in a real browser, on a wide and a narrow screen, light and dark: every section is there, nothing is asked from outside,
// nothing runs out of the page or of a plot, every text can be read against its ground. Needs Debian's chromium; LEMMA_SCREENSHOTS names a
// folder for pictures to look at.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { type Browser, browserSkip, openBrowser, type Page } from "../../../../../oracles/browser.ts";
import { writeFinishedStage } from "../../../test/finished-stage.ts";
import { type DataDocument, withHistory } from "../../documents/document.ts";
import { LocalExecutor } from "../../pipeline/local-executor.ts";
import { runStage } from "../../pipeline/run-stage.ts";
import { report } from "./report.ts";

const skip = await browserSkip();

const long = "a-very-long-name-without-any-place-to-break-it-".repeat(6);
const documents = Array.from(
  { length: 300 },
  (_, i): DataDocument => ({
    id: i.toString(16).padStart(16, "0"),
    text: "word ".repeat(1 + ((i * 7919) % 4000)),
    source: { path: i % 2 ? "a.txt" : `${long}.pdf`, format: ["pdf", "text", "html", "docx"][i % 4]!, index: i },
    language: ["en", "zh", "de", "WWWWWWWWWWWWWWWWWWWWWWWWW", "一种没有名字而且非常非常长的语言的名字", long][i % 6]!,
  }),
);
const clean = documents
  .slice(0, 60)
  .map((one, i) =>
    withHistory(one, { stage: "clean", rule: ["minWords", "repeated_lines", long, "language"][i % 4]!, value: i }),
  );
const copies = documents
  .slice(60, 110)
  .map((one, i) =>
    withHistory(one, { stage: "dedup", rule: "near", of: documents[110 + (i % 9)]!.id, similarity: 0.9 }),
  );
const left = documents.slice(110);
const seen = left
  .slice(0, 12)
  .map((one) => withHistory(one, { stage: "decontaminate", rule: "overlap", set: long, share: 0.7 }));
const made = left.slice(12, 80).map((one, i) =>
  withHistory(
    { ...one, id: `b${one.id.slice(1)}` },
    {
      stage: "augment",
      of: one.id,
      kind: ["reword", "solve", "paraphrase"][i % 3]!,
      ...(i % 3 ? { model: "lemma-s" } : {}),
    },
  ),
);
const unkept = made
  .slice(0, 30)
  .map((one) => withHistory(one, { stage: "augment", of: one.id, kind: "solve", rule: "answer" }));

describe("the report in Chromium", { skip }, () => {
  const place = mkdtempSync(join(tmpdir(), "lemma-report-page-"));
  let browser: Browser;
  let page: Page;

  before(async () => {
    const run = join(place, "run");
    writeFinishedStage(join(run, "01-ingest"), {
      stage: "ingest",
      documents: [documents],
      refused: [[{ path: `${long}.pdf`, where: "page 3", problem: `damaged: ${long}` }]],
      counts: { documents: 300, refused_parts: 1 },
    });
    writeFinishedStage(join(run, "02-clean"), {
      stage: "clean",
      documents: [documents.slice(60)],
      dropped: [clean],
      counts: { redacted_email: 1200, redacted_iban: 3 },
    });
    writeFinishedStage(join(run, "03-dedup"), { stage: "dedup", documents: [left], dropped: [copies] });
    const counts = { documents: 190, evaluation_items: 5000, dropped_overlap: 12 };
    writeFinishedStage(join(run, "04-decontaminate"), {
      stage: "decontaminate",
      documents: [left.slice(12)],
      dropped: [seen],
      counts,
    });
    writeFinishedStage(join(run, "05-augment"), {
      stage: "augment",
      documents: [left.slice(12), made],
      rejected: [unkept],
    });
    await using executor = new LocalExecutor(1);
    await runStage(report, { from: run, folder: join(place, "report"), executor });
    browser = await openBrowser(place, { viewport: { width: 900, height: 700 } });
    page = browser.page;
    await page.goto(pathToFileURL(join(place, "report/report.html")).href);
  });
  after(async () => {
    await browser?.[Symbol.asyncDispose]();
    rmSync(place, { recursive: true, force: true });
  });

  test("every section is there, with its plot or table", async () => {
    const shown = await page.evaluate<[string, number][]>(
      `[...document.querySelectorAll('h2')].map((h) => { let n = 0; for (let e = h.nextElementSibling; e && e.tagName !== 'H2'; e = e.nextElementSibling) n += e.matches('svg,.table,details') ? 1 : 0; return [h.textContent, n]; })`,
    );
    assert.deepEqual(
      shown.map(([title]) => title),
      [
        "Documents after each stage",
        "Lengths",
        "Languages",
        "Formats",
        "Why documents were dropped",
        "Made by augmentation",
        "Why replies of a model were not kept",
        "Duplicates",
        "Contamination",
        "Personal data and secrets taken out",
        "Refused files",
        "All counts",
      ],
    );
    for (const [title, parts] of shown) assert.ok(parts > (title === "Contamination" ? 1 : 0), title);
    assert.deepEqual(browser.problems, []);
    assert.equal(browser.asked.length, 1);
  });

  for (const [width, scheme] of [
    [1200, "light"],
    [900, "dark"],
    [360, "light"],
    [320, "dark"],
  ] as const)
    test(`${width} pixels wide, ${scheme}: nothing is cut, everything can be read`, async () => {
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme: scheme });
      const folder = process.env.LEMMA_SCREENSHOTS;
      if (folder) await page.screenshot({ path: join(folder, `report-${width}-${scheme}.png`), fullPage: true });
      assert.ok(
        (await page.evaluate<number>("document.documentElement.scrollWidth")) <= width,
        "the page is wider than the screen",
      );
      // In a plot, no text or bar leaves the picture, and no two texts lie on each other.
      const cut = await page.evaluate<string[]>(`[...document.querySelectorAll('svg')].flatMap((svg) => {
        const box = svg.getBoundingClientRect();
        const all = [...svg.querySelectorAll('text,rect')].map((e) => [e, e.getBoundingClientRect()]);
        const out = all.filter(([, r]) => r.left < box.left - 1 || r.right > box.right + 1 || r.top < box.top - 1 || r.bottom > box.bottom + 1).map(([e]) => 'out: ' + (e.textContent || 'bar') + ' in ' + svg.getAttribute('aria-label'));
        const texts = all.filter(([e]) => e.tagName === 'text');
        const over = texts.flatMap(([a, r], i) => texts.slice(i + 1).filter(([, q]) => r.left < q.right - 1 && q.left < r.right - 1 && r.top < q.bottom - 2 && q.top < r.bottom - 2).map(([b]) => 'over: ' + a.textContent + ' and ' + b.textContent));
        return [...out, ...over];
      })`);
      assert.deepEqual(cut, []);
      const small = await page.evaluate<number>(
        "Math.min(...[...document.querySelectorAll('svg text')].map((e) => e.getBoundingClientRect().height))",
      );
      assert.ok(small >= (width < 400 ? 9 : 12), `${small}`);
      const contrasts = await page.evaluate<Record<string, number>>(`(() => {
        const channels = (c) => c.match(/[\\d.]+/g).slice(0, 3).map(Number);
        const light = (c) => { const [r, g, b] = channels(c).map((v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
        const ratio = (a, b) => { const [x, y] = [light(a), light(b)].sort((p, q) => q - p); return (x + 0.05) / (y + 0.05); };
        const ground = getComputedStyle(document.body).backgroundColor;
        const of = (selector, property) => ratio(getComputedStyle(document.querySelector(selector))[property], ground);
        return { text: of('p', 'color'), soft: of('.soft', 'color'), plot: of('svg text', 'fill'), bar: of('rect.b', 'fill') };
      })()`);
      for (const [name, ratio] of Object.entries(contrasts))
        assert.ok(ratio >= (name === "bar" ? 3 : 4.5), `${name} ${ratio}`);
    });
});
