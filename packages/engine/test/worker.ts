// Loads a model in a worker thread and generates; told to, it ends without disposing. Used by worker.test.ts.

import { parentPort, workerData } from "node:worker_threads";
import { loadModel } from "../src/index.ts";

const { modelPath, mode } = workerData as { modelPath: string; mode: "finish" | "leave" | "spin" | "load" };
if (mode === "load") parentPort!.postMessage("loading");
const model = await loadModel({ modelPath, threads: 1 });
if (mode === "finish") {
  const { choices } = await model.generate("worker", { maxTokens: 20, temperature: 0 });
  parentPort!.postMessage([...choices[0]!.tokens]);
  await model.dispose();
} else {
  for (let i = 0; i < 8; i++) void model.generate("x", { ignoreEnd: true }).catch(() => {});
  parentPort!.postMessage("busy");
  if (mode === "leave") process.exit(0);
}
