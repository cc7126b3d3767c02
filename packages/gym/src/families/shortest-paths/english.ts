// The English wordings of road problems, the held-out ones first: they were written first. Slots: {roads} told with units or {pairs} told
// without, {from} and {to}, {unit} as a plural.

import type { Wording } from "./wordings.ts";

export const HELD_OUT_EN: readonly Wording[] = [
  {
    length: "Couriers ride along {pairs}. Numbers tell leagues. Give the cheapest total for {from} → {to}.",
    route:
      "Couriers ride along {pairs}. Numbers tell leagues. Spell the stops of a cheapest trip {from} → {to}, commas between.",
  },
  {
    length: "Cable costs per link: {pairs}. A signal enters at {from} and leaves at {to}. Its lowest possible cost?",
    route:
      "Cable costs per link: {pairs}. A signal enters at {from} and leaves at {to}. Which relays, comma-separated, make its cost lowest?",
  },
  {
    length: "Weighted undirected edges {pairs}: compute dist({from}, {to}).",
    route: "Weighted undirected edges {pairs}: output vertices realising dist({from}, {to}), separated by commas.",
  },
];

export const TRAINED_EN: readonly Wording[] = [
  {
    length:
      "[The roads between some towns are|Some towns are joined by these roads]: {roads}. [How long is the shortest way|What is the length of the shortest route] from {from} to {to}?",
    route:
      "[The roads between some towns are|Some towns are joined by these roads]: {roads}. [What is the shortest route|Which way is the shortest] from {from} to {to}? List the towns, separated by commas.",
  },
  {
    length: "I want to drive from {from} to {to}. Roads: {roads}. How [many {unit} is it|far is it] at least?",
    route:
      "I want to drive from {from} to {to}. Roads: {roads}. Which towns do I pass on the shortest way? Write all of them in order, with commas.",
  },
  {
    length:
      "[Use Dijkstra's algorithm|With Dijkstra's algorithm]: {pairs}. Find the shortest distance from {from} to {to}.",
    route:
      "[Use Dijkstra's algorithm|With Dijkstra's algorithm]: {pairs}. Find a shortest path from {from} to {to} and list its nodes with commas.",
  },
  {
    length:
      "A [bus|truck|cyclist] goes from town {from} to town {to} on these roads: {roads}. What is the smallest number of {unit} it can take?",
    route:
      "A [bus|truck|cyclist] goes from town {from} to town {to} on these roads: {roads}. Name the towns of the shortest route in order (comma-separated).",
  },
  {
    length: "Map: {roads}. All roads go both ways. Shortest distance [from|between] {from} [to|and] {to}?",
    route:
      "Map: {roads}. All roads go both ways. Shortest route [from|between] {from} [to|and] {to}, as a list of towns?",
  },
  {
    length:
      "[Consider|Take] the weighted graph {pairs}. [Compute|Find] the weight of a lightest path from {from} to {to}.",
    route:
      "[Consider|Take] the weighted graph {pairs}. [Give|Find] a lightest path from {from} to {to}, its nodes separated by commas.",
  },
  {
    length:
      "There are roads as follows: {roads}. [A letter|A parcel] must get from {from} to {to}. How many {unit} does it travel if it goes the best way?",
    route:
      "There are roads as follows: {roads}. [A letter|A parcel] must get from {from} to {to}. Through which towns does the best way lead? Start with {from} and use commas.",
  },
  {
    length: "Start: {from}. Goal: {to}. Roads with their lengths: {roads}. [Minimum total|Smallest total length]?",
    route:
      "Start: {from}. Goal: {to}. Roads with their lengths: {roads}. [Best route|Shortest route] (towns with commas)?",
  },
];
