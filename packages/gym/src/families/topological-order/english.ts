// The English wordings of task problems, the held-out ones first: they were written first. Slots: {tasks} by name, {times} with durations,
// {rules}, {units} of time.

import type { Wording } from "./wordings.ts";

export const HELD_OUT_EN: readonly Wording[] = [
  {
    possible: "A builder plans jobs {tasks}; {rules}. Could this ever get finished? One word, yes or no.",
    order: "A builder plans jobs {tasks}; {rules}. Queue them lawfully, commas between.",
    time: "A builder plans jobs lasting {times} ({units}); {rules}. Crews are plentiful. Soonest completion of everything?",
  },
  {
    possible: "Modules {tasks}. Imports: {rules}. Is a build sequence available (yes/no)?",
    order: "Modules {tasks}. Imports: {rules}. Print a build sequence, comma-separated.",
    time: "Modules with build times {times} ({units}). Imports: {rules}. Unlimited cores: when does the whole build end?",
  },
  {
    possible:
      "Levels {tasks} of a game unlock each other: {rules}. Reply yes if a player can clear every level, otherwise no.",
    order:
      "Levels {tasks} of a game unlock each other: {rules}. Reply with a sequence that clears every level, using commas.",
    time: "Levels of a game last {times} ({units}) and unlock each other: {rules}. Friends play in parallel. How early is every level cleared?",
  },
];

export const TRAINED_EN: readonly Wording[] = [
  {
    possible: "[There are the tasks|The tasks are] {tasks}. {rules}. Can all of them be done? Answer yes or no.",
    order:
      "[There are the tasks|The tasks are] {tasks}. {rules}. [In which order can they be done|Give an order in which they can be done]? Separate the tasks with commas.",
    time: "[There are tasks that take|The tasks take] {times} {units}. {rules}. Tasks may run at the same time. What is the earliest time at which all are finished?",
  },
  {
    possible:
      "[A project has|My project has] tasks {tasks} with these conditions: {rules}. Is there an order that [keeps|respects] all conditions (yes or no)?",
    order:
      "[A project has|My project has] tasks {tasks} with these conditions: {rules}. Find an order that [keeps|respects] all conditions, written with commas.",
    time: "[A project has|My project has] tasks that take {times} {units}, with these conditions: {rules}. If as much as possible is done at the same time, how many {units} does the project take at least?",
  },
  {
    possible: "Tasks: {tasks}. Rules: {rules}. [Possible|Can it be done]? (yes/no)",
    order: "Tasks: {tasks}. Rules: {rules}. [A valid order|A possible order] (with commas)?",
    time: "Tasks with {units}: {times}. Rules: {rules}. [Earliest end of all|Shortest total time], if tasks can run in parallel?",
  },
  {
    possible: "I must [do|finish] {tasks}, and {rules}. [Does that work at all|Is that possible]? Say yes or no.",
    order:
      "I must [do|finish] {tasks}, and {rules}. What should I do first, second and so on? List everything with commas.",
    time: "We must [do|finish] {times} (in {units}), and {rules}. There are enough people to work at the same time. After how many {units} is all done, at the earliest?",
  },
  {
    possible: "[Topological sorting|Topological order]: tasks {tasks}; {rules}. Does an order exist? Answer yes or no.",
    order: "[Topological sorting|Topological order]: tasks {tasks}; {rules}. Write one, with commas.",
    time: "[Critical path|Project planning]: {times} ({units} each); {rules}. What is the minimum time for the whole?",
  },
  {
    possible:
      "A student wants to take the courses {tasks}. {rules}. Can [he|she] take them one after the other? yes or no",
    order: "A student wants to take the courses {tasks}. {rules}. In what order can [he|she] take them? Use commas.",
    time: "A student's courses take {times} {units}. {rules}. Several courses can be taken at once. After how many {units} at least can [he|she] be through with all?",
  },
  {
    possible:
      "[Here is what we know|We know] about the steps {tasks}: {rules}. Is there no contradiction, so that all steps can be done? Answer with yes or no.",
    order:
      "[Here is what we know|We know] about the steps {tasks}: {rules}. Arrange the steps in an order that is allowed, with commas.",
    time: "[Here is what we know|We know] about the steps, which take {times} {units}: {rules}. Starting each as early as it can be, when is the last one finished?",
  },
  {
    possible:
      "To cook a meal, the jobs {tasks} have to be done. {rules}. Is there a way to do everything? (Answer: yes or no.)",
    order: "To cook a meal, the jobs {tasks} have to be done. {rules}. Tell me a good order, as a list with commas.",
    time: "To cook a meal, there are jobs that take {times} {units}. {rules}. With many hands, after how many {units} is the meal ready at best?",
  },
];
