// The English wordings of graph problems, the held-out ones first: they were written first. {graph} names the edges and says whether they
// have a direction, {from} and {to} are the ends of the way.

import type { GraphWords, Wording } from "./wordings.ts";

/** How a graph is named, undirected and directed; {e} are the edges. Each held-out wording has its own. */
export const GRAPHS_EN: GraphWords = {
  trained: [
    ["an undirected graph with edges {e}", "a directed graph with edges {e}"],
    ["the undirected graph {e}", "the directed graph {e}"],
    ["two-way roads {e}", "one-way roads {e}"],
    ["these two-way roads: {e}", "these one-way roads: {e}"],
    ["two-way links {e}", "one-way links {e}"],
    ["lines {e} without direction", "arrows {e}"],
  ],
  heldOut: [
    ["tracks {e}, usable either way", "tracks {e}, usable forwards only"],
    ["bridges {e} open both ways", "bridges {e} open one way"],
    ["tunnels {e} that run back and forth", "tunnels {e} that only run forth"],
  ],
};

export const HELD_OUT_EN: readonly Wording[] = [
  {
    reachable: "Someone standing at {from} knows {graph}. Will {to} ever be within reach?",
    length: "Someone standing at {from} knows {graph}. How few moves bring that person to {to}?",
    path: "Someone standing at {from} knows {graph}. Which stops, in order, bring that person quickest to {to}?",
  },
  {
    reachable: "A chart shows {graph}. Is travelling {from} to {to} possible at all?",
    length: "A chart shows {graph}. Travelling {from} to {to} takes what minimum of hops?",
    path: "A chart shows {graph}. Travelling {from} to {to}, name every stop along a minimal trip.",
  },
  {
    reachable: "Say if any chain leads {from} towards {to}, given {graph}.",
    length: "Say how long the tightest chain {from} towards {to} is, given {graph}.",
    path: "Say the tightest chain {from} towards {to}, given {graph}.",
  },
];

export const TRAINED_EN: readonly Wording[] = [
  {
    reachable: "Given {graph}, is {to} reachable from {from}?",
    length: "Given {graph}, [what is|find] the length of the shortest path from {from} to {to}[?|.]",
    path: "Given {graph}, find a shortest path from {from} to {to}.",
  },
  {
    reachable: "There [is|are] {graph}. Can [you|one|we] get from {from} to {to}?",
    length: "There [is|are] {graph}. How many [edges|steps] does the shortest way from {from} to {to} have?",
    path: "There [is|are] {graph}. [Give|Write] a shortest way from {from} to {to}.",
  },
  {
    reachable: "[Consider|Look at|Take] {graph}. Is there a path from {from} to {to}?",
    length: "[Consider|Look at|Take] {graph}. [How far is it|What is the distance] from {from} to {to}?",
    path: "[Consider|Look at|Take] {graph}. [Name|Find] one shortest path from {from} to {to}.",
  },
  {
    reachable: "[Can|Could] {to} be reached from {from} in {graph}?",
    length: "[In|With] {graph}, how many edges are needed [at least|at the very least] to go from {from} to {to}?",
    path: "[Which is|What is] a shortest route from {from} to {to} in {graph}?",
  },
  {
    reachable: "We have {graph}. Starting [in|at] {from}, can we [reach|arrive at] {to}?",
    length: "We have {graph}. Starting [in|at] {from}, how many steps to {to} [are there|do we need] at least?",
    path: "We have {graph}. Starting [in|at] {from}, [list|write] the nodes of a shortest path to {to}.",
  },
  {
    reachable: "[Is it possible|Tell me if it is possible] to go from {from} to {to} with {graph}[?|.]",
    length: "[Find|Compute|Determine] the distance from {from} to {to}: {graph}.",
    path: "[Find|Show|Give] the shortest path from {from} to {to}: {graph}.",
  },
  {
    reachable: "[Graph problem|A graph|Graph question]: {graph}. Does a path from {from} to {to} exist?",
    length: "[Graph problem|A graph|Graph question]: {graph}. Shortest path length from {from} to {to}?",
    path: "[Graph problem|A graph|Graph question]: {graph}. Shortest path from {from} to {to}?",
  },
  {
    reachable: "[Decide|Check|Find out] whether {from} is connected to {to} by a path: {graph}.",
    length: "[Use|Do] breadth-first search to find how far {to} is from {from}: {graph}.",
    path: "[Use|Do] breadth-first search to find a way from {from} to {to} with the fewest edges: {graph}.",
  },
  {
    reachable: "I am [in|at] {from} and want to go to {to}. There [is|are] {graph}. Is there any way?",
    length: "I am [in|at] {from} and want to go to {to}. There [is|are] {graph}. What is the smallest number of steps?",
    path: "I am [in|at] {from} and want to go to {to}. There [is|are] {graph}. What is the quickest way?",
  },
  {
    reachable: "Suppose there [is|are] {graph}. Do they lead from {from} to {to}?",
    length: "Suppose there [is|are] {graph}. How long is the shortest connection from {from} to {to}?",
    path: "Suppose there [is|are] {graph}. How do I get from {from} to {to} in as few steps as possible?",
  },
  {
    reachable: "[From|Out of] {from}, is the node {to} reachable? {graph}.",
    length: "[From|Out of] {from}, how many edges away is {to}? {graph}.",
    path: "[From|Out of] {from}, which nodes do I pass on a shortest path to {to}? {graph}.",
  },
  {
    reachable: "[Imagine|Picture|Draw] {graph}. Is {to} in reach if we start from {from}?",
    length:
      "[Imagine|Picture|Draw] {graph}. How many edges has a shortest path that starts in {from} and ends in {to}?",
    path: "[Imagine|Picture|Draw] {graph}. A shortest path shall start in {from} and end in {to}. Write it down.",
  },
  {
    reachable: "Start: {from}. Goal: {to}. There [is|are] {graph}. [Reachable|Can it be reached]?",
    length: "Start: {from}. Goal: {to}. There [is|are] {graph}. [Fewest steps|Length of the shortest path]?",
    path: "Start: {from}. Goal: {to}. There [is|are] {graph}. [Shortest path|A path with fewest edges]?",
  },
  {
    reachable: "A [message|parcel|robot] moves along {graph}. Can it [travel|move] from {from} to {to}?",
    length: "A [message|parcel|robot] moves along {graph}. In how many moves can it come from {from} to {to}, at best?",
    path: "A [message|parcel|robot] moves along {graph}. What is its shortest route from {from} to {to}?",
  },
  {
    reachable: "For {graph}: [answer yes or no,|yes or no,] does some path join {from} to {to}?",
    length:
      "For {graph}: [tell me|state|write] the minimum number of edges between {from} and {to}, going from {from} to {to}.",
    path: "For {graph}: [tell me|state|write] any shortest path that goes from {from} to {to}.",
  },
  {
    reachable: "Somebody [drew|gave me|made] {graph}. Would a walk from {from} to {to} be possible?",
    length: "Somebody [drew|gave me|made] {graph}. How short can a walk from {from} to {to} be?",
    path: "Somebody [drew|gave me|made] {graph}. Describe a walk from {from} to {to} that is as short as possible.",
  },
  {
    reachable: "[My|The|This] network has {graph}. Does it connect {from} to {to}?",
    length: "[My|The|This] network has {graph}. What number of hops does {from} to {to} take at least?",
    path: "[My|The|This] network has {graph}. Which path from {from} to {to} has the fewest hops?",
  },
];
