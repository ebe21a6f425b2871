// Filters and search of the table, and tooltips. Everything can be read without this.
"use strict";
(() => {
  const rows = [...document.querySelectorAll("#bugs tbody tr")];
  const form = document.getElementById("filters");

  /* The index of the search is made when somebody first searches: two files that other visits don't load. */
  let searching = null;
  const load = (name) => new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = `assets/${name}`;
    script.onload = done;
    script.onerror = failed;
    document.head.append(script);
  });
  const searcher = () => searching ??= Promise.all([load("minisearch.js"), load("search.js")]).then(() => {
    const index = new MiniSearch({
      fields: ["title", "id", "text"], tokenize: (text) => text.split(/[^\p{L}\p{N}]+/u),
      searchOptions: {prefix: true, combineWith: "AND", fuzzy: (term) => (term.length > 5 ? 0.16 : false), boost: {title: 3, id: 2}},
    });
    index.addAll(hybugsSearch);
    return index;
  });

  const fits = (row, values) => [...values].every(([name, value]) => {
    if (!value || name === "q") return true;
    const own = row.dataset[name] ?? "";
    return name === "libtorch" ? own.split("|").includes(value) : own === value;
  });

  async function apply() {
    const values = new FormData(form);
    const words = String(values.get("q")).trim();
    const found = words ? new Set((await searcher()).search(words).map((hit) => hit.id)) : null;
    if (words !== form.elements.q.value.trim()) return; // typed on meanwhile
    let shown = 0;
    for (const row of rows) {
      row.hidden = !fits(row, values.entries()) || (found !== null && !found.has(row.dataset.id));
      shown += row.hidden ? 0 : 1;
    }
    document.getElementById("shown").textContent = shown === rows.length ? `${shown} bugs` : `${shown} of ${rows.length} bugs`;
    document.getElementById("none").hidden = shown > 0;
    remember(values);
  }

  /* The address says what is shown, so that it can be sent to others. */
  function remember(values) {
    const query = new URLSearchParams([...values].filter(([, value]) => value));
    const address = `${location.pathname}${query.size ? `?${query}` : ""}${location.hash}`;
    try {
      history.replaceState(null, "", address);
    } catch { /* not allowed for files in some browsers */ }
  }

  if (form) {
    form.hidden = false;
    for (const [name, value] of new URLSearchParams(location.search)) {
      if (form.elements[name]) form.elements[name].value = value;
    }
    form.addEventListener("input", apply);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(apply));
    document.getElementById("clear").addEventListener("click", () => form.reset());
    if (location.search) apply();
  }

  /* <title> of a mark in a plot as a tooltip that comes at once. */
  const tip = document.createElement("div");
  tip.id = "tip";
  tip.hidden = true;
  tip.setAttribute("aria-hidden", "true");
  for (const svg of document.querySelectorAll("svg.plot")) {
    for (const title of svg.querySelectorAll("title")) {
      title.parentNode.dataset.tip = title.textContent;
      title.remove();
    }
    svg.addEventListener("mousemove", (event) => {
      const mark = event.target.closest("[data-tip]");
      tip.hidden = !mark;
      if (!mark) return;
      document.body.append(tip);
      tip.textContent = mark.dataset.tip;
      tip.style.left = `${Math.min(event.pageX + 14, scrollX + innerWidth - tip.offsetWidth - 8)}px`;
      tip.style.top = `${event.pageY + 16}px`;
    });
    svg.addEventListener("mouseleave", () => { tip.hidden = true; });
  }
})();
