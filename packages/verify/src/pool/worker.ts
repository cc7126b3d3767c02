// One process of a pool: loads the modules that register tasks, then answers checks one by one, in order. Owns nothing else. It ends
// with the process that started it; signals of the terminal are that one's matter.

import { CHECKS, type CheckName } from "./checks.ts";

/** What a process is sent: the check's name and its request. */
export type WorkerRequest = [name: CheckName, request: unknown];
/** What it answers: once `ready`, or why it can't begin; then a result or the text of an error for each request. */
export type WorkerAnswer = "ready" | { failed: string } | { result: unknown } | { error: string };

const send = (answer: WorkerAnswer): void => void process.send!(answer);
const textOf = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error));

process.on("disconnect", () => process.exit());
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => {});

process.on("message", ([name, request]: WorkerRequest) => {
  let answer: WorkerAnswer;
  try {
    answer = { result: (CHECKS[name] as (request: unknown) => unknown)(request) };
  } catch (error) {
    answer = { error: textOf(error) };
  }
  send(answer);
});

try {
  for (const module of JSON.parse(process.argv[2]!) as string[]) await import(module);
  send("ready");
} catch (error) {
  send({ failed: textOf(error) });
}
