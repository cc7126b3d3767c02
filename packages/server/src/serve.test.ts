// The life of a serving process: ready, Ctrl-C with a running reply, a second Ctrl-C; and what it refuses to start with.

import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { createServer as createPlainServer } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { PacedModel, until } from "../test/paced-model.ts";
import { serveWith } from "./serve.ts";

const script = fileURLToPath(new URL("../test/serve-paced.ts", import.meta.url));

async function start(
  pieces: number,
): Promise<{ child: ChildProcess; url: string; lines: string[]; exit: Promise<number | null> }> {
  const child = spawn(process.execPath, [script, String(pieces)], { stdio: ["ignore", "pipe", "inherit"] });
  const lines: string[] = [];
  const exit = new Promise<number | null>((resolve) => child.once("close", resolve));
  const url = await new Promise<string>((resolve) => {
    child.stdout?.on("data", (data) => {
      lines.push(...String(data).trim().split("\n"));
      resolve(lines[0]!);
    });
  });
  return { child, url, lines, exit };
}

/** Asks and returns when the first piece has come; `rest` is the whole reply. */
async function ask(url: string): Promise<{ rest: Promise<string> }> {
  const response = await fetch(`${url}/v1/chat/completions`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ model: "paced", stream: true, messages: [{ role: "user", content: "x" }] }),
  });
  return { rest: response.text() };
}

const heard = async (lines: string[], line: string): Promise<void> => until(() => lines.includes(line), line);

test("Ctrl-C lets a running reply finish, then the process ends by itself", async () => {
  const { child, url, lines, exit } = await start(200);
  const { rest } = await ask(url);
  child.kill("SIGINT");
  child.kill("SIGINT"); // npm passes on what the terminal has sent as well: still one press
  assert.match(await rest, /\[DONE\]/);
  assert.equal(await exit, 0);
  assert.deepEqual(lines.slice(1), ["SIGINT 1", "disposed", "ended"]);
});

test("a second Ctrl-C ends at once", async () => {
  const { child, url, lines, exit } = await start(100_000);
  const torn = assert.rejects((await ask(url)).rest);
  child.kill("SIGINT");
  await heard(lines, "SIGINT 1");
  await sleep(700);
  child.kill("SIGINT");
  assert.equal(await exit, 130);
  await torn;
  assert.deepEqual(lines.slice(1), ["SIGINT 1"]);
});

test("SIGTERM without work ends at once, with 0", async () => {
  const { child, exit } = await start(1);
  child.kill("SIGTERM");
  assert.equal(await exit, 0);
});

const loader = {
  resolve: (id: string) => ({ id, path: script }),
  load: async () => Object.assign(new PacedModel(), { [Symbol.asyncDispose]: async () => {} }),
};

test("refused: an address that others reach, no model, one twice, a port in use", async () => {
  await assert.rejects(serveWith(loader, { models: ["m"], host: "0.0.0.0" }), {
    code: "LEMMA_E_OPTION",
    message: /loopback/,
  });
  await assert.rejects(serveWith(loader, { models: [] }), { code: "LEMMA_E_OPTION", message: /found none/ });
  await assert.rejects(serveWith(loader, { models: ["m", "m"] }), { code: "LEMMA_E_OPTION", message: /"m" twice/ });
  const other = createPlainServer();
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  const { port } = other.address() as AddressInfo;
  await assert.rejects(serveWith(loader, { models: ["m"], port }), {
    code: "LEMMA_E_OPTION",
    message: /another program uses/,
  });
  other.close();
});

test("a model that can't be loaded ends the server with its error", async () => {
  const failing = { ...loader, load: () => Promise.reject(new Error("damaged")) };
  await assert.rejects(serveWith(failing, { models: ["m"], port: 0 }), /damaged/);
});
