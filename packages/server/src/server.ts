// The HTTP application: routes, error bodies, request ids, guards. Owns what is true for every route; each route's work
// is in its own file. Loads no model and listens on no port (serve.ts does).

import { randomUUID } from "node:crypto";
import { LemmaError } from "@lemma/protocol";
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type HTTPMethods,
  LogController,
} from "fastify";
import { chatHandler } from "./chat-route.ts";
import { checkHost, parseJson } from "./guards.ts";
import { InFlight } from "./in-flight.ts";
import { Models } from "./models.ts";
import { loadPage } from "./page.ts";
import type { ServedModel } from "./served-model.ts";
import { DEFAULT_SETTINGS, type MakeChecker, type ServerSettings } from "./settings.ts";
import { checkReply } from "./step-checking.ts";
import { errorHeaders, toLemmaError, toWireError } from "./wire-error.ts";

/** How long a client may take to send its request, in ms. */
const REQUEST_TIMEOUT_MS = 120_000;
/** How long aborted generations may take to say so to their clients, in ms. */
const DRAIN_GRACE_MS = 1_000;

export interface CreateServerOptions extends Partial<ServerSettings> {
  /** Models by id. Without it the server answers 503 until `models.add` and `models.ready` were called. */
  models?: Record<string, ServedModel>;
  makeChecker?: MakeChecker;
}

/** A server that does not listen yet. `app.inject` answers in-process; `drain` ends running work and closes. */
export interface LemmaServer {
  app: FastifyInstance;
  models: Models;
  inFlight: InFlight;
  /** Binds and returns the base URL, for example `http://127.0.0.1:8000`. Port 0 chooses a free one. */
  listen(host: string, port: number): Promise<string>;
  /** Refuses new work, lets running generations finish within the limit, then closes. */
  drain(limitMs?: number): Promise<void>;
}

/**
 * Makes the application.
 * @example
 * const { app } = createServer({ models: { "lemma-s": model } });
 * await app.inject({ method: "GET", url: "/v1/models" });
 */
export function createServer(options: CreateServerOptions = {}): LemmaServer {
  const { models: served, makeChecker = checkReply, ...given } = options;
  const settings: ServerSettings = { ...DEFAULT_SETTINGS, ...given };
  const models = new Models();
  const inFlight = new InFlight();
  const app: FastifyInstance = Fastify({
    ...(settings.logger ? { loggerInstance: settings.logger as FastifyBaseLogger } : { logger: false }),
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: settings.bodyLimitBytes,
    requestTimeout: REQUEST_TIMEOUT_MS,
    genReqId: (raw) => requestId(raw.headers["x-request-id"]),
    clientErrorHandler: answerBrokenRequest,
    frameworkErrors: (thrown, _, reply) => {
      sendError(reply as unknown as FastifyReply, toLemmaError(thrown, settings.bodyLimitBytes));
    },
    routerOptions: { maxParamLength: 512 },
  });
  if (served) {
    const now = Math.floor(Date.now() / 1000);
    for (const [id, model] of Object.entries(served)) models.add(id, model, now, "");
    models.ready();
  }

  app.removeAllContentTypeParsers();
  app.addContentTypeParser("application/json", { parseAs: "buffer" }, async (_: unknown, body: Buffer) =>
    parseJson(body),
  );
  app.addHook("onRequest", async (request, reply) => {
    reply.header("x-request-id", request.id);
    reply.header("x-content-type-options", "nosniff");
    checkHost(request.headers.host);
  });
  app.addHook("onResponse", async (request, reply) => {
    const { method, routeOptions } = request;
    const ms = Math.round(reply.elapsedTime);
    request.log.info({ method, route: routeOptions.url ?? "-", status: reply.statusCode, ms }, "request");
  });
  app.setErrorHandler((thrown, request, reply) => {
    const error = toLemmaError(thrown, settings.bodyLimitBytes);
    if (error.code === "LEMMA_E_INTERNAL") request.log.error({ err: thrown }, "request failed");
    if (error.code === "LEMMA_E_DRAINING" || error.code === "LEMMA_E_BODY_SIZE") reply.header("connection", "close");
    return sendError(reply, error);
  });
  app.setNotFoundHandler((request) => {
    const path = request.url.split("?", 1)[0]!.slice(0, 200);
    throw new LemmaError("LEMMA_E_ROUTE", { method: request.method, path });
  });

  addRoutes(app, models, inFlight, makeChecker, settings);

  return {
    app,
    models,
    inFlight,
    listen: (host, port) => listen(app, host, port),
    drain: async (limitMs = settings.drainLimitMs) => {
      await inFlight.drain(limitMs, DRAIN_GRACE_MS);
      const closed = app.close();
      // No reply is on its way any more; what is left are connections that browsers opened ahead of a request.
      app.server.closeAllConnections();
      await closed;
    },
  };
}

