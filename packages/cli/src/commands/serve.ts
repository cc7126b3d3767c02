// `lemma serve`: the HTTP server in the foreground. Owns what people are told; packages/server serves.

import { serve as serveModels } from "@lemma/server";
import type { Command } from "../command.ts";
import { SUMMARIES } from "../summaries.ts";

export const serve: Command = {
  name: "serve",
  summary: SUMMARIES.serve,
  arguments: "[MODEL]…",
  positionals: 16,
  about:
    "Loads the models (default lemma-s) and answers `POST /v1/chat/completions`, `GET /v1/models` and a page at `/`.\n" +
    "Ctrl-C lets running answers finish and ends. A MODEL is an id (models/, then $LEMMA_HOME/models/) or a path.",
  flags: {
    host: { help: "a loopback address (default 127.0.0.1)", value: "ADDRESS" },
    port: { help: "default 8000; 0 takes a free one", value: "N", kind: "count" },
    "context-length": { help: "tokens of a conversation (default: the model's own)", value: "N", kind: "count" },
    "max-sequences": { help: "answers generated at the same time", value: "N", kind: "count" },
    "cache-bytes": { help: "memory for cached conversations", value: "N", kind: "count" },
    threads: { help: "default: one a core", value: "N", kind: "count" },
    device: { help: "default cpu", value: "NAME" },
  },
  examples: [
    { line: "lemma serve --port 8123", shows: "http://127.0.0.1:8123, with a curl line and an SDK snippet to copy" },
    { line: "lemma serve ./out/my-model", shows: "serves that model folder under the id my-model" },
  ],
  async run({ flags, positionals, terminal }) {
    const host = flags.text("host");
    const device = flags.text("device");
    const numbers = {
      port: flags.number("port"),
      contextLength: flags.number("context-length"),
      maxSequences: flags.number("max-sequences"),
      cacheBytes: flags.number("cache-bytes"),
      threads: flags.number("threads"),
    };
    const given = Object.fromEntries(Object.entries(numbers).filter(([, value]) => value !== undefined));
    await serveModels({
      models: positionals.length > 0 ? positionals : ["lemma-s"],
      ...given,
      ...(host === undefined ? {} : { host }),
      ...(device === undefined ? {} : { device }),
      onReady: ({ url, models }) => terminal.note(welcome(url, models)),
      onStop: ({ running }) => terminal.note(running > 0 ? `stopping: ${running} answers finish first` : "stopping"),
    });
    return 0;
  },
};

/** What to do next, to be copied. */
function welcome(url: string, models: readonly string[]): string {
  const body = JSON.stringify({ model: models[0], messages: [{ role: "user", content: "Solve 3x+12=0" }] });
  return [
    `Lemma serves ${models.join(", ")} on ${url}`,
    "",
    `  curl ${url}/v1/chat/completions -H 'content-type: application/json' -d '${body}'`,
    "",
    '  import OpenAI from "openai";',
    `  const client = new OpenAI({ baseURL: "${url}/v1", apiKey: "none" });`,
    `  const reply = await client.chat.completions.create(${body});`,
    "",
    `A page to ask on: ${url}/   Ctrl-C ends the server.`,
  ].join("\n");
}
