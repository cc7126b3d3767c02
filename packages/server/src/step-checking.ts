// Step verdicts of the served models: verify's checker with the gym's families. Owns only the meeting of the two.

import "@lemma/gym"; // registers every family with verify
import { LemmaError } from "@lemma/protocol";
import { makeStepChecker, registeredTasks, taskById } from "@lemma/verify";
import type { MakeChecker } from "./settings.ts";

/** Checks a reply to `question`; throws LEMMA_E_TASK for a task that is not registered. */
export const checkReply: MakeChecker = ({ question, task }) => {
  if (task !== undefined && !taskById(task)) {
    const tasks = registeredTasks().map(({ id }) => id);
    throw new LemmaError("LEMMA_E_TASK", { task: task.slice(0, 80), tasks: tasks.join(", ") });
  }
  return makeStepChecker({ question, ...(task === undefined ? {} : { task }) });
};
