// The site in a browser: Debian's chromium, or the one that CHROMIUM names.
import assert from "node:assert/strict";
import {existsSync, readFileSync} from "node:fs";
import {createServer} from "node:http";
import {createRequire} from "node:module";
import {extname, join, normalize} from "node:path";
import {after, before, describe, test} from "node:test";
import {pathToFileURL} from "node:url";

import {chromium} from "playwright-core";

import {built, exported, IDS, pagesIn, readJson} from "./support.js";

const BROWSER = process.env.CHROMIUM ?? "/usr/bin/chromium";
const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const skip = existsSync(BROWSER) ? false : `${BROWSER} is not there: ci/setup --site installs it`;
const ATTACK = `</title><script>window.pwned = 1</script><img src=x onerror="window.pwned = 1">`;

let browser, site, student, hostile, server, address;

const fileUrl = (place, page) => pathToFileURL(join(place, page)).href;

function serve(place) {
  const types = {".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"};
  return new Promise((ready) => {
    server = createServer((request, answer) => {
      const path = join(place, normalize(decodeURI(request.url.split("?")[0])));
      if (!existsSync(path)) return answer.writeHead(404).end();
      answer.writeHead(200, {"content-type": types[extname(path)] ?? "text/plain"}).end(readFileSync(path));
    }).listen(0, "127.0.0.1", () => ready(`http://127.0.0.1:${server.address().port}/`));
  });
}

/** The export with markup wherever a text of a case or a result may stand. */
function attacked() {
  const data = readJson(exported().path);
  for (const item of data.cases) {
    for (const key of ["title", "story", "lesson", "task", "domain", "expected_failure"]) item[key] = `${item[key]} ${ATTACK}`;
    item.hints = [ATTACK];
    item.prerequisites = [ATTACK];
    item.faithfulness.note = ATTACK;
    item.source.project = ATTACK;
    for (const file of Object.keys(item.sources)) item.sources[file] = `// ${ATTACK}\n${item.sources[file]}`;
    for (const found of item.results) found.evidence = ATTACK;
    if (item.observed?.disagreement) Object.assign(item.observed.disagreement, {expected: ATTACK, got: ATTACK, message: `${ATTACK} ${ATTACK}`});
  }
  data.unknown_results[0].title = ATTACK;
  return data;
}

/** A page of its own, with what went wrong on it. */
async function open(url, options = {}) {
  const context = await browser.newContext({viewport: {width: 1280, height: 900}, ...options});
  const page = await context.newPage();
  const trouble = [];
  page.on("console", (message) => message.type() === "error" && trouble.push(message.text()));
  page.on("pageerror", (error) => trouble.push(error.message));
  page.on("request", (request) => {
    if (!/^(file:|data:|http:\/\/127\.0\.0\.1)/.test(request.url())) trouble.push(`request to ${request.url()}`);
  });
  page.on("requestfailed", (request) => trouble.push(`failed: ${request.url()}`));
  await page.goto(url);
  return {page, trouble, close: () => context.close()};
}

const shownRows = (page) => page.locator("#bugs tbody tr:visible").count();

