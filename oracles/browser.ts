// Debian's Chromium, for tests of pages: `browserSkip()` for a test's `skip`, `openBrowser()` for a page that notes what it was asked for
// and what the browser had to say.

import { existsSync } from "node:fs";
import { join } from "node:path";
import { importOracle, oracleSkip } from "./oracle.ts";

/** What tests use of playwright-core's Page. */
export interface Page {
  goto(url: string): Promise<unknown>;
  title(): Promise<string>;
  fill(selector: string, text: string): Promise<void>;
  click(selector: string): Promise<void>;
  focus(selector: string): Promise<void>;
  hover(selector: string): Promise<void>;
  isVisible(selector: string): Promise<boolean>;
  textContent(selector: string): Promise<string | null>;
  waitForSelector(selector: string, options?: object): Promise<unknown>;
  selectOption(selector: string, value: string): Promise<unknown>;
  emulateMedia(options: object): Promise<void>;
  setViewportSize(size: object): Promise<void>;
  screenshot(options: object): Promise<unknown>;
  evaluate<T>(expression: string): Promise<T>;
  on(event: string, listener: (message: { text?(): string; url?(): string }) => void): void;
  keyboard: { press(key: string): Promise<void> };
}

interface Playwright {
  chromium: {
    launchPersistentContext(folder: string, options: object): Promise<{ pages(): Page[]; close(): Promise<void> }>;
  };
}

/** An open page. Dispose of it at the end. */
export interface Browser extends AsyncDisposable {
  page: Page;
  /** What stood on the console, and errors of scripts. */
  problems: string[];
  /** The addresses that were asked for. */
  asked: string[];
  /** A picture for people to look at, into the folder LEMMA_SCREENSHOTS; nothing without it. */
  picture(name: string): Promise<void>;
}

const CHROMIUM = "/usr/bin/chromium";
const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** False where the browser is, else what to install. */
export async function browserSkip(): Promise<string | false> {
  return existsSync(CHROMIUM) ? oracleSkip() : "no browser: apt-get install --no-install-recommends chromium";
}

/** Starts the browser with a profile in this folder. `options`: more of playwright-core's. */
export async function openBrowser(folder: string, options: object = {}): Promise<Browser> {
  const { chromium } = await importOracle<Playwright>("playwright-core");
  const context = await chromium.launchPersistentContext(join(folder, "browser-profile"), {
    executablePath: CHROMIUM,
    args: ARGUMENTS,
    headless: true,
    timeout: 60_000,
    ...options,
  });
  const page = context.pages()[0]!;
  const [problems, asked]: [string[], string[]] = [[], []];
  page.on("console", (message) => problems.push(String(message.text?.())));
  page.on("pageerror", (problem) => problems.push(String(problem)));
  page.on("request", (request) => asked.push(String(request.url?.())));
  const picture = async (name: string): Promise<void> => {
    const place = process.env.LEMMA_SCREENSHOTS;
    if (place) await page.screenshot({ path: join(place, `${name}.png`), fullPage: true });
  };
  return { page, problems, asked, picture, [Symbol.asyncDispose]: () => context.close() };
}
