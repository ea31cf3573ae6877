// 筛选 — hides the rows of a list that do not hold what the reader looks for. Without it the whole list is shown.
"use strict";
for (const form of document.querySelectorAll("form.filter")) {
  const table = document.getElementById(form.dataset.for);
  const count = document.getElementById(form.dataset.for + "-count");
  const rows = [...table.tBodies[0].rows];
  const texts = rows.map((row) => row.textContent.toLowerCase());
  const field = form.querySelector("input");
  const choices = [...form.querySelectorAll("select")];
  const apply = () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    rows.forEach((row, at) => {
      const fits =
        words.every((word) => texts[at].includes(word)) &&
        choices.every((choice) => !choice.value || row.cells[choice.dataset.column].textContent === choice.value);
      row.hidden = !fits;
      if (fits) shown += 1;
    });
    count.textContent = shown === rows.length ? `共${rows.length}条` : `共${rows.length}条，符合条件的${shown}条`;
  };
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(apply));
  // A link to an entry must show it, whatever the browser kept in the fields.
  if (location.hash) form.reset();
  form.hidden = false;
  apply();
}