describe("the site in a browser", {skip}, () => {
  before(async () => {
    browser = await chromium.launch({executablePath: BROWSER, args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]});
    site = built("site", exported().path);
    student = built("student", exported({student: true}).path);
    hostile = built("hostile", attacked());
    address = await serve(site);
  });
  after(async () => {
    await browser?.close();
    server?.close();
  });

  test("every page opens from disk without an error and without a request elsewhere", async () => {
    for (const place of [site, student]) {
      for (const name of pagesIn(place)) {
        const {page, trouble, close} = await open(fileUrl(place, name));
        assert.deepEqual(trouble, [], name);
        assert.ok(await page.locator("h1").isVisible(), name);
        await close();
      }
    }
  });

  for (const [how, urlOf] of [["from disk", (name) => fileUrl(site, name)], ["from a server", (name) => address + name]]) {
    test(`filters and search work ${how}`, async () => {
      const {page, trouble, close} = await open(urlOf("index.html"));
      assert.equal(await shownRows(page), IDS.length);
      await page.selectOption("select[name=symptom]", "slow");
      assert.equal(await shownRows(page), 1);
      assert.equal(await page.locator("#shown").textContent(), `1 of ${IDS.length} bugs`);
      await page.selectOption("select[name=mechanism]", "crash");
      assert.equal(await shownRows(page), 0);
      await page.click("#clear");
      await page.waitForFunction((count) => document.querySelectorAll("#bugs tbody tr:not([hidden])").length === count, IDS.length);
      await page.fill("input[name=q]", "replay buf");
      await page.waitForFunction(() => document.querySelectorAll("#bugs tbody tr:not([hidden])").length === 1);
      assert.equal(await page.locator("#bugs tbody tr:visible").getAttribute("data-id"), "ddpg-tf2-02a3f29");
      await page.fill("input[name=q]", "no such word anywhere");
      await page.waitForFunction(() => !document.getElementById("none").hidden);
      await page.selectOption("select[name=libtorch]", "2.6.0 not_reproduced");
      await page.fill("input[name=q]", "");
      await page.waitForFunction(() => document.querySelectorAll("#bugs tbody tr:not([hidden])").length === 1);
      assert.equal(await page.locator("#bugs tbody tr:visible").getAttribute("data-id"), "tf-pwa-0db1b0b");
      assert.deepEqual(trouble, []);
      await close();
    });
  }

  test("the address keeps the filters", async () => {
    const {page, close} = await open(`${address}index.html?symptom=hang`);
    await page.waitForFunction(() => document.querySelectorAll("#bugs tbody tr:not([hidden])").length === 1);
    await page.selectOption("select[name=symptom]", "memory");
    assert.match(page.url(), /symptom=memory/);
    await close();
  });

  test("plots are there, have a name, and say more under the mouse", async () => {
    const {page, close} = await open(fileUrl(site, "index.html"));
    const plots = page.locator("svg.plot[role=img][aria-label]");
    assert.equal(await plots.count(), 2);
    await plots.first().locator("circle").first().hover();
    assert.match(await page.locator("#tip").textContent(), /psiz-6d7ca06: 4\.2 times as slow as fixed/);
    await close();
    const bug = await open(fileUrl(site, "bugs/psiz-6d7ca06.html"));
    assert.equal(await bug.page.locator("svg.plot circle").count() > 30, true, "all samples");
    await bug.close();
  });

  test("without JavaScript everything can be read", async () => {
    const {page, close} = await open(fileUrl(site, "index.html"), {javaScriptEnabled: false});
    assert.equal(await shownRows(page), IDS.length);
    assert.equal(await page.locator("#filters").isVisible(), false, "no filter that does nothing");
    assert.equal(await page.locator("svg.plot title").count() > 10, true, "tooltips of the browser");
    await page.goto(fileUrl(site, "bugs/ddpg-tf2-02a3f29.html"));
    for (const part of ["#story", "#repair", "#graph", ".evidence", ".diff"]) assert.ok(await page.locator(part).first().isVisible(), part);
    await close();
  });

  test("the keyboard reaches the content, the filters and what scrolls", async () => {
    const {page, close} = await open(fileUrl(site, "index.html"));
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
    await page.keyboard.press("Enter");
    const reached = new Set();
    for (let i = 0; i < 60; ++i) {
      await page.keyboard.press("Tab");
      reached.add(await page.evaluate(() => document.activeElement.name ?? document.activeElement.className));
    }
    for (const name of ["q", "mechanism", "symptom", "libtorch"]) assert.ok(reached.has(name), name);
    await close();
    const bug = await open(fileUrl(site, "bugs/ddpg-tf2-02a3f29.html"), {viewport: {width: 380, height: 800}});
    const stuck = await bug.page.evaluate(() => [...document.querySelectorAll("main *")]
      .filter((node) => node.scrollWidth > node.clientWidth + 1 && /auto|scroll/.test(getComputedStyle(node).overflowX) && node.tabIndex < 0)
      .map((node) => node.outerHTML.slice(0, 80)));
    assert.deepEqual(stuck, []);
    await bug.close();
  });

  test("nothing is wider than a phone", async () => {
    for (const place of [site, student]) {
      for (const name of pagesIn(place)) {
        const {page, close} = await open(fileUrl(place, name), {viewport: {width: 380, height: 800}});
        const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
        assert.ok(content <= window, `${name}: ${content}`);
        await close();
      }
    }
  });

  test("axe finds nothing, in light and dark, wide and narrow", async () => {
    const names = ["index.html", "mechanisms.html", "mechanisms/shape-baked.html", "method.html", "glossary.html", "leaderboard.html",
      ...IDS.map((id) => `bugs/${id}.html`)];
    const looks = [{colorScheme: "light"}, {colorScheme: "dark"}, {colorScheme: "light", viewport: {width: 380, height: 800}}];
    const found = [];
    for (const [place, pages] of [[site, names], [student, ["index.html", `bugs/${IDS[0]}.html`]]]) {
      for (const name of pages) {
        for (const look of looks) {
          const {page, close} = await open(fileUrl(place, name), look);
          await page.evaluate(() => document.querySelectorAll("details").forEach((node) => { node.open = true; }));
          await page.addScriptTag({path: AXE});
          const {violations} = await page.evaluate(() => axe.run());
          for (const {id, nodes} of violations) found.push(`${name} ${look.colorScheme}: ${id}: ${nodes[0].html.slice(0, 120)} ${nodes[0].failureSummary}`);
          await close();
        }
      }
    }
    assert.deepEqual(found, []);
  });

  test("markup in a story, a name or a result is text", async () => {
    for (const name of pagesIn(hostile).filter((page) => !page.startsWith("mechanisms/") || page.includes("shape-baked"))) {
      const {page, trouble, close} = await open(fileUrl(hostile, name));
      assert.equal(await page.evaluate(() => window.pwned), undefined, name);
      assert.deepEqual(trouble, [], name);
      if (name.startsWith("bugs/")) assert.ok((await page.locator("main").textContent()).includes(ATTACK), name);
      await close();
    }
    const {page, close} = await open(fileUrl(hostile, "index.html"));
    await page.fill("input[name=q]", "pwned");
    await page.waitForTimeout(300);
    assert.equal(await page.evaluate(() => window.pwned), undefined);
    await close();
  });
});
