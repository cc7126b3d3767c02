// Loaded before a candidate program inside the sandbox. Owns what goes over file descriptor 3: `ready`, then for a call one record,
// `value JSON` or `error JSON`. It knows no expected value: whatever a program does to it or its channel, it must still find the answer.

import { readFileSync, writeSync } from "node:fs";

const { stringify, rawJSON } = JSON;
const exit = process.exit.bind(process);

function say(text) {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; ) at += writeSync(3, bytes, at);
}

/** JSON writes NaN, undefined and maps as something else; here they are errors. Big integers are whole numbers. */
function exact(_key, value) {
  if (typeof value === "bigint") return rawJSON(String(value));
  if (typeof value === "number" && !Number.isFinite(value)) throw new TypeError(`${value} is no JSON value`);
  if (value === undefined || typeof value === "function" || typeof value === "symbol")
    throw new TypeError(`${typeof value} is no JSON value`);
  if (typeof value === "object" && value !== null && !Array.isArray(value) && !JSON.isRawJSON(value)) {
    const kind = value[Symbol.toStringTag]; // maps, sets, typed arrays
    if (kind !== undefined) throw new TypeError(`${kind} is no JSON value`);
  }
  return value;
}

say("ready\n");
const call = JSON.parse(readFileSync("/work/call.json", "utf8"), (_key, value, { source }) =>
  typeof value === "number" && !Number.isSafeInteger(value) && /^-?\d+$/.test(source) ? BigInt(source) : value,
);

if (call !== null) {
  // The last line of the program hands over its function.
  globalThis[Symbol.for("lemma.call")] = async (candidate) => {
    let record;
    try {
      if (typeof candidate !== "function") throw new ReferenceError(`the program defines no function ${call.name}`);
      record = `value ${stringify(await candidate(...call.arguments), exact)}`;
    } catch (problem) {
      const name = problem?.name ?? "Error";
      record = `error ${stringify([String(name), String(problem?.message ?? problem)])}`;
    }
    say(`${record}\n`);
    // Timers that still wait don't keep a finished call waiting.
    exit(0);
  };
}
