// The page in a real browser: asking, marks and their details, stopping, languages, and text that stays text. Needs
// Debian's chromium; LEMMA_SCREENSHOTS names a folder for pictures to look at.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { type Browser, browserSkip, openBrowser, type Page } from "../../../oracles/browser.ts";
import { createServer } from "../src/index.ts";
import { AttemptingModel } from "./attempting-model.ts";
import { PacedModel, until } from "./paced-model.ts";

const thought = ["3x+5", "=20\n3x=16\n", "[BACK]\n3x=15\nx=", "5\n"];
const model = new PacedModel({ thought, pieces: ["The solution is ", "\\boxed{x=5}", "."] });
const endless = new PacedModel({
  thought: ["<b>bold</b> <img src=x>\n"],
  pieces: Array(100_000).fill("on "),
  eachMs: 5,
});
const attempting = new AttemptingModel(() => [
  { thought: ["20+22=41"], pieces: ["\\boxed{41}"] },
  { thought: ["20+22=42"], pieces: ["\\boxed{42}"] },
]);
const server = createServer({ models: { "lemma-s": model, endless, attempting } });
const skip = await browserSkip();

describe("the page in Chromium", { skip }, () => {
  const folder = mkdtempSync(path.join(tmpdir(), "lemma-page-"));
  let browser: Browser;
  let page: Page;
  const picture = (name: string): Promise<void> => browser.picture(name);

  before(async () => {
    browser = await openBrowser(folder, { viewport: { width: 900, height: 700 }, locale: "en-GB" });
    page = browser.page;
    await page.goto(await server.listen("127.0.0.1", 0));
    await page.waitForSelector("#model option", { state: "attached" });
    await picture("welcome");
  });
  after(async () => {
    await browser?.[Symbol.asyncDispose]();
    await server.drain(0);
    rmSync(folder, { recursive: true, force: true });
  });

  test("Enter asks; thought, marks, answer and figures appear", async () => {
    await page.fill("#question", "Solve 3x + 5 = 20 for x.");
    await page.keyboard.press("Enter");
    await page.waitForSelector(".figures:has-text('tokens')");
    const marks = "[...document.querySelectorAll('.steps li')].map((li) => li.innerText.replaceAll('\\n', ' ').trim())";
    assert.deepEqual(await page.evaluate<string[]>(marks), ["✓ 3x+5=20", "✗ 3x=16", "[BACK]", "✓ 3x=15", "✓ x=5"]);
    assert.match((await page.textContent("li.withdrawn")) ?? "", /3x=16/);
    assert.equal(await page.textContent(".answer"), "The solution is x=5.");
    assert.equal(await page.textContent(".boxed"), "x=5");
  });

  test("a mark's detail shows on focus and on hover", async () => {
    assert.equal(await page.isVisible(".withdrawn .detail"), false);
    await page.focus("article .mark.refuted");
    assert.equal(await page.isVisible(".withdrawn .detail"), true);
    assert.match(
      (await page.textContent(".withdrawn .detail")) ?? "",
      /Refuted\. Counter-example: .*took this step back/,
    );
    await picture("detail");
    await page.hover(".steps li:nth-child(4) .mark");
    assert.equal(await page.isVisible(".steps li:nth-child(4) .detail"), true);
  });

  test("a second question carries the conversation; Chinese, dark, on a phone; Escape ends the generation", async () => {
    await page.emulateMedia({ colorScheme: "dark" });
    await page.setViewportSize({ width: 390, height: 780 });
    await page.click("#language");
    assert.equal(await page.textContent("#send"), "提问");
    await page.selectOption("#model", "endless");
    await page.fill("#question", "停");
    await page.click("#send");
    await page.waitForSelector("article:nth-child(2) .answer:has-text('on on on')");
    await picture("phone");
    assert.equal(await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), true);
    assert.deepEqual(
      endless.asked[0]?.input.map(({ role }) => role),
      ["user", "assistant", "user"],
    );
    await page.keyboard.press("Escape");
    await until(() => endless.running === 0, "the generation ends");
    assert.equal(await page.textContent("article:nth-child(2) .figures"), "已停止。");
  });

  test("what a model writes stays text, and the browser had nothing to complain of", async () => {
    assert.equal(await page.evaluate("document.querySelectorAll('article b, article img').length"), 0);
    assert.match((await page.textContent("article:nth-child(2) .steps")) ?? "", /<b>bold<\/b> <img src=x>/);
    assert.deepEqual(browser.problems, []);
  });

  test("an answer that fails its check is taken back, and the next one is marked as checked", async () => {
    await page.click("#language");
    await page.click("#clear");
    await page.selectOption("#model", "attempting");
    await page.click("#verified");
    await page.fill("#question", "What is 20+22?");
    await page.click("#send");
    await page.waitForSelector(".check");
    assert.match(
      (await page.textContent(".attempt summary")) ?? "",
      /^✗ Attempt 1, taken back, its answer: \\boxed\{41\}$/,
    );
    assert.equal(await page.textContent(".boxed"), "42");
    assert.equal(await page.textContent(".check"), "✓ answer checked · 2 attempts");
    await page.waitForSelector(".figures:has-text('tokens')");
    await picture("verified");
    await page.click("#verified");
  });

  test("an error of the server is shown with its hint", async () => {
    await page.evaluate("document.querySelector('#model').append(new Option('nobody', 'nobody'))");
    await page.selectOption("#model", "nobody");
    await page.fill("#question", "x");
    await page.click("#send");
    await page.waitForSelector(".problem");
    assert.match((await page.textContent(".problem")) ?? "", /"nobody" is not served here.*GET \/v1\/models/);
  });
});
