// The export of `hybugs export --site`, checked, and what pages ask of it.
import {readFileSync} from "node:fs";

export const SCHEMA = 1;

/** Reads the export; an Error says what is wrong with the file and what to do. */
export function readExport(path) {
  let text;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw new Error(`${path}: cannot be read: ${error.message}; \`hybugs export --site FILE\` writes it`);
  }
  let data;
  try {
    data = JSON.parse(text);
  } catch {
    throw new Error(`${path}: is no JSON; it may be cut off: export again`);
  }
  if (data?.schema !== SCHEMA) {
    throw new Error(`${path}: is no export of schema ${SCHEMA} but of ${data?.schema}; use the hybugs of this tree`);
  }
  return data;
}

const WARNINGS = new Set(["inconclusive", "unsupported"]);

/** How a verdict is painted: `good` as expected, `warn` undecided, `bad` otherwise. */
export function toneOf(result) {
  if (result.harness_error) return "bad";
  if (result.as_expected) return "good";
  return WARNINGS.has(result.verdict) ? "warn" : "bad";
}

/** What is known of a case on each LibTorch version: a result, or else a certificate, which is one too. */
function verdictsOf(item) {
  const verdicts = {};
  for (const certificate of item.certificates) {
    verdicts[certificate.libtorch] = {
      libtorch: certificate.libtorch, verdict: "reproduced", expected: "reproduced", as_expected: true,
      evidence: "", machine: certificate.machine, date: certificate.date, certificate, tone: "good",
    };
  }
  for (const result of item.results) {
    const certificate = verdicts[result.libtorch]?.certificate;
    verdicts[result.libtorch] = {...result, certificate, tone: toneOf(result)};
  }
  return verdicts;
}

/** The newest timing, on the newest LibTorch that has one. */
function timingOf(item, versions) {
  for (const version of [...versions].reverse()) {
    const found = item.results.find((result) => result.libtorch === version && result.timing);
    if (found) return {...found.timing, libtorch: version, machine: found.machine};
  }
  return null;
}

const numbers = (version) => version.split(".").map((part) => parseInt(part, 10) || 0);

/** Orders versions by their numbers: 2.6 before 2.14. */
export function compareVersions(a, b) {
  const [left, right] = [numbers(a), numbers(b)];
  for (let i = 0; i < Math.max(left.length, right.length); ++i) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function versionsOf(data) {
  const versions = new Set();
  for (const item of data.cases) {
    for (const entry of [...item.results, ...item.certificates]) versions.add(entry.libtorch);
  }
  return [...versions].sort(compareVersions);
}

/** Adds to each case its verdicts, its timing and its neighbours of the same mechanism. */
export function derive(data) {
  const versions = versionsOf(data);
  const meaning = Object.fromEntries(
    Object.entries(data.words).map(([kind, list]) => [kind, Object.fromEntries(list.map((w) => [w.name, w.meaning]))]));
  const mechanisms = data.words.mechanisms.map((word) => ({...word, cases: []}));
  for (const item of data.cases) {
    item.verdicts = verdictsOf(item);
    item.timed = timingOf(item, versions);
    mechanisms.find((mechanism) => mechanism.name === item.mechanism)?.cases.push(item);
  }
  for (const {cases} of mechanisms) {
    cases.forEach((item, i) => {
      item.previous = cases[i - 1] ?? null;
      item.next = cases[i + 1] ?? null;
    });
  }
  return {...data, versions, meaning, mechanisms};
}