function sendError(reply: FastifyReply, error: LemmaError): FastifyReply {
  return reply.status(error.status).headers(errorHeaders(error)).send(toWireError(error));
}

function addRoutes(
  app: FastifyInstance,
  models: Models,
  inFlight: InFlight,
  makeChecker: MakeChecker,
  settings: ServerSettings,
): void {
  const chat = chatHandler({ models, inFlight, makeChecker, settings });
  const page = loadPage();
  post(app, "/v1/chat/completions", chat);
  post(app, "/chat/completions", chat);
  for (const prefix of ["/v1", ""]) {
    get(app, `${prefix}/models`, () => ({ object: "list", data: models.list() }));
    get(app, `${prefix}/models/:id`, (params) => models.get(params.id ?? "").wire);
  }
  get(app, "/healthz", () => ({ status: "ok" }));
  get(app, "/readyz", () => {
    if (inFlight.isDraining) throw new LemmaError("LEMMA_E_DRAINING");
    if (!models.isReady) throw new LemmaError("LEMMA_E_LOADING");
    return { status: "ready", models: models.list().map((model) => model.id) };
  });
  app.get("/", async (_, reply) => reply.headers(page.headers).send(page.html));
  refuseOtherMethods(app, "/", ["GET", "HEAD"]);
}

function get(app: FastifyInstance, url: string, answer: (params: Record<string, string>) => object): void {
  app.get(url, async (request) => answer(request.params as Record<string, string>));
  refuseOtherMethods(app, url, ["GET", "HEAD"]);
}

function post(app: FastifyInstance, url: string, handler: ReturnType<typeof chatHandler>): void {
  app.post(url, handler);
  refuseOtherMethods(app, url, ["POST"]);
}

/** A path that exists answers 405 with `allow`, not 404. */
function refuseOtherMethods(app: FastifyInstance, url: string, allowed: HTTPMethods[]): void {
  const methods: HTTPMethods[] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
  app.route({
    method: methods.filter((method) => !allowed.includes(method)),
    url,
    handler: (request) => {
      throw new LemmaError("LEMMA_E_METHOD", { path: url, allowed: allowed.join(", "), method: request.method });
    },
  });
}

async function listen(app: FastifyInstance, host: string, port: number): Promise<string> {
  try {
    return await app.listen({ host, port });
  } catch (thrown) {
    const code = (thrown as { code?: string }).code;
    if (code !== "EADDRINUSE" && code !== "EACCES") throw thrown;
    const found = `${host}:${port}, which ${code === "EACCES" ? "this user may not open" : "another program uses"}`;
    throw new LemmaError("LEMMA_E_OPTION", { option: "port", expected: "a free port", found }, { cause: thrown });
  }
}

/** A caller's own id is kept if it is harmless in headers and logs. */
function requestId(given: string | string[] | undefined): string {
  return typeof given === "string" && /^[\w.:-]{1,128}$/.test(given) ? given : `req_${randomUUID()}`;
}

const BROKEN_STATUS: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: "431 Request Header Fields Too Large",
  ERR_HTTP_REQUEST_TIMEOUT: "408 Request Timeout",
};

/** What Node's parser could not read never reaches a route; it gets the same error body. */
function answerBrokenRequest(thrown: Error, socket: import("node:net").Socket): void {
  if (socket.destroyed || !socket.writable) return;
  const problem = (thrown as { code?: string }).code ?? "not HTTP";
  const body = JSON.stringify(toWireError(new LemmaError("LEMMA_E_JSON", { problem: `broken HTTP (${problem})` })));
  const status = BROKEN_STATUS[problem] ?? "400 Bad Request";
  socket.end(
    `HTTP/1.1 ${status}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}
