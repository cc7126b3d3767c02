// The English wordings of ordering puzzles, the held-out ones first: they were written first. {facts} are told facts, {from} … {to}
// the asked direction, {top} and {bottom} who is asked first and last, {who} the one asked for (see questions.ts).

import { EN, EN_ANY, EN_LISTS, EN_NUMBERED } from "./joiners.ts";
import type { Wording } from "./wordings.ts";

export const HELD_OUT_EN: readonly Wording[] = [
  {
    joiners: [{ first: "to begin with ", between: ", furthermore " }],
    all: "Fact list: {facts}. Whole order, {from} through {to}?",
    one: "Fact list: {facts}. So {who} must be whom?",
  },
  {
    joiners: [{ between: ". Next, " }],
    all: "{facts}. Could you please sort everyone, beginning at {from}, ending at {to}?",
    one: "{facts}. Could you please say who comes out as {who}?",
  },
  {
    joiners: [{ between: "; besides, " }],
    all: "As everybody knows, {facts}. Now rank all, going {from} to {to}.",
    one: "As everybody knows, {facts}. Now tell us {who}.",
  },
];

export const TRAINED_EN: readonly Wording[] = [
  {
    joiners: EN_ANY,
    all: "{facts}. [Order|Sort|Rank|Arrange] [them|everyone|all of them] from {from} to {to}.",
    one: "{facts}. Who is {who}?",
  },
  {
    joiners: EN_ANY,
    all: "{facts}. [Put|Place] [them|the people|the names] in order from {from} to {to}.",
    one: "{facts}. Which [one|person|of them] is {who}?",
  },
  {
    joiners: EN_ANY,
    all: "{facts}. [List|Write|Give] [the names|the people|all names] from {from} to {to}.",
    one: "{facts}. [Find|Name|Give] {who}.",
  },
  {
    joiners: EN_ANY,
    all: "[Order|Sort|Rank|List] [these people|the people|them] from {from} to {to}: {facts}.",
    one: "Who is {who}? {facts}.",
  },
  {
    joiners: [EN.sentences, EN.semicolons, EN.mixed, EN.wordy, ...EN_NUMBERED],
    all: "[Some|Several] [friends|people|students] talk about {topic}. {facts}. [What is|Find|Give] the order[,|] {from} to {to}[.|?]",
    one: "[Some|Several] [friends|people|students] talk about {topic}. {facts}. Who is {who} [of them|here|among them]?",
  },
  {
    joiners: [...EN_ANY, ...EN_NUMBERED],
    all: "[Given|Known|Facts]: {facts}. [Give|Find|Tell me] the [order|ranking] from {from} to {to}.",
    one: "[Given|Known|Facts]: {facts}. [Tell me|Say|Find out] who is {who}.",
  },
  {
    joiners: [EN.commas, EN.and, EN.connected],
    all: "If {facts}, what is the order from {from} to {to}?",
    one: "If {facts}, [who is|then who is|which person is] {who}?",
  },
  {
    joiners: EN_ANY,
    all: "{facts}. What is the [right |correct |][order|ranking][,|] from {from} to {to}?",
    one: "{facts}. [So who|Then who] is {who}?",
  },
  {
    joiners: [...EN_ANY, ...EN_LISTS],
    all: "Clues: {facts}. [Write|Write down|List] [everyone|the people] from {from} to {to}.",
    one: "Clues: {facts}. [Name|Find|Give] {who}.",
  },
  {
    joiners: [EN.commas, EN.semicolons, EN.connected, EN.mixed],
    all: "[We know|I know|It is known] that {facts}. [Line them up|Sort them|Rank them] from {from} to {to}.",
    one: "[We know|I know|It is known] that {facts}. [Can you tell|Do you know|Tell me] who is {who}?",
  },
  {
    joiners: EN_LISTS,
    all: "[Read|Use|Look at] the [clues|facts]:{facts}\n[Order|Sort|Rank] [them|everyone] from {from} to {to}.",
    one: "[Read|Use|Look at] the [clues|facts]:{facts}\nWho is {who}?",
  },
  {
    joiners: [EN.sentences, EN.semicolons, EN.mixed, EN.wordy, ...EN_NUMBERED],
    all: "{people} are [friends|classmates|neighbours]. {facts}. [Sort|Order|Rank|List] them from {from} to {to}.",
    one: "{people} are [friends|classmates|neighbours]. {facts}. Who is {who}?",
  },
  {
    joiners: EN_ANY,
    all: "[Rank|Sort|Order|Arrange] {people} from {from} to {to}. {facts}.",
    one: "Among {people}, who is {who}? {facts}.",
  },
  {
    joiners: [EN.sentences, EN.semicolons, EN.mixed, EN.wordy, ...EN_NUMBERED],
    all: "[Logic puzzle|Puzzle|A riddle]: {facts}. [Order|Ranking|Solution] from {from} to {to}?",
    one: "[Logic puzzle|Puzzle|A riddle]: {facts}. Who must be {who}?",
  },
  {
    joiners: [EN.sentences, EN.semicolons, EN.mixed, EN.wordy, ...EN_NUMBERED],
    all: "Here is what [we|I] know. {facts}. How do they [rank|line up] from {from} to {to}?",
    one: "Here is what [we|I] know. {facts}. [And who|Who then] is {who}?",
  },
  {
    joiners: EN_ANY,
    all: "{facts}. [Start|Begin] with the {from} and [end|stop|finish] with the {to}.",
    one: "{facts}. [I am looking for|I want to know] {who}.",
  },
  {
    joiners: EN_ANY,
    all: "{facts}. [Give|List|Name] [everyone|all of them|the people], starting with {top}.",
    one: "{facts}. I need [the name of |]{who}.",
  },
  {
    joiners: [...EN_NUMBERED, ...EN_ANY],
    all: "[Here are the facts|These are the facts|We have]: {facts}. [Order|Sort|List] them so that {top} [comes|is|stands] first.",
    one: "[Here are the facts|These are the facts|We have]: {facts}. The answer should be {who}.",
  },
  {
    joiners: [...EN_NUMBERED, ...EN_NUMBERED, ...EN_ANY],
    all: "{facts}. [Give|Write|I want] the [names|order|list] with {top} first and {bottom} last.",
    one: "{facts}. [Which person|Which name|Which of the people] is {who}?",
  },
  {
    joiners: EN_LISTS,
    all: "[Notes|Observations|Statements]:{facts}\n[Make a list|Build the ranking|Give the list] from {from} [all the way |]to {to}.",
    one: "[Notes|Observations|Statements]:{facts}\n[Looking for|Needed|Wanted]: {who}.",
  },
  {
    joiners: [...EN_ANY, ...EN_NUMBERED, ...EN_LISTS],
    all: "I [need|want] the [order|ranking|list], {from} to {to}: {facts}.",
    one: "I [need|want] {who}: {facts}.",
  },
  {
    joiners: [...EN_ANY, EN.ordinals],
    all: "{facts}. From {from} to {to}, [what is the order|how are they ranked|who stands where]?",
    one: "{facts}. [Out of them all|Of these people|In this group], who is {who}?",
  },
  {
    joiners: EN_ANY,
    all: "[Suppose|Imagine|Assume] [that |]{facts}. The [answer|list|order] should [start|begin] with {top} and [end|stop|finish] with {bottom}.",
    one: "[Suppose|Imagine|Assume] [that |]{facts}. The answer should be the name of {who}.",
  },
  {
    joiners: [...EN_ANY, ...EN_NUMBERED],
    all: "We compare {topic}. {facts}. [Ranking|Order|List] wanted: {top} first, {bottom} last.",
    one: "We compare {topic}. {facts}. [Name needed|Name wanted|Answer with]: {who}.",
  },
  {
    joiners: [EN.commas, EN.connected, EN.and],
    all: "How would you [order|rank|sort] {people} from {from} to {to} if {facts}?",
    one: "Who among {people} is {who} if {facts}?",
  },
  {
    joiners: [...EN_ANY, ...EN_NUMBERED],
    all: "{facts}. [Please |]line [them|everyone|the people] up[:|,] {top} [at the front|in front], {bottom} at the [back|end].",
    one: "{facts}. [Do you see|Can you work out|Please work out] who is {who}?",
  },
  {
    joiners: [...EN_ANY, ...EN_NUMBERED],
    all: "{facts}. [Sort|Rank|List|Write] them in {sense}order[, {from} to {to}|: {from} to {to}| ({from} -> {to})].",
    one: "{facts}. [The name of|What is the name of] {who}?",
  },
];
