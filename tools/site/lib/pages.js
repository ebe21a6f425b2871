// What the pages of the site show: parts of the export made ready for the templates, so that these hold no logic.
import {parseHTML} from "linkedom";

import {sideBySide} from "./diff.js";
import {alignGraphs, graphLines, operatorCounts} from "./graph.js";
import {differencePicture, legend} from "./picture.js";
import {distributionPlot, forestPlot, leaderboardPlot, ratiosPlot, samplesPlot} from "./plots.js";
import {codeBlock} from "./code.js";

const MOST_GRAPH_LINES = 160; // more tell a reader nothing, and the whole text is one click away
const MOST_LINE = 240;
const CONTEXT = 2;

const OWN_MODELS = /^(gold|stock|wrong_.*)$/;

const withEnd = (lines) => lines.map((line) => (line.length > MOST_LINE ? `${line.slice(0, MOST_LINE)} …` : line)).join("\n") + "\n";

/** The first lines that fit, with the number of those that don't. */
function cut(lines) {
  return {shown: lines.slice(0, MOST_GRAPH_LINES), left: Math.max(0, lines.length - MOST_GRAPH_LINES)};
}

/** The differences of two graphs, with lines around them. */
function changedPart(left, right) {
  return sideBySide({name: "graph of buggy", text: withEnd(left)}, {name: "graph of fixed", text: withEnd(right)},
    {language: "graph", context: CONTEXT, label: "graphs"});
}

function oneGraph(name, text) {
  const {shown, left} = cut(graphLines(text));
  return {html: codeBlock(withEnd(shown), `graph of ${name}`, "graph"), left};
}

/** Operators that one graph has and the other hasn't, or not as often. */
function operatorChanges(buggy, fixed) {
  const [left, right] = [operatorCounts(graphLines(buggy)), operatorCounts(graphLines(fixed))];
  return [...new Set([...left.keys(), ...right.keys()])]
    .map((name) => ({name, buggy: left.get(name) ?? 0, fixed: right.get(name) ?? 0}))
    .filter(({buggy: b, fixed: f}) => b !== f)
    .sort((a, b) => Math.abs(b.buggy - b.fixed) - Math.abs(a.buggy - a.fixed) || a.name.localeCompare(b.name));
}

/** The graphs of a case: side by side where both were recorded, else the one that there is. */
function graphsOf(item) {
  const {buggy = "", fixed = ""} = item.observed?.graphs ?? {};
  if (!buggy && !fixed) return null;
  const files = Object.entries({buggy, fixed}).filter(([, text]) => text)
    .map(([name, text]) => ({name, text, lines: graphLines(text).length}));
  if (files.length === 1) return {files, ...oneGraph(files[0].name, files[0].text), single: files[0].name};
  const {left, right} = alignGraphs(buggy, fixed);
  if (left.join("\n") === right.join("\n")) return {files, same: true, ...oneGraph("both", buggy)};
  const changes = operatorChanges(buggy, fixed);
  return {files, ...limited(changedPart(left, right)), changes: changes.slice(0, 12), moreChanges: Math.max(0, changes.length - 12)};
}

/** Side by side, cut after so many rows: each of them is two lines of a page. */
function limited(rows) {
  const {document} = parseHTML(`<html><body>${rows}</body></html>`);
  let left = 0;
  for (const side of document.querySelectorAll(".side")) {
    const beyond = [...side.children].slice(MOST_GRAPH_LINES);
    left = Math.max(left, beyond.length);
    for (const row of beyond) row.remove();
  }
  return {html: document.body.innerHTML, left};
}

/** The comment that a wrong repair begins with: what its author believed. */
function beliefOf(source) {
  const lines = [];
  for (const line of source.split("\n")) {
    const found = line.match(/^\/\/ ?(.*)$/);
    if (!found) break;
    lines.push(found[1]);
  }
  return lines.join(" ");
}

/** Why a wrong repair is none, as the proof found it. */
function rejectionOf(item, name) {
  for (const certificate of item.certificates) {
    const step = certificate.steps?.find((candidate) => candidate.rule.startsWith(`${name} is rejected`));
    if (step) return step.detail;
  }
  return "";
}

function wrongRepairs(item) {
  return Object.entries(item.sources).filter(([file]) => file.startsWith("wrong_")).map(([file, text]) => {
    const name = file.replace(/\.cpp$/, "");
    const html = sideBySide({name: "buggy.cpp", text: item.sources["buggy.cpp"]}, {name: file, text},
      {patch: item.diffs[name], label: name});
    return {name, belief: beliefOf(text), rejection: rejectionOf(item, name), html};
  });
}

const STATES = {agrees: "good", differs: "bad", ended: "bad", unreached: "none"};

