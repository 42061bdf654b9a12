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
  const plain = (text) => text.normalize("NFKC").toLowerCase();
  const commas = (n) => (n < 0 ? "△" : "") + Math.abs(n).toLocaleString("en-US");
  let texts = null;

  function wanted() {
    const keys = [...form.querySelectorAll("select")].filter((one) => one.value);
    const parts = plain(words.value).split(/\s+/).filter(Boolean);
    if (parts.length && !texts) texts = sheets.map((sheet) => plain(sheet.textContent));
    return (one, at) =>
      keys.every((key) => one[key.name] === key.value) &&
      parts.every((part) => texts[at].includes(part));
  }

  function narrow() {
    const fits = wanted();
    let shown = 0, counted = 0, sum = 0;
    requests.forEach((one, at) => {
      const fit = fits(one, at);
      rows[at].hidden = sheets[at].hidden = !fit;
      shown += fit;
      if (fit && one.counted) { counted += 1; sum += one["asked/total"] || 0; }
    });
    const left = shown - counted ? "（ほかに未算入 " + commas(shown - counted) + "件）" : "";
    byId("tally").textContent =
      commas(requests.length) + "件のうち " + commas(shown) + "件　" + data.asked + "の計 " + commas(sum) + data.unit + left;
  }

  function value(row, column, isNumber) {
    const text = row.cells[column].textContent;
    if (!isNumber) return text;
    const number = Number(text.replace("△", "-").replaceAll(",", ""));
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
  words.addEventListener("input", () => { clearTimeout(later); later = setTimeout(narrow, 120); });
  form.addEventListener("change", narrow);
  form.addEventListener("submit", (event) => { event.preventDefault(); narrow(); });
  form.addEventListener("reset", () => setTimeout(narrow));
  form.hidden = false;
  narrow();
})();
