// One thread of a pool: loads the modules that register tasks, then answers checks one by one, in order. Owns nothing else.

import { parentPort, workerData } from "node:worker_threads";
import { CHECKS, type CheckName } from "./checks.ts";

/** What a thread is sent: the check's name and its request. */
export type ThreadRequest = [name: CheckName, request: unknown];
/** What it answers: once `ready`, then a result or the text of an error for each request. */
export type ThreadAnswer = "ready" | { result: unknown } | { error: string };

const port = parentPort!;
const { modules } = workerData as { modules: readonly string[] };
for (const module of modules) await import(module);

port.on("message", ([name, request]: ThreadRequest) => {
  let answer: ThreadAnswer;
  try {
    answer = { result: (CHECKS[name] as (request: unknown) => unknown)(request) };
  } catch (error) {
    answer = { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
  port.postMessage(answer);
});
port.postMessage("ready" satisfies ThreadAnswer);
