// 筛选与排序 — hides the rows of a list that do not hold what the reader looks for, sums those that are left, and puts them in the
// order of a column. What is chosen stands in the address, so that it can be sent on. Without it the whole list is shown in its own order.
"use strict";
for (const form of document.querySelectorAll("form.filter[data-for]")) {
  const table = document.getElementById(form.dataset.for);
  const count = document.getElementById(form.dataset.for + "-count");
  const body = table.tBodies[0];
  const number = (text) => (/^-?[\d,]+(\.\d+)?$/.test(text) ? text.replaceAll(",", "") : null);
  const rows = [...body.rows].map((row) => ({ row, text: row.textContent.toLowerCase(), plain: row.textContent.replaceAll(",", "").toLowerCase() }));
  const field = form.querySelector("input[type=search]");
  const until = form.querySelector("input[type=date]");
  const choices = [...form.querySelectorAll("select")];
  // The name of a field in the address: the words beside it.
  const named = [field, until, ...choices].filter(Boolean).map((control) => [control.labels[0].textContent.trim(), control]);

  // The cells of the total, each with the column that it sums; and what they say of the whole list.
  const sums = [...(table.tFoot?.rows[0]?.cells ?? [])].map((cell, column) => ({ cell, column, whole: cell.textContent })).filter(({ whole }) => number(whole.trim()) !== null);
  const head = table.tFoot?.rows[0]?.cells[0];
  const heading = head?.textContent;
  // Exact, whatever the decimals: whole numbers of the smallest unit that occurs.
  const sum = (texts) => {
    const numbers = texts.map((text) => number(text.trim())).filter((text) => text !== null);
    const places = Math.max(0, ...numbers.map((text) => (text.split(".")[1] ?? "").length));
    const total = numbers.reduce((total, text) => {
      const [whole, part = ""] = text.split(".");
      return total + BigInt(whole + part.padEnd(places, "0"));
    }, 0n);
    const digits = String(total < 0n ? -total : total).padStart(places + 1, "0");
    const whole = digits.slice(0, digits.length - places).replace(/\B(?=(\d{3})+$)/g, ",");
    const part = digits.slice(digits.length - places).replace(/0+$/, "");
    return (total < 0n ? "-" : "") + whole + (part && "." + part);
  };

  // What was in force on a day: published by then, and told as it stood then.
  const asOf = (row, day) => {
    const { from, until: last, over } = row.dataset;
    if (from && from > day) return false;
    const cell = row.querySelector(".validity");
    // A row without a validity of its own is there as long as it holds.
    if (!cell && last && day > last && day < "9999") return false;
    // Its validity of today holds for a day on which it had not ended yet, unless it is the other way round.
    if (cell) cell.textContent = last && day <= last ? "有效" : last && day > last && day < "9999" && over === "有效" ? "失效" : over;
    return true;
  };

  const apply = () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    const day = until?.value || "9999-12-31";
    let shown = 0;
    for (const { row, text, plain } of rows) {
      const there = asOf(row, day);
      const fits = there && words.every((word) => text.includes(word) || plain.includes(word)) &&
        choices.every((choice) => !choice.value || row.cells[choice.dataset.column].textContent === choice.value);
      row.hidden = !fits;
      if (fits) shown += 1;
    }
    const whole = shown === rows.length;
    count.textContent = whole ? `共${rows.length}条` : `共${rows.length}条，符合条件的${shown}条`;
    const left = rows.filter(({ row }) => !row.hidden);
    for (const { cell, column, whole: written } of sums) cell.textContent = whole ? written : sum(left.map(({ row }) => row.cells[column].textContent));
    if (head && sums.length) head.textContent = whole ? heading : `${heading}（所列${shown}条）`;
  };

  const key = (row, column) => {
    const cell = row.cells[column];
    if (!cell) return "";
    const text = cell.textContent.trim();
    return cell.dataset.sort ?? number(text) ?? text;
  };
  const compare = new Intl.Collator("zh-CN", { numeric: true }).compare;
  const order = (column, down) => {
    const keyed = rows.map(({ row }) => ({ row, key: key(row, column) }));
    // Empty cells stay at the end in either direction.
    keyed.sort((a, b) => (!a.key - !b.key) || (down ? compare(b.key, a.key) : compare(a.key, b.key)));
    body.append(...keyed.map(({ row }) => row));
  };
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sort";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      order(column, down);
    });
  });

  const address = () => {
    const asked = new URLSearchParams();
    for (const [name, control] of named) if (control.value) asked.set(name, control.value);
    history.replaceState(null, "", asked.size ? "?" + asked : location.pathname);
  };
  form.addEventListener("input", () => { apply(); address(); });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(() => {
    heads.forEach((head) => head.removeAttribute("aria-sort"));
    body.append(...rows.map(({ row }) => row));
    apply();
    address();
  }));
  const asked = new URLSearchParams(location.search);
  for (const [name, control] of named) if (asked.has(name)) control.value = asked.get(name);
  // A link to an entry must show it, whatever the browser kept in the fields.
  if (location.hash && !asked.size) {
    const hash = location.hash;
    for (const [, control] of named) control.value = "";
    apply();
    document.getElementById(decodeURIComponent(hash.slice(1)))?.scrollIntoView();
  }
  form.hidden = false;
  apply();
}
