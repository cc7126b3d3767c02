// The server as a process: finds and loads models, listens, and on Ctrl-C drains. Owns the life of the process's models;
// prints nothing (the caller learns from `onReady` and `onStop` what to tell people).

import { statSync } from "node:fs";
import { loadModel, resolveModel } from "@lemma/engine";
import { LemmaError } from "@lemma/protocol";
import { pino } from "pino";
import { isLoopback } from "./guards.ts";
import type { ServedModel } from "./served-model.ts";
import { type CreateServerOptions, createServer, type LemmaServer } from "./server.ts";
import { onStopSignals } from "./stop-signals.ts";

/** Limits that go to the engine as they are. */
export interface LoadLimits {
  device?: string;
  contextLength?: number;
  maxSequences?: number;
  cacheBytes?: number;
  threads?: number;
}

export interface ServeOptions extends LoadLimits, Omit<CreateServerOptions, "models"> {
  /** Ids or paths. */
  models: string[];
  /** A loopback address; default 127.0.0.1. Others are refused as long as the server has no keys. */
  host?: string;
  /** Default 8000; 0 chooses a free one. */
  port?: number;
  /** Called once, when the models answer. */
  onReady?(info: { url: string; models: string[] }): void;
  /** Called once, when a signal asked the server to stop: `running` generations may still finish. */
  onStop?(info: { signal: string; running: number }): void;
}

/** What serving needs of the engine. */
export interface Loader {
  resolve(idOrPath: string): { id: string; path: string };
  load(options: LoadLimits & { modelPath: string }): Promise<ServedModel & AsyncDisposable>;
}

const DEFAULT_HOST = "127.0.0.1";
const DEFAULT_PORT = 8000;

/**
 * Serves models of this machine's engine; see `serveWith`.
 * @throws LEMMA_E_OPTION (host, port, models), LEMMA_E_FILE (no such model), and what loading throws
 * @example await serve({ models: ["lemma-s"], onReady: ({ url }) => console.error(url) });
 */
export function serve(options: ServeOptions): Promise<void> {
  return serveWith({ resolve: resolveModel, load: loadModel }, options);
}

/**
 * Serves until SIGINT or SIGTERM, then resolves when running generations have ended. While models load the server
 * already answers `/healthz`, and 503 on everything that needs a model. A second signal ends the process at once.
 */
export async function serveWith(loader: Loader, options: ServeOptions): Promise<void> {
  const { models, host = DEFAULT_HOST, port = DEFAULT_PORT, onReady, onStop, ...rest } = options;
  const { device, contextLength, maxSequences, cacheBytes, threads, ...settings } = rest;
  const limits = definedOnly({ device, contextLength, maxSequences, cacheBytes, threads });
  checkHostOption(host);
  const found = resolveAll(loader, models);
  const signals = onStopSignals();
  // Standard error gets a line for what went wrong inside; requests and their texts are not logged.
  const server = createServer({
    logger: pino({ level: "warn" }, pino.destination({ fd: 2, sync: true })),
    ...settings,
  });
  const loaded: AsyncDisposable[] = [];
  try {
    const url = await server.listen(host, port);
    const ready = loadAll(loader, found, limits, server, loaded);
    // A stop during loading ends the wait for it, not the loading itself: that work can't be interrupted.
    const first = await Promise.race([ready.then(() => "ready"), signals.stopped]);
    if (first === "ready") onReady?.({ url, models: found.map(({ id }) => id) });
    const signal = await signals.stopped;
    onStop?.({ signal, running: server.inFlight.count });
    await server.drain();
    await ready;
  } finally {
    signals.dispose();
    await server.drain(0);
    for (const model of loaded) await model[Symbol.asyncDispose]();
  }
}

async function loadAll(
  loader: Loader,
  found: { id: string; path: string }[],
  limits: LoadLimits,
  server: LemmaServer,
  loaded: AsyncDisposable[],
): Promise<void> {
  for (const { id, path } of found) {
    const model = await loader.load({ ...limits, modelPath: path });
    loaded.push(model);
    const { mtimeMs, size } = statSync(path);
    server.models.add(id, model, Math.floor(mtimeMs / 1000), `${size} ${mtimeMs}`);
  }
  server.models.ready();
}

/** Every id is looked up before anything is loaded: a typing mistake shows at once. */
function resolveAll(loader: Loader, models: string[]): { id: string; path: string }[] {
  const found = models.map((model) => loader.resolve(model));
  const ids = found.map(({ id }) => id);
  const twice = ids.find((id, i) => ids.indexOf(id) !== i);
  if (twice !== undefined || found.length === 0) {
    throw new LemmaError("LEMMA_E_OPTION", {
      option: "models",
      expected: "at least one model, each with an id of its own",
      found: twice === undefined ? "none" : `"${twice}" twice`,
    });
  }
  return found;
}

function checkHostOption(host: string): void {
  if (isLoopback(host)) return;
  throw new LemmaError("LEMMA_E_OPTION", {
    option: "host",
    expected: "a loopback address (127.0.0.1, ::1, localhost), since this server knows no keys yet",
    found: JSON.stringify(host),
  });
}

function definedOnly(limits: { [K in keyof LoadLimits]: LoadLimits[K] | undefined }): LoadLimits {
  return Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== undefined));
}
