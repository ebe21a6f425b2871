// Plots as SVG, made while the site is built. Colours are CSS variables, so that they follow the colour scheme.
import * as Plot from "@observablehq/plot";
import {parseHTML} from "linkedom";

import {escapeHtml} from "./code.js";

const {document} = parseHTML("<html><body></body></html>");
const FONT = 12;
const LETTER = 6.6; // width of one, about

/** An SVG with a name for those who don't see it. `tip` of a datum becomes a tooltip. */
function drawn(label, options) {
  const svg = Plot.plot({document, style: {fontSize: `${FONT}px`, background: "transparent"}, ...options});
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", label);
  for (const part of svg.querySelectorAll("[aria-label]")) part.removeAttribute("aria-label");
  return svg.outerHTML.replace(/(\d+\.\d{1})\d+/g, "$1").replace(/class="plot-\w+"/g, 'class="plot"')
    .replace(/<style>.*?<\/style>/s, "");
}

/** The domain of a logarithmic axis: the data and a little room. */
const around = (values) => [Math.min(...values) / 1.25, Math.max(...values) * 1.25];

/** Ticks at 1, 2, 5, 10 ... within a domain. */
function decadeTicks([low, high]) {
  const ticks = [];
  for (let decade = Math.floor(Math.log10(low)); decade <= Math.log10(high); ++decade) {
    for (const digit of [1, 2, 5]) ticks.push(digit * 10 ** decade);
  }
  return ticks.filter((tick) => tick >= low && tick <= high);
}

/** A logarithmic axis around the data. */
function logarithmic(values, label) {
  const domain = around(values);
  return {type: "log", grid: true, label, labelOffset: 40, domain, ticks: decadeTicks(domain), tickFormat: plain};
}

const plain = (value) => `${Number(value.toPrecision(3))}`;

const marginFor = (labels) => Math.min(330, 14 + LETTER * Math.max(0, ...labels.map((label) => label.length)));

const factor = (value) => (value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2));

/** `38 us`, `1.2 ms`: seconds for people. */
export function duration(seconds) {
  for (const [unit, size] of [["s", 1], ["ms", 1e-3], ["µs", 1e-6]]) {
    if (seconds >= size) return `${(seconds / size).toPrecision(3).replace(/\.?0+$/, "")} ${unit}`;
  }
  return `${(seconds * 1e9).toPrecision(3)} ns`;
}

/** Bugs of the study and cases of the corpus by category. */
export function distributionPlot(rows) {
  const data = rows.map(({label, counts}) => ({label: label ?? "(no label)", ...counts}));
  const text = (d) => `${d.label}: ${d.bugs} bugs studied, ${d.cases} are cases here`;
  return drawn("Bugs of the study and cases of this corpus, by category", {
    width: 640, height: 34 + 22 * data.length, marginLeft: marginFor(data.map((d) => d.label)), marginRight: 40,
    marginTop: 4,
    x: {label: "bugs", grid: true}, y: {label: null, domain: data.map((d) => d.label)},
    marks: [
      Plot.barX(data, {x: "bugs", y: "label", fill: "var(--study)", title: text, inset: 1}),
      Plot.barX(data, {x: "cases", y: "label", fill: "var(--accent)", title: text, insetTop: 5, insetBottom: 5}),
      Plot.text(data, {x: "bugs", y: "label", text: (d) => `${d.cases}/${d.bugs}`, textAnchor: "start", dx: 5}),
    ],
  });
}

/** Ratio of the times of buggy and fixed for each slow case, with interval and threshold. */
export function forestPlot(cases) {
  // After too few pairs an interval goes from 0 to infinity, for which there is no room.
  const data = cases.map((item) => {
    const {ratio, low, high, pairs} = item.timed.against_fixed;
    const bounded = low > 0 && Number.isFinite(high);
    return {id: item.id, ratio, pairs, bounded, low: bounded ? low : ratio, high: bounded ? high : ratio, threshold: item.timed.threshold};
  }).sort((a, b) => b.ratio - a.ratio);
  const text = (d) => `${d.id}: ${factor(d.ratio)} times as slow as fixed ` +
    `(${d.bounded ? `${factor(d.low)} to ${factor(d.high)}` : "no interval"}, ${d.pairs} pairs); threshold ${factor(d.threshold)}`;
  return drawn("How many times slower the buggy programs are, with intervals and thresholds", {
    width: 640, height: 54 + 22 * data.length, marginLeft: marginFor(data.map((d) => d.id)), marginRight: 46, marginTop: 6,
    marginBottom: 44,
    x: logarithmic([1, ...data.flatMap((d) => [d.low, d.high].filter(Number.isFinite))], "time of buggy / time of fixed"),
    y: {label: null, domain: data.map((d) => d.id)},
    marks: [
      Plot.ruleX([1], {stroke: "currentColor", strokeOpacity: 0.5}),
      Plot.ruleY(data, {y: "id", x1: "low", x2: "high", stroke: "var(--buggy)", strokeWidth: 3, title: text}),
      Plot.dot(data, {x: "ratio", y: "id", r: 4, fill: "var(--buggy)", title: text}),
      Plot.tickX(data, {x: "threshold", y: "id", stroke: "currentColor", strokeWidth: 2, inset: 4, title: text}),
      Plot.text(data, {x: "high", y: "id", text: (d) => `${factor(d.ratio)}×`, textAnchor: "start", dx: 6}),
    ],
  });
}

const PROGRAMS = ["buggy", "fixed", "eager"];
const PHASES = [["first_call", "first call"], ["new_shape", "new shape"], ["steady", "steady"]];

