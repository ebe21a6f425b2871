// What the tests of the site share: real exports of a few cases, results that they are shown with, and built sites.
import {spawnSync} from "node:child_process";
import {mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {dirname, join, relative, resolve} from "node:path";
import {fileURLToPath} from "node:url";

import {parseHTML} from "linkedom";

export const SITE = resolve(dirname(fileURLToPath(import.meta.url)), "..");
export const ROOT = resolve(SITE, "../..");
export const HYBUGS = join(ROOT, "build/release/bin/hybugs");

// One case of each symptom.
export const IDS = ["ddpg-tf2-02a3f29", "gpflow-c7550ce", "psiz-6d7ca06", "pt-51154", "pt-86537", "tensorflow-48418", "tf-pwa-0db1b0b"];

const folder = mkdtempSync(join(tmpdir(), "hybugs-site-"));
process.on("exit", () => rmSync(folder, {recursive: true, force: true}));
export const temporary = (name) => join(folder, name);

export function run(command, args, options = {}) {
  const done = spawnSync(command, args, {encoding: "utf8", ...options});
  if (done.error) throw done.error;
  return {status: done.status, output: done.stdout + done.stderr};
}

function mustRun(command, args) {
  const {status, output} = run(command, args);
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${status}:\n${output}`);
  return output;
}

export function write(path, text) {
  mkdirSync(dirname(path), {recursive: true});
  writeFileSync(path, text);
}

const context = (libtorch, date) => ({
  schema: 3, date, machine: "a machine", cores: 2, memory_bytes: 1, kernel: "k", system: "Debian", libtorch, blas: "b",
  compiler: "c", flags: "", sandbox: "namespaces", commit: "abc", governor: "unknown", affinity: "0-1", load_start: 0,
  load_end: 0, command: "hybugs run",
});

const interval = (ratio) => ({ratio, low: ratio * 0.9, high: ratio * 1.1, pairs: 12});

function timing() {
  const samples = [];
  const sample = (program, phase, pair, process, seconds) => samples.push({
    program, phase, pair, process, calls: 2, seconds, wall_seconds: seconds, cpu_seconds: seconds, waiting_seconds: 0, disturbed: false,
  });
  for (let pair = 0; pair < 12; ++pair) {
    sample("buggy", "new_shape", pair, pair >> 2, 0.008 + 0.0001 * pair);
    sample("fixed", "new_shape", pair, pair >> 2, 0.002);
    sample("eager", "new_shape", pair, pair >> 2, 0.003);
  }
  sample("buggy", "first_call", -1, 0, 0.1);
  const use = ["buggy", "fixed", "eager"].map((program) => ({program, peak_bytes: 4096, growth_per_call: 1.5, graphs: 3, operators: 30}));
  return {
    threshold: 2, against_fixed: interval(4.2), against_eager: interval(2.7), fixed_against_eager: interval(0.7), samples, use,
    disturbed_pairs: 0, stopped: "", failure: "", google_benchmark: "",
  };
}

export const result = (id, more = {}) => ({
  schema: 3, id, title: `Title of ${id}`, mechanism: "shape-baked", symptom: "exception", because: "", verdict: "reproduced",
  expected: "reproduced", harness_error: false, evidence: "call 2: threw", seeds: [], timing: null, seconds: 1, key: "k",
  repeat: "r", log: "", ...more,
});

function writeResults(place, libtorch, date, results) {
  write(join(place, "context.json"), JSON.stringify(context(libtorch, date)));
  write(join(place, "results.jsonl"), results.map((line) => JSON.stringify(line) + "\n").join(""));
}

const rate = (resolved, all) => ({resolved, harness_errors: 0, all, rate: resolved / all, rate_without_harness_errors: resolved / all});

function evaluation() {
  const verdict = (status, evidence) => ({status, evidence, disagreement: null});
  const answer = (id, model, status, evidence) => ({
    instance_id: id, model_name_or_path: model, line: 1, verdict: verdict(status, evidence), seconds: 1, key: "k", log: "",
    mechanism: "rng-once", category: "Performance",
  });
  return {
    schema: 1, void: false, context: context("1.13.1", "2026-03-01T00:00:00Z"),
    settings: {seed: 7, seeds: [0, 1, 2], sandbox: "namespaces", sandbox_reason: "", lint: true, gate: "passed"},
    input_errors: [],
    results: [answer(IDS[0], "a model", "resolved", "agrees"), answer(IDS[3], "a model", "crashed", "call 3: <b>crashed</b>"),
      answer("not-here-any-more", "a model", "unresolved", "call 1"), answer(IDS[0], "gold", "resolved", "agrees")],
    models: {"a model": {...rate(1, 3), by_mechanism: {}, by_category: {}}, gold: {...rate(1, 1), by_mechanism: {}, by_category: {}}},
  };
}

/** A folder of results: two versions, an unknown case, an evaluation, a grading, damaged files. */
export function resultsFolder() {
  const place = temporary("results");
  writeResults(join(place, "old"), "1.13.1", "2026-01-01T00:00:00Z",
    [result(IDS[6], {verdict: "flaky", evidence: "an older verdict"}), result(IDS[2], {timing: timing(), symptom: "slow"})]);
  writeResults(join(place, "new"), "1.13.1", "2026-02-01T00:00:00Z", [result(IDS[6]), result("gone-1234567", {title: "A case that was"})]);
  writeResults(join(place, "other"), "2.6.0", "2026-02-02T00:00:00Z", [
    result(IDS[6], {verdict: "not_reproduced", expected: "not_reproduced", evidence: "agrees"}),
    result(IDS[0], {verdict: "inconclusive", evidence: "undecided"}), result(IDS[3], {verdict: "wrong_failure", evidence: "another signal"})]);
  write(join(place, "evaluation/report.json"), JSON.stringify(evaluation()));
  write(join(place, "class/grading.json"), "{}");
  write(join(place, "class/report.json"), JSON.stringify(evaluation()).replaceAll("a model", "a student of ours"));
  write(join(place, "damaged/report.json"), '{"schema": 3, "context": {');
  write(join(place, "foreign/report.json"), '{"schema": 99, "context": {}, "results": []}');
  return place;
}

// The corpus's own certificates, without its published results: those change with each release, and are newer than any here.
const CERTIFICATES = join(ROOT, "results/libtorch-1.13.1/certificates");

const exports = {};

/** The file of an export of IDS, made once. */
export function exported({student = false} = {}) {
  const name = student ? "student.json" : "site.json";
  if (!exports[name]) {
    const path = temporary(name);
    const args = ["export", "--site", path, "--results", CERTIFICATES, "--results", resultsFolder(), ...IDS];
    exports[name] = {path, output: mustRun(HYBUGS, student ? [...args, "--student"] : args)};
  }
  return exports[name];
}

export const readJson = (path) => JSON.parse(readFileSync(path, "utf8"));

/** A site of an export, or of an object that stands for one. */
export function built(name, source) {
  let path = source;
  if (typeof source !== "string") write(path = temporary(`${name}.json`), JSON.stringify(source));
  mustRun(join(SITE, "build"), ["--export", path, "--output", temporary(name)]);
  return temporary(name);
}

export function filesIn(place) {
  return readdirSync(place, {withFileTypes: true}).flatMap((entry) => {
    const path = join(place, entry.name);
    return entry.isDirectory() ? filesIn(path) : [path];
  });
}

export const pagesIn = (place) => filesIn(place).filter((path) => path.endsWith(".html")).map((path) => relative(place, path));
export const textIn = (path) => readFileSync(path, "utf8");
const documents = new Map();

/** A page as a document, which isn't to be changed: pages are looked at again and again. */
export function domOf(path) {
  if (!documents.has(path)) documents.set(path, parseHTML(textIn(path)).document);
  return documents.get(path);
}
export const sizeOf = (path) => statSync(path).size;
