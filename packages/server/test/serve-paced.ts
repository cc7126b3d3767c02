// A process for stop-signals' test: serves a slow model and says when it is ready and when it stops.

import { fileURLToPath } from "node:url";
import { serveWith } from "../src/serve.ts";
import { PacedModel } from "./paced-model.ts";

const paced = Object.assign(new PacedModel({ pieces: Array(Number(process.argv[2])).fill("x"), eachMs: 10 }), {
  [Symbol.asyncDispose]: async () => console.log("disposed"),
});
const loader = {
  resolve: (id: string) => ({ id, path: fileURLToPath(import.meta.url) }),
  load: async () => paced,
};
await serveWith(loader, {
  models: ["paced"],
  port: 0,
  onReady: ({ url }) => console.log(url),
  onStop: ({ signal, running }) => console.log(`${signal} ${running}`),
});
console.log("ended");
