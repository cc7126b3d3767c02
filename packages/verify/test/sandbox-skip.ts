// Whether tests can run programs here: a reason to skip, or false. With CI=true a missing sandbox fails instead.

import { LemmaError } from "@lemma/protocol";
import { checkCode } from "@lemma/verify/code";

/** False where the sandbox works or must work; else what is missing. */
export async function sandboxSkip(): Promise<string | false> {
  if (process.env.CI === "true" || process.env.CI === "1") return false;
  try {
    await checkCode({ language: "python", code: "print(1)", tests: [{ output: "1" }], limits: { wallSeconds: 120 } });
    return false;
  } catch (error) {
    if (!LemmaError.isInstance(error) || error.code !== "LEMMA_E_SANDBOX") throw error;
    return `${error.message}; apt-get install bubblewrap python3`;
  }
}
