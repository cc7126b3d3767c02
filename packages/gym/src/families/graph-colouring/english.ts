// The English wordings of graph colouring, the held-out ones first: they were written first. {pairs} are those that must differ, {k} the number of
// colours, {given} the colours that are given.

import type { Wordings } from "../../wordings.ts";

export const ENGLISH: Wordings<string> = {
  heldOut: [
    "A lab keeps chemicals; never store these together: {pairs}. It owns {k} cupboards, labelled 1 up to {k}, and filled already: {given}. Where does each remaining chemical go?",
    "Broadcast masts disturb one another when linked here: {pairs}. Only {k} frequencies (1 up to {k}) exist; nobody may alter {given}. Tune all remaining masts.",
    "Take {k} tints, 1 up to {k}, for a network whose links are {pairs}, linked places looking unlike. Begin by {given}. What follows elsewhere?",
  ],
  trained: [
    "[Colour|Paint] a map with {k} colours (1 to {k}) so that neighbouring regions have different colours. Neighbours: {pairs}. Given: {given}. [Find the colours of the other regions.|Which colours do the other regions get?]",
    "Exams that share students can't be in the same slot: {pairs}. There are {k} slots, 1 to {k}. Fixed already: {given}. [Give a slot to every other exam.|In which slot is every other exam?]",
    "{k} rooms are numbered 1 to {k}. These meetings overlap and need different rooms: {pairs}. [We have|We already have] {given}. Which room does each other meeting get?",
    "Graph colouring: edges {pairs}, {k} colours 1 to {k}, given {given}. [Complete the colouring|Find the other colours]; adjacent nodes are different.",
    "Guests who don't get along must sit at different tables: {pairs}. There are {k} tables (1 to {k}), with {given} settled. [Where do the others sit|Which tables do the others get]?",
    "[A zoo has|We have] {k} cages with the numbers 1 to {k}. These animals fight and cannot share a cage: {pairs}. Some have a cage already: {given}. Find the cages of the rest.",
    "The graph with edges {pairs} is to be coloured with {k} colours, 1 to {k}; the ends of an edge get different colours. [Known|Known so far]: {given}. [Determine|Work out] the colours of all other nodes.",
    "My [class|club|school] has its courses on {k} days, day 1 to day {k}. Courses with a common student may not fall on the same day: {pairs}. Set so far: {given}. [What about the others|On which day is each other course]?",
    "Give each letter one of {k} colours, a number from 1 to {k}, different for each of these pairs: {pairs}. [It is given that|We know that] {given}.",
    "[Plan|Schedule] flights at {k} gates, 1 to {k}. These are on the ground at the same time and need different gates: {pairs}. Decided: {given}. [Which gate|What gate] does every other flight have?",
  ],
};
