"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const data = JSON.parse(byId("data").textContent);
  const requests = data.requests;
  const form = byId("filters");
  const words = byId("words");
  const table = byId("list");
  const body = table.tBodies[0];
  const rows = requests.map((_, at) => byId("l" + (at + 1)));
  const sheets = requests.map((_, at) => byId("r" + (at + 1)));
  const plain = (text) => text.normalize("NFKC").toLowerCase().replace(/(\d),(?=\d{3})/g, "$1");
  const commas = (n) => (n < 0 ? "△" : "") + Math.abs(n).toLocaleString("en-US");
  const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const numbered = new RegExp("(?:^|\\s)(?:no|" + escaped(plain(data.no)) + ")[.:]?\\s*仮?(\\d+)(?=\\s|$)", "g");
  const chains = [["account", "kan", "kou", "moku"], ["bureau", "section"]];
  const choices = [...form.querySelectorAll("select")];
  const every = new Map(choices.map((one) => [one, [...one.options]]));
  let texts = null;
  let ends = [];

  const has = (one, key) =>
    Array.isArray(one[key.name]) ? one[key.name].includes(key.value) : one[key.name] === key.value;

  // A number is looked for as a whole: 331 is not found in 1,331.
  function finder(part) {
    if (!/^\d+$/.test(part)) return (text) => text.includes(part);
    const whole = new RegExp("(?<!\\d)" + part + "(?!\\d)");
    return (text) => whole.test(text);
  }

  function wanted() {
    const keys = choices.filter((one) => one.value);
    const numbers = [];
    const rest = plain(words.value).replace(numbered, (_, no) => (numbers.push(Number(no)), " "));
    const finders = rest.split(/\s+/).filter(Boolean).map(finder);
    if (finders.length && !texts) texts = sheets.map((sheet) => plain(sheet.textContent));
    return (one, at) =>
      keys.every((key) => has(one, key)) &&
      numbers.every((no) => one.no === no) &&
      finders.every((finds) => finds(texts[at]));
  }

  // 課 follows 部: a choice offers what there is below those before it.
  function follow() {
    for (const chain of chains) {
      const upper = [];
      for (const key of chain.map((name) => form.elements[name]).filter(Boolean)) {
        const below = requests.filter((one) => upper.every((other) => has(one, other)));
        const known = new Set(below.map((one) => one[key.name]));
        const chosen = key.value;
        key.replaceChildren(...every.get(key).filter((one) => !one.value || known.has(one.value)));
        key.value = known.has(chosen) ? chosen : "";
        if (key.value) upper.push(key);
      }
    }
  }

  const inOrder = () => [...body.rows].filter((row) => !row.hidden).map((row) => sheets[row.id.slice(1) - 1]);

  // The first sheet that is shown has none before it, the last none after it.
  function mark() {
    for (const link of ends) link.hidden = false;
    const shown = inOrder();
    const link = (sheet, rel) => sheet && sheet.querySelector(".way [rel=" + rel + "]");
    ends = [link(shown[0], "prev"), link(shown.at(-1), "next")].filter(Boolean);
    for (const link of ends) link.hidden = true;
  }

  function narrow() {
    follow();
    const fits = wanted();
    let shown = 0, counted = 0, sum = 0, given = 0, decided = 0;
    requests.forEach((one, at) => {
      const fit = fits(one, at);
      if (rows[at].hidden === fit) rows[at].hidden = sheets[at].hidden = !fit;
      shown += fit;
      if (!fit || !one.counted) return;
      counted += 1;
      sum += one["asked/total"] || 0;
      if (typeof one["decided/total"] === "number") { given += 1; decided += one["decided/total"]; }
    });
    const left = shown - counted ? "（ほかに未算入 " + commas(shown - counted) + "件）" : "";
    const far = given < counted ? "（決定 " + commas(given) + " / " + commas(counted) + "）" : "";
    const budget = data.decided && given ? "　" + data.decided + "の計 " + commas(decided) + data.unit + far : "";
    byId("tally").textContent =
      commas(requests.length) + "件のうち " + commas(shown) + "件　" + data.asked + "の計 " + commas(sum) + data.unit + budget + left;
    mark();
  }

  // The address has what is looked for: only keys of the form, and only values that it offers.
  const asked = () =>
    new URLSearchParams([...choices, words].filter((one) => one.value.trim()).map((one) => [one.name, one.value.trim()])).toString();

  function keep(replaced) {
    const said = asked();
    if (said === location.hash.slice(1) || (!said && !location.hash.includes("="))) return;
    history[replaced ? "replaceState" : "pushState"](null, "", "#" + said);
  }

  function restore() {
    const said = location.hash.slice(1);
    if (said && !said.includes("=")) return;
    const found = new URLSearchParams(said);
    for (const one of choices) {
      one.replaceChildren(...every.get(one));
      const value = found.get(one.name) || "";
      one.value = every.get(one).some((option) => option.value === value) ? value : "";
    }
    words.value = (found.get("words") || "").slice(0, 200);
    narrow();
  }

  function value(row, column, isNumber) {
    const text = row.cells[column].textContent;
    if (!isNumber) return text;
    const number = Number(text.replace("△", "-").replace("仮", "").replaceAll(",", ""));
    return text === "-" || Number.isNaN(number) ? null : number;
  }

  function compare(a, b, down) {
    if (a === null || b === null) return (a === null) - (b === null);
    const order = typeof a === "number" ? a - b : a.localeCompare(b, "ja");
    return down ? -order : order;
  }

  function sort(head) {
    const column = head.cellIndex;
    const isNumber = head.classList.contains("n");
    const before = head.getAttribute("aria-sort");
    const down = before ? before === "ascending" : isNumber && column > 0;
    for (const other of head.parentElement.cells) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const keyed = rows.map((row) => [value(row, column, isNumber), row]);
    keyed.sort((one, two) => compare(one[0], two[0], down));
    body.append(...keyed.map((pair) => pair[1]));
    mark();
  }

  for (const head of table.tHead.rows[0].cells) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    button.title = "並べかえる";
    head.replaceChildren(button);
    button.addEventListener("click", () => sort(head));
  }
  let later = 0;
  const changed = (replaced) => { narrow(); keep(replaced); };
  words.addEventListener("input", () => { clearTimeout(later); later = setTimeout(() => changed(true), 120); });
  form.addEventListener("change", (event) => { clearTimeout(later); changed(event.target === words); });
  form.addEventListener("submit", (event) => { event.preventDefault(); changed(false); });
  form.addEventListener("reset", () => setTimeout(() => changed(false)));
  addEventListener("popstate", restore);

  // The way from sheet to sheet is that of the list: as it is narrowed and sorted.
  byId("sheets").addEventListener("click", (event) => {
    const link = event.target.closest(".way [rel]");
    if (!link) return;
    const shown = inOrder();
    const at = shown.indexOf(link.closest("article"));
    const next = shown[at + (link.rel === "prev" ? -1 : 1)];
    event.preventDefault();
    location.hash = next ? next.id : "requests";
  });
  form.hidden = false;
  if (location.hash.includes("=")) restore();
  else narrow();
})();
