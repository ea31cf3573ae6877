// 筛选与排序 — hides the rows of a list that do not hold what the reader looks for, and puts them in the order of a column.
// Without it the whole list is shown in its own order.
"use strict";
for (const form of document.querySelectorAll("form.filter[data-for]")) {
  const table = document.getElementById(form.dataset.for);
  const count = document.getElementById(form.dataset.for + "-count");
  const body = table.tBodies[0];
  const rows = [...body.rows].map((row) => ({ row, text: row.textContent.toLowerCase() }));
  const field = form.querySelector("input");
  const choices = [...form.querySelectorAll("select")];

  const apply = () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const { row, text } of rows) {
      const fits =
        words.every((word) => text.includes(word)) &&
        choices.every((choice) => !choice.value || row.cells[choice.dataset.column].textContent === choice.value);
      row.hidden = !fits;
      if (fits) shown += 1;
    }
    count.textContent = shown === rows.length ? `共${rows.length}条` : `共${rows.length}条，符合条件的${shown}条`;
  };

  const key = (row, column) => {
    const cell = row.cells[column];
    return cell ? cell.dataset.sort ?? cell.textContent.trim() : "";
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

  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(() => {
    heads.forEach((head) => head.removeAttribute("aria-sort"));
    body.append(...rows.map(({ row }) => row));
    apply();
  }));
  // A link to an entry must show it, whatever the browser kept in the fields.
  if (location.hash) form.reset();
  form.hidden = false;
  apply();
}