/** The calls of the scenario; `first`: where buggy first goes wrong. */
function callsOf(item) {
  const observed = item.observed;
  if (!observed) return [];
  const first = observed.disagreement?.call;
  return observed.calls.map((call, index) => ({
    ...call, index, first: index === first, tone: STATES[call.buggy], fixedTone: STATES[call.fixed] ?? null,
  }));
}

function timingOf(item) {
  if (!item.timed) return null;
  const {samples} = item.timed;
  return {
    ...item.timed, samplesPlot: samples.length ? samplesPlot(item.timed) : "",
    ratiosPlot: samples.length ? ratiosPlot(item.timed) : "",
    processes: new Set(samples.map((sample) => `${sample.program} ${sample.process}`)).size,
  };
}

function repairOf(item) {
  const fixed = item.sources["fixed.cpp"];
  if (!fixed) return "";
  return sideBySide({name: "buggy.cpp", text: item.sources["buggy.cpp"]}, {name: "fixed.cpp", text: fixed}, {label: "repair"});
}

/** Words for the search, each once: what a reader remembers of a story, not its grammar. */
function searchText(item) {
  const text = [item.task, item.story, item.lesson, item.domain, item.source?.project, ...(item.hints ?? []),
    ...(item.prerequisites ?? [])].filter(Boolean).join(" ");
  return [...new Set(text.toLowerCase().match(/[\p{L}\p{N}_.-]{3,}/gu) ?? [])].join(" ");
}

function pageOf(item) {
  const page = {
    ...item, repair: repairOf(item), calls: callsOf(item), graphView: graphsOf(item), wrong: wrongRepairs(item),
    picture: differencePicture(item.observed?.difference), times: timingOf(item), search: searchText(item),
  };
  return page;
}

const statusTone = (status) => ({resolved: "good", harness_error: "warn"})[status] ?? "bad";

/** One row for each model of each evaluation; the corpus's own programs aren't models. */
function leaderboardOf(data) {
  const known = new Set(data.cases.map((item) => item.id));
  const rows = [];
  for (const evaluation of data.evaluations) {
    for (const [model, rate] of Object.entries(evaluation.models)) {
      if (OWN_MODELS.test(model)) continue;
      rows.push({
        model, ...rate, name: evaluation.name, void: evaluation.void, date: evaluation.context.date,
        libtorch: evaluation.context.libtorch, seeds: evaluation.settings.seeds.length, gate: evaluation.settings.gate,
        results: evaluation.results.filter((result) => result.model_name_or_path === model).map((result) => ({
          ...result, known: known.has(result.instance_id), tone: statusTone(result.verdict.status),
        })),
      });
    }
  }
  return rows.sort((a, b) => Number(a.void) - Number(b.void) || b.rate - a.rate || a.model.localeCompare(b.model));
}

/** Values of one filter, most frequent first. */
function choices(cases, valueOf) {
  const counts = new Map();
  for (const item of cases) {
    for (const value of [valueOf(item)].flat()) if (value) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts].map(([value, count]) => ({value, count})).sort((a, b) => b.count - a.count || a.value.localeCompare(b.value));
}

function filtersOf(data) {
  const filter = (name, label, valueOf) => ({name, label, choices: choices(data.cases, valueOf)});
  return [
    filter("mechanism", "Mechanism", (item) => item.mechanism),
    filter("symptom", "Symptom", (item) => item.symptom),
    filter("category", "Category of the study", (item) => item.study.category),
    filter("domain", "Domain", (item) => item.domain),
    filter("libtorch", "LibTorch", (item) => Object.values(item.verdicts).map((v) => `${v.libtorch} ${v.verdict}`)),
    filter("faithfulness", "Faithfulness", (item) => item.faithfulness?.level),
    filter("difficulty", "Difficulty", (item) => (item.difficulty ? String(item.difficulty) : "")),
  ].filter(({choices: list}) => list.length > 0);
}

export function pagesOf(data) {
  const timed = data.cases.filter((item) => item.timed?.against_fixed.pairs > 0 && item.timed.threshold > 0);
  const board = leaderboardOf(data);
  const cases = data.cases.map(pageOf);
  return {
    ...data, cases, filters: filtersOf(data), board, legend,
    usedMechanisms: data.mechanisms.filter((mechanism) => mechanism.cases.length > 0),
    mechanismNamed: Object.fromEntries(data.mechanisms.map((mechanism) => [mechanism.name, mechanism])),
    graphFiles: cases.flatMap((item) => (item.graphView?.files ?? []).map((file) => ({...file, id: item.id}))),
    search: cases.map(({id, title, search}) => ({id, title, text: search})),
    plots: {
      distribution: distributionPlot(data.study.study.by?.category ?? []),
      forest: timed.length ? forestPlot(timed) : "",
      board: board.length ? leaderboardPlot(board.filter((row) => !row.void)) : "",
    },
  };
}
