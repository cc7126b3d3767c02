// The public surface of @lemma/server.

export type { Models } from "./models.ts";
export * from "./serve.ts";
export * from "./served-model.ts";
export { type CreateServerOptions, createServer, type LemmaServer } from "./server.ts";
export * from "./settings.ts";
