// The files of built sites.
import assert from "node:assert/strict";
import {existsSync, readFileSync} from "node:fs";
import {basename, dirname, join, resolve} from "node:path";
import {before, describe, test} from "node:test";

import {built, domOf, exported, filesIn, IDS, pagesIn, readJson, ROOT, run, sizeOf, SITE, temporary, textIn} from "./support.js";

const KB = 1024;
let site, student;

before(() => {
  site = built("site", exported().path);
  student = built("student", exported({student: true}).path);
});

const texts = new Map();

function textOf(path) {
  if (!texts.has(path)) texts.set(path, domOf(path).body.textContent);
  return texts.get(path);
}

/** What a page and all that it loads weigh. */
function weight(place, page) {
  const document = domOf(join(place, page));
  const parts = [...document.querySelectorAll("link[href], script[src], img[src]")]
    .map((node) => node.getAttribute("href") ?? node.getAttribute("src")).filter((name) => !name.startsWith("data:"));
  return sizeOf(join(place, page)) + parts.reduce((sum, name) => sum + sizeOf(resolve(place, dirname(page), name)), 0);
}

describe("every page", () => {
  test("has links that lead somewhere", () => {
    for (const place of [site, student]) {
      for (const page of pagesIn(place)) {
        const document = domOf(join(place, page));
        for (const node of document.querySelectorAll("[href], [src]")) {
          const link = node.getAttribute("href") ?? node.getAttribute("src");
          if (/^(https:|data:)/.test(link)) continue;
          const [path, fragment] = link.split("#");
          const target = path ? resolve(place, dirname(page), path.split("?")[0]) : join(place, page);
          assert.ok(existsSync(target), `${page}: ${link}`);
          if (fragment) assert.ok(domOf(target).getElementById(fragment), `${page}: ${link}`);
        }
      }
    }
  });

  test("asks no other host for anything", () => {
    for (const path of filesIn(site).filter((name) => /\.(html|css|js|svg)$/.test(name))) {
      const loads = textIn(path).match(/(<(?:script|link|img|iframe|source)[^>]*(?:src|href)=["']?(?:https?:)?\/\/|@import|url\(["']?https?:)[^>]*/g);
      assert.equal(loads, null, path);
    }
  });

  test("names no folder of this machine", () => {
    for (const path of filesIn(site)) assert.ok(!readFileSync(path).includes(ROOT), path);
  });

  test("is small enough: a bug 200 KB, the index 500 KB, with everything", () => {
    for (const page of pagesIn(site).filter((name) => name.startsWith("bugs/"))) {
      assert.ok(weight(site, page) <= 200 * KB, `${page}: ${weight(site, page)}`);
    }
    const search = sizeOf(join(site, "assets/minisearch.js")) + sizeOf(join(site, "assets/search.js"));
    assert.ok(weight(site, "index.html") + search <= 500 * KB);
  });
});

describe("a bug page", () => {
  const of = (id) => textOf(join(site, `bugs/${id}.html`));

  test("shows story, evidence, repair, graph, wrong repairs and verdicts", () => {
    for (const id of IDS) {
      const document = domOf(join(site, `bugs/${id}.html`));
      for (const part of ["story", "task", "seen", "repair", "graph", "wrong", "versions", "programs", "try"]) {
        assert.ok(document.getElementById(part), `${id}: #${part}`);
      }
      assert.ok(document.querySelectorAll(".diff .ins").length > 0, id);
      assert.equal(document.querySelectorAll("table.calls tbody tr").length, readJson(exported().path).cases.find((c) => c.id === id).observed.calls.length);
    }
  });

  test("shows the first disagreement with its picture", () => {
    const document = domOf(join(site, "bugs/ddpg-tf2-02a3f29.html"));
    assert.match(document.querySelector(".evidence .where").textContent, /Call 2, output 0/);
    assert.match(document.querySelector("img.difference").getAttribute("alt"), /beyond the tolerance/);
    assert.equal(document.querySelectorAll("tr.first").length, 1);
  });

  test("shows the newest verdict for each version", () => {
    assert.match(of("tf-pwa-0db1b0b"), /not reproduced/);
    assert.ok(!of("tf-pwa-0db1b0b").includes("an older verdict"));
  });

  test("has plots where there are times", () => {
    assert.equal(domOf(join(site, "bugs/psiz-6d7ca06.html")).querySelectorAll("svg.plot").length, 2);
  });

  test("leads to the original", () => {
    const link = domOf(join(site, "bugs/tf-pwa-0db1b0b.html")).querySelector(".facts a");
    assert.match(link.getAttribute("href"), /^https:\/\/github.com\/jiangyi15\/tf-pwa\/commit\/[0-9a-f]{40}$/);
  });
});

describe("the site for students", () => {
  /** Lines that only repairs have; short ones stand anywhere. */
  function linesOfRepairs() {
    let given = "";
    const lines = new Set();
    for (const id of IDS) {
      const folder = join(ROOT, "cases", id);
      for (const file of ["program.h", "buggy.cpp"]) given += existsSync(join(folder, file)) ? textIn(join(folder, file)) : "";
      for (const path of filesIn(folder).filter((name) => /(fixed|wrong_\w+)\.cpp$/.test(name))) {
        for (const line of textIn(path).split("\n")) lines.add(line.trim());
      }
    }
    return [...lines].filter((line) => line.length >= 8 && !given.includes(line));
  }

  test("has no line that only the repairs have, nowhere", () => {
    const lines = linesOfRepairs();
    assert.ok(lines.length > 50, "there is something to look for");
    for (const path of filesIn(student)) {
      const text = path.endsWith(".html") ? textOf(path) : textIn(path);
      for (const line of lines) assert.ok(!text.includes(line), `${path}: ${line}`);
    }
    const everything = filesIn(site).map((path) => (path.endsWith(".html") ? textOf(path) : "")).join("\n");
    assert.ok(lines.filter((line) => everything.includes(line)).length > lines.length / 2, "the search would find them");
  });

  test("has no story, lesson, source, and no graph of the repair", () => {
    for (const id of IDS) {
      const item = readJson(exported().path).cases.find((candidate) => candidate.id === id);
      const page = textOf(join(student, `bugs/${id}.html`)).replace(/\s+/g, " ");
      for (const text of [item.story, item.lesson, item.source.url, item.faithfulness.note]) {
        assert.ok(!page.includes(text.trim().replace(/\s+/g, " ")), `${id}: ${text}`);
      }
      assert.ok(!existsSync(join(student, `graphs/${id}-fixed.txt`)));
    }
  });

  test("has the task, the program with the bug and what it does", () => {
    const page = textOf(join(student, "bugs/ddpg-tf2-02a3f29.html"));
    for (const text of ["What the program should do", "Call 2, output 0", "batch = sample();"]) assert.ok(page.includes(text), text);
  });
});

describe("results of any origin", () => {
  test("of unknown cases are shown as such", () => {
    assert.match(textOf(join(site, "index.html")), /gone-1234567.*A case that was/s);
  });

  test("that are damaged or foreign are said and passed over", () => {
    assert.match(exported().output, /damaged\/report.json: is no JSON object/);
    assert.match(exported().output, /foreign\/report.json: results of no schema/);
  });

  test("of evaluations make a leaderboard, without the corpus's own programs and without gradings", () => {
    const page = textOf(join(site, "leaderboard.html"));
    assert.match(page, /a model/);
    assert.match(page, /33 %/);
    assert.ok(!page.includes("gold") && !page.includes("a student of ours"));
    assert.ok(page.includes("<b>crashed</b>"), "evidence is text");
  });

  test("that are missing leave pages that say so", () => {
    const bare = readJson(exported().path);
    for (const item of bare.cases) Object.assign(item, {observed: null, results: [], certificates: []});
    Object.assign(bare, {evaluations: [], unknown_results: [], study: {study: {total: {bugs: 0}}, reports: {total: {bugs: 0}}}});
    const place = built("bare", bare);
    assert.match(textOf(join(place, "index.html")), /Nothing has been measured yet/);
    for (const id of IDS) assert.match(textOf(join(place, `bugs/${id}.html`)), /Not measured/, id);
    assert.match(textOf(join(place, "leaderboard.html")), /no evaluations yet/);
  });
});

describe("build", () => {
  test("has a text for every mechanism", () => {
    const words = readJson(exported().path).words.mechanisms.map((word) => `${word.name}.md`).sort();
    const files = filesIn(join(SITE, "src/mechanisms")).filter((name) => name.endsWith(".md")).map((name) => name.split("/").pop()).sort();
    assert.deepEqual(files, words);
  });

  test("says what is wrong with an export, and leaves an earlier site alone", () => {
    const {status, output} = run(join(SITE, "build"), ["--export", join(SITE, "package.json"), "--output", site]);
    assert.notEqual(status, 0);
    assert.match(output, /package.json: is no export of schema 1/);
    assert.ok(existsSync(join(site, "index.html")));
  });

  test("takes paths as they are where it is called", () => {
    const {path} = exported();
    const {status, output} = run(join(SITE, "build"), ["--export", basename(path), "--output", "near"], {cwd: dirname(path)});
    assert.equal(status, 0, output);
    assert.ok(existsSync(join(dirname(path), "near/index.html")));
  });

  test("has a lock file without an address of a registry", () => {
    const lock = textIn(join(SITE, "package-lock.json"));
    assert.ok(!lock.includes('"resolved"') && !/https?:\/\/registry/.test(lock));
  });

  test("explains itself", () => {
    assert.match(run(join(SITE, "build"), ["--help"]).output, /--student/);
  });
});
