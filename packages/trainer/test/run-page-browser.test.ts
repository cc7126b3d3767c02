// The page of a run in a real browser, opened as a file: nothing is executed or loaded, it fits a phone, everything that opens is
// reached by the keyboard. Needs Debian's chromium; LEMMA_SCREENSHOTS names a folder for pictures to look at.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { type Browser, browserSkip, openBrowser, type Page } from "../../../oracles/browser.ts";
import { writeRunPage } from "../src/report/page-writer.ts";
import { makeRun } from "./made-run.ts";

const skip = await browserSkip();

describe("the run page in Chromium", { skip }, () => {
  const folder = mkdtempSync(path.join(tmpdir(), "lemma-run-browser-"));
  let browser: Browser;
  let page: Page;

  before(async () => {
    const run = path.join(folder, "run");
    makeRun(run, { done: ["0"] });
    await writeRunPage(run);
    browser = await openBrowser(folder, { viewport: { width: 1100, height: 800 } });
    page = browser.page;
    await page.goto(pathToFileURL(path.join(run, "report.html")).href);
  });
  after(async () => {
    await browser?.[Symbol.asyncDispose]();
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
      [browser.problems, browser.asked.length],
      [[], 1],
      "the page alone was asked for, and the browser had nothing to say",
    );
    await browser.picture("run-page");
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
    await browser.picture("run-page-phone");
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
