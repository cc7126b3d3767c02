// The page of a run in a real browser, opened as a file: nothing is executed or loaded, it fits a phone, everything that opens is
// reached by the keyboard. Needs Debian's chromium; LEMMA_SCREENSHOTS names a folder for pictures to look at.

import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { importOracle, oracleSkip } from "../../../oracles/oracle.ts";
import { writeRunPage } from "../src/report/page-writer.ts";
import { makeRun } from "./made-run.ts";

interface Page {
  goto(url: string): Promise<unknown>;
  title(): Promise<string>;
  emulateMedia(options: object): Promise<void>;
  setViewportSize(size: object): Promise<void>;
  screenshot(options: object): Promise<unknown>;
  evaluate<T>(expression: string): Promise<T>;
  on(event: string, listener: (message: { text?(): string; url?(): string }) => void): void;
  keyboard: { press(key: string): Promise<void> };
}
interface Context {
  pages(): Page[];
  close(): Promise<void>;
}
interface Playwright {
  chromium: { launchPersistentContext(folder: string, options: object): Promise<Context> };
}

const CHROMIUM = "/usr/bin/chromium";
const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-sync",
];
const skip = existsSync(CHROMIUM) ? await oracleSkip() : "no browser: apt-get install --no-install-recommends chromium";

describe("the run page in Chromium", { skip }, () => {
  const folder = mkdtempSync(path.join(tmpdir(), "lemma-run-browser-"));
  const problems: string[] = [];
  const asked: string[] = [];
  let context: Context;
  let page: Page;
  const picture = async (name: string): Promise<void> => {
    const place = process.env.LEMMA_SCREENSHOTS;
    if (place) await page.screenshot({ path: path.join(place, `${name}.png`), fullPage: true });
  };

  before(async () => {
    const run = path.join(folder, "run");
    makeRun(run, { done: ["0"] });
    await writeRunPage(run);
    const { chromium } = await importOracle<Playwright>("playwright-core");
    const options = {
      executablePath: CHROMIUM,
      args: ARGUMENTS,
      headless: true,
      viewport: { width: 1100, height: 800 },
      timeout: 60_000,
    };
    context = await chromium.launchPersistentContext(path.join(folder, "profile"), options);
    page = context.pages()[0]!;
    page.on("console", (message) => problems.push(String(message.text?.())));
    page.on("pageerror", (problem) => problems.push(String(problem)));
    page.on("request", (request) => asked.push(String(request.url?.())));
    await page.goto(pathToFileURL(path.join(run, "report.html")).href);
  });
  after(async () => {
    await context?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test("plots are drawn, and text of models is text", async () => {
    assert.equal(await page.title(), "made");
    assert.ok((await page.evaluate<number>("document.querySelectorAll('svg[role=img]').length")) >= 15);
    const drawn = "[...document.querySelectorAll('polyline')].every((line) => line.getBoundingClientRect().width > 20)";
    assert.equal(await page.evaluate(drawn), true);
    assert.equal(await page.evaluate("document.querySelectorAll('script, img, link, iframe, a').length"), 0);
    const texts =
      "[...document.querySelectorAll('details pre')].filter((pre) => pre.textContent.includes('</pre></details><script>')).length";
    assert.ok((await page.evaluate<number>(texts)) >= 20);
    assert.deepEqual(
      [problems, asked.length],
      [[], 1],
      "the page alone was asked for, and the browser had nothing to say",
    );
    await picture("run-page");
  });

  test("every picture has a name, and what opens is reached by Tab and opened by Enter", async () => {
    assert.equal(
      await page.evaluate(
        "[...document.querySelectorAll('svg:not([aria-hidden])')].every((svg) => svg.getAttribute('aria-label'))",
      ),
      true,
    );
    const reached = new Set<string>();
    for (let i = 0; i < 80; i++) {
      await page.keyboard.press("Tab");
      reached.add(
        await page.evaluate<string>("document.activeElement.tagName + '.' + document.activeElement.className"),
      );
    }
    assert.ok(reached.has("SUMMARY.") && reached.has("DIV.table"), [...reached].join(" "));
    await page.evaluate("[...document.querySelectorAll('summary')].at(-1).focus()");
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate("document.activeElement.parentElement.open"), true);
  });

  test("on a phone, dark: nothing is wider than the screen, and text stands out", async () => {
    await page.emulateMedia({ colorScheme: "dark" });
    await page.setViewportSize({ width: 360, height: 740 });
    assert.equal(await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), true);
    for (const selector of ["body", ".soft", "dt", "pre"]) {
      const ratio = await page.evaluate<number>(contrastOf(selector));
      assert.ok(ratio >= 4.5, `${selector}: contrast ${ratio.toFixed(2)}`);
    }
    await picture("run-page-phone");
  });

  test("light: text stands out", async () => {
    await page.emulateMedia({ colorScheme: "light" });
    for (const selector of ["body", ".soft", "dt", "pre"]) {
      assert.ok((await page.evaluate<number>(contrastOf(selector))) >= 4.5, selector);
    }
  });
});

/** Contrast of a text's colour on the page's (WCAG 2.2, relative luminance), as an expression for the browser. */
const contrastOf = (selector: string): string => `(() => {
  const luminance = (colour) => {
    const [r, g, b] = colour.match(/[\\d.]+/g).slice(0, 3).map((one) => one / 255)
      .map((one) => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [a, b] = [getComputedStyle(document.querySelector(${JSON.stringify(selector)})).color, getComputedStyle(document.body).backgroundColor].map(luminance);
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
})()`;
