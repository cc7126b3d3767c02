// The inside of ReaderThread: reads the files that it is told to. Owns the bound on arrays of bytes, which a thread's limit on its heap
// does not count: a stream in a PDF may unpack to a thousand times its size, and again.

import { once } from "node:events";
import { parentPort } from "node:worker_threads";
import { type FoundText, isRefused, type Refused } from "./format.ts";
import { FORMATS } from "./formats.ts";
import { problemOf } from "./read-file.ts";
import type { ReadAnswer, ReadRequest } from "./reader-thread.ts";
import { unpackedBytes } from "./unpack.ts";

const port = parentPort!;

/** Texts are sent when there is about so much of them. */
const BATCH = 1 << 18;

/** Bytes that one array may have, while a file is read. */
let most = Number.POSITIVE_INFINITY;

globalThis.Uint8Array = new Proxy(Uint8Array, {
  construct(target, args: unknown[], newTarget) {
    if (typeof args[0] === "number" && args[0] > most)
      throw new RangeError(`a part unpacks to more than ${most} bytes`);
    return Reflect.construct(target, args, newTarget) as Uint8Array;
  },
});

/** Arrays may be this many times a document: pdf.js doubles its buffers. */
const SLACK = 4;

port.on("message", async (request: ReadRequest | "more") => {
  if (request === "more") return;
  port.postMessage(await read(request));
});
// What a library throws where nobody waits for it belongs to the file being read, and shows there as what is missing.
process.on("unhandledRejection", () => {});

async function read({ format: name, path, options }: ReadRequest): Promise<ReadAnswer> {
  const format = FORMATS.find((one) => one.name === name)!;
  let found: (FoundText | Refused)[] = [];
  let size = 0;
  const send = async (): Promise<void> => {
    if (found.length === 0) return;
    port.postMessage({ found } satisfies ReadAnswer);
    found = [];
    size = 0;
    await once(port, "message");
  };
  most = format.name === "pdf" ? SLACK * options.limits.documentBytes : Number.POSITIVE_INFINITY;
  try {
    for await (const one of format.read(unpackedBytes(path, options.limits.fileBytes), path, options)) {
      found.push(one);
      size += 100 + (isRefused(one) ? one.problem.length : one.text.length);
      if (size >= BATCH) await send();
    }
    await send();
    return { done: true };
  } catch (error) {
    await send();
    return { done: true, problem: problemOf(error) };
  } finally {
    most = Number.POSITIVE_INFINITY;
  }
}