/** Times of all samples: a row for each program and phase. */
export function samplesPlot(timing) {
  const names = Object.fromEntries(PHASES);
  const data = timing.samples.filter((sample) => PROGRAMS.includes(sample.program) && sample.seconds > 0)
    .map((sample, i) => ({
      ms: sample.seconds * 1e3, program: sample.program, phase: names[sample.phase] ?? sample.phase,
      jitter: (((i * 7919) % 101) / 101 - 0.5) * 0.56, seconds: sample.seconds, pair: sample.pair,
    }));
  const phases = PHASES.map(([, name]) => name).filter((name) => data.some((d) => d.phase === name));
  const rows = phases.flatMap((phase) => PROGRAMS.filter((p) => data.some((d) => d.phase === phase && d.program === p))
    .map((program) => ({phase, program, label: phases.length > 1 ? `${program}, ${phase}` : program})));
  const index = new Map(rows.map((row, i) => [`${row.phase} ${row.program}`, i]));
  for (const d of data) d.row = index.get(`${d.phase} ${d.program}`);
  const medians = rows.map((row, i) => {
    const all = data.filter((d) => d.row === i).map((d) => d.seconds).sort((a, b) => a - b);
    return {...row, row: i, ms: all[Math.floor(all.length / 2)] * 1e3, count: all.length};
  });
  return drawn("Time of a call: every sample, and the median", {
    width: 640, height: 54 + 34 * rows.length, marginLeft: marginFor(rows.map((row) => row.label)), marginRight: 74,
    marginTop: 6, marginBottom: 44,
    x: logarithmic(data.map((d) => d.ms), "time of a call (ms)"),
    y: {label: null, domain: [rows.length - 0.5, -0.5], ticks: rows.map((_, i) => i), tickSize: 0,
      tickFormat: (i) => rows[i]?.label ?? ""},
    marks: [
      Plot.dot(data, {x: "ms", y: (d) => d.row + d.jitter, r: 2.2, fillOpacity: 0.55, fill: (d) => `var(--${d.program})`}),
      Plot.ruleX(medians, {x: "ms", y1: (d) => d.row - 0.4, y2: (d) => d.row + 0.4, stroke: "currentColor", strokeWidth: 2,
        title: (d) => `${d.label}: median ${duration(d.ms / 1e3)} of ${d.count} samples`}),
      Plot.text(medians, {y: "row", text: (d) => duration(d.ms / 1e3), frameAnchor: "right", textAnchor: "start", dx: 8}),
    ],
  });
}

const medianOf = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** The ratio of each pair, with the interval of their median and the threshold. */
export function ratiosPlot(timing) {
  const sides = new Map();
  for (const {pair, program, seconds} of timing.samples) {
    if (pair < 0 || !["buggy", "fixed"].includes(program)) continue;
    const entry = sides.get(pair) ?? {buggy: [], fixed: []};
    entry[program].push(seconds);
    sides.set(pair, entry);
  }
  const data = [...sides].filter(([, s]) => s.buggy.length && s.fixed.length)
    .map(([pair, s]) => ({pair: pair + 1, ratio: medianOf(s.buggy) / medianOf(s.fixed)}));
  if (data.length === 0) return "";
  const {ratio, low, high} = timing.against_fixed;
  const bounded = Number.isFinite(high) && Number.isFinite(low);
  return drawn("Ratio of the times of buggy and fixed for each pair, with the interval of the median", {
    width: 640, height: 230, marginLeft: 46, marginRight: 74, marginBottom: 44, insetTop: 10, insetBottom: 10,
    x: {label: "pair", labelOffset: 40, ticks: Math.min(8, data.length), tickFormat: "d"},
    y: {label: "buggy / fixed", grid: true, zero: false, ticks: 5},
    marks: [
      bounded ? Plot.rect([{}], {x1: 0.5, x2: data.length + 0.5, y1: low, y2: high, fill: "var(--buggy)", fillOpacity: 0.16,
        title: () => `interval of the median: ${factor(low)} to ${factor(high)}`}) : null,
      Plot.ruleY([ratio], {stroke: "var(--buggy)", strokeWidth: 2}),
      timing.threshold > 0 ? Plot.ruleY([timing.threshold], {stroke: "currentColor", strokeDasharray: "4 3",
        title: () => `threshold ${factor(timing.threshold)}`}) : null,
      Plot.dot(data, {x: "pair", y: "ratio", r: 3, fill: "var(--buggy)", title: (d) => `pair ${d.pair}: ${factor(d.ratio)}`}),
      Plot.text([{}], {y: () => ratio, text: () => `${factor(ratio)}×`, frameAnchor: "right", textAnchor: "start", dx: 8}),
      timing.threshold > 0 ? Plot.text([{}], {y: () => timing.threshold, text: () => "threshold", frameAnchor: "right",
        textAnchor: "start", dx: 8}) : null,
    ],
  });
}

/** How often models repaired the bugs. */
export function leaderboardPlot(rows) {
  const text = (d) => `${d.model}: ${d.resolved} of ${d.all} resolved`;
  return drawn("Share of bugs that each model repaired", {
    width: 640, height: 44 + 26 * rows.length, marginLeft: marginFor(rows.map((d) => d.model)), marginRight: 46,
    x: {label: "resolved (%)", grid: true, domain: [0, 100]}, y: {label: null, domain: rows.map((d) => d.model)},
    marks: [
      Plot.barX(rows, {x: (d) => 100 * d.rate, y: "model", fill: "var(--accent)", title: text, inset: 2}),
      Plot.text(rows, {x: (d) => 100 * d.rate, y: "model", text: (d) => `${(100 * d.rate).toFixed(0)} %`, textAnchor: "start", dx: 5}),
    ],
  });
}

export {escapeHtml, factor};
