// A table that is worked in like a spreadsheet: only the rows in sight are in the page, whatever is typed is checked as `hongtou import` would.

import { ask, counted, told } from "./asked.js";

const grid = document.querySelector("#grid");
const { kind, year, batch, of } = grid.dataset;
const which = { kind, ...(year && { year: Number(year) }), ...(batch && { batch: Number(batch) }), ...(of && { of }) };
const [tabs, filter, shown, saved, count, list] = ["tabs", "filter", "shown", "saved", "count", "findings"].map((id) => document.querySelector(`#${id}`));
const [saveButton, undoButton, redoButton, addButton, strikeButton] = ["save", "undo", "redo", "add", "strike"].map((id) => document.querySelector(`#${id}`));
const ROW = 30; // pixels
const SPARE = 12; // rows above and below those in sight
const STRUCK = -1; // the column that says that a row is struck out

let sheets = [], at = 0;
let view = []; // numbers of the rows that are shown, in their order
let order = null; // { column, down }
let cursor = { row: 0, column: 0 }, anchor = { row: 0, column: 0 };
const undone = [], done = [];
let findings = [];

const sheet = () => sheets[at];
const value = (number, column) => sheet().rows[number].now[column] ?? "";

// ---- what there is ----
const load = async () => {
  const answer = await ask(`/table/sheets?${new URLSearchParams(Object.entries(which))}`);
  sheets = answer.sheets.map((one) => ({ ...one, rows: one.rows.map((row) => ({ was: row, now: [...row] })) }));
  at = Math.min(at, sheets.length - 1);
  tabs.replaceChildren(...(sheets.length > 1 ? sheets : []).map((one, number) => {
    const tab = document.createElement("button");
    tab.type = "button";
    tab.setAttribute("role", "tab");
    tab.textContent = `${one.name}（${one.rows.length}）`;
    tab.onclick = () => { at = number; cursor = { row: 0, column: 0 }; anchor = cursor; order = null; build(); };
    return tab;
  }));
  undone.length = done.length = 0;
  build();
};

const arrange = () => {
  const words = filter.value.trim();
  view = sheet().rows.map((_, number) => number);
  if (words) view = view.filter((number) => sheet().rows[number].now.some((cell) => cell.includes(words)));
  if (order) {
    const { column, down } = order;
    const isNumber = sheet().columns[column].number;
    const keys = new Map(view.map((row) => [row, isNumber ? Number(value(row, column).replaceAll(",", "")) || 0 : value(row, column)]));
    const less = isNumber ? (a, b) => a - b : new Intl.Collator("zh-CN").compare;
    view.sort((a, b) => (down ? -1 : 1) * less(keys.get(a), keys.get(b)) || a - b);
  }
  shown.textContent = `${view.length}行`;
};

// ---- the page ----
let body, table;
const build = () => {
  arrange();
  [...tabs.children].forEach((tab, number) => tab.setAttribute("aria-selected", String(number === at)));
  table = document.createElement("table");
  table.setAttribute("role", "grid");
  table.setAttribute("aria-label", sheet().name);
  table.setAttribute("aria-rowcount", String(view.length + 1));
  const head = document.createElement("thead");
  const row = head.insertRow();
  const corner = document.createElement("th");
  corner.scope = "col";
  corner.className = "fixed";
  corner.style.width = "3.2rem";
  corner.textContent = "行";
  row.append(corner);
  sheet().columns.forEach((column, number) => {
    const cell = document.createElement("th");
    cell.scope = "col";
    cell.style.width = `${Math.min(18, Math.max(6, widest(number) + 1.5))}rem`;
    cell.title = column.note;
    cell.setAttribute("aria-sort", order?.column === number ? (order.down ? "descending" : "ascending") : "none");
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = column.head + (order?.column === number ? (order.down ? " ▼" : " ▲") : "");
    button.onclick = () => {
      order = order?.column !== number ? { column: number, down: false } : order.down ? null : { column: number, down: true };
      build();
      grid.querySelectorAll("thead button")[number]?.focus();
    };
    cell.append(button);
    row.append(cell);
  });
  body = document.createElement("tbody");
  table.append(head, body);
  grid.replaceChildren(table);
  draw(true);
};

const widest = (column) => {
  let most = sheet().columns[column].head.length;
  for (const row of sheet().rows.slice(0, 200)) {
    let length = 0;
    for (const letter of row.now[column] ?? "") length += letter.charCodeAt(0) > 255 ? 1 : 0.55;
    most = Math.max(most, length);
  }
  return most;
};

let drawn = [-1, -1];
const draw = (anyway = false) => {
  const first = Math.max(0, Math.floor(grid.scrollTop / ROW) - SPARE);
  const last = Math.min(view.length, Math.ceil((grid.scrollTop + grid.clientHeight) / ROW) + SPARE);
  if (!anyway && first >= drawn[0] && last <= drawn[1] && drawn[1] - drawn[0] < 4 * SPARE + 80 && first - drawn[0] < SPARE && drawn[1] - last < SPARE) return;
  drawn = [first, last];
  const rows = [];
  const gap = (height) => {
    const row = document.createElement("tr");
    row.setAttribute("aria-hidden", "true");
    row.style.height = `${height}px`;
    return row;
  };
  if (first > 0) rows.push(gap(first * ROW));
  for (let place = first; place < last; place++) rows.push(line(place));
  if (last < view.length) rows.push(gap((view.length - last) * ROW));
  const held = grid.contains(document.activeElement) && document.activeElement.tagName === "TD";
  body.replaceChildren(...rows);
  select(held);
};

const line = (place) => {
  const number = view[place];
  const { was, now, gone } = sheet().rows[number];
  const row = document.createElement("tr");
  if (gone) row.className = "gone";
  row.setAttribute("aria-rowindex", String(place + 2));
  const head = document.createElement("th");
  head.scope = "row";
  head.className = "fixed";
  head.textContent = String(number + 1);
  if (gone) head.setAttribute("aria-label", `${number + 1}，要删去`);
  row.append(head);
  sheet().columns.forEach((column, at) => {
    const cell = document.createElement("td");
    cell.setAttribute("role", "gridcell");
    cell.tabIndex = -1;
    cell.dataset.row = place;
    cell.dataset.column = at;
    cell.textContent = now[at] ?? "";
    cell.title = now[at] ?? "";
    if (column.number) cell.classList.add("figure");
    if ((was[at] ?? "") !== (now[at] ?? "")) cell.classList.add("touched");
    const own = findings.filter((one) => one.sheet === sheets.indexOf(sheet()) && one.number === number && one.column === at);
    if (own.length > 0) {
      cell.classList.add(own.some((one) => one.level === "错误") ? "wrong" : "odd");
      cell.title = own.map((one) => one.message + (one.help ? `。${one.help}` : "")).join("\n");
      cell.setAttribute("aria-invalid", "true");
    }
    row.append(cell);
  });
  return row;
};

const cellAt = ({ row, column }) => body.querySelector(`td[data-row="${row}"][data-column="${column}"]`);
const range = () => ({
  top: Math.min(cursor.row, anchor.row), bottom: Math.max(cursor.row, anchor.row),
  left: Math.min(cursor.column, anchor.column), right: Math.max(cursor.column, anchor.column),
});

const select = (focus = true) => {
  const { top, bottom, left, right } = range();
  for (const cell of body.querySelectorAll("td[aria-selected]")) cell.removeAttribute("aria-selected");
  for (const cell of body.querySelectorAll("td[tabindex='0']")) cell.tabIndex = -1;
  for (const cell of body.querySelectorAll("td[data-row]")) {
    const [row, column] = [Number(cell.dataset.row), Number(cell.dataset.column)];
    if (row >= top && row <= bottom && column >= left && column <= right) cell.setAttribute("aria-selected", "true");
  }
  const cell = cellAt(cursor) ?? body.querySelector("td[data-row]");
  if (cell) {
    cell.tabIndex = 0;
    if (focus && cell === cellAt(cursor)) cell.focus({ preventScroll: true });
  }
};

const move = (rows, columns, extend = false) => {
  cursor = {
    row: Math.max(0, Math.min(view.length - 1, cursor.row + rows)),
    column: Math.max(0, Math.min(sheet().columns.length - 1, cursor.column + columns)),
  };
  if (!extend) anchor = cursor;
  const [top, bottom] = [cursor.row * ROW, (cursor.row + 1) * ROW];
  const head = table.tHead.offsetHeight;
  if (top < grid.scrollTop) grid.scrollTop = top;
  if (bottom + head > grid.scrollTop + grid.clientHeight - 20) grid.scrollTop = bottom + head - grid.clientHeight + 20;
  draw();
  select();
  cellAt(cursor)?.scrollIntoView({ block: "nearest", inline: "nearest" });
};

// ---- changing ----
const change = (cells) => {
  const real = cells.filter(({ number, column, to }) => column < sheet().columns.length && (value(number, column) !== to));
  if (real.length === 0) return;
  const step = real.map(({ number, column, to }) => ({ sheet: at, number, column, from: value(number, column), to }));
  done.push(step);
  undone.length = 0;
  apply(step, "to");
};
const apply = (step, side) => {
  for (const one of step) {
    const row = sheets[one.sheet].rows[one.number];
    if (one.column === STRUCK) row.gone = one[side]; else row.now[one.column] = one[side];
  }
  draw(true);
  touched();
};
// Strikes out the rows that are chosen, or takes that back; what was never saved is emptied.
const strike = () => {
  const { top, bottom } = range();
  const rows = view.slice(top, bottom + 1);
  const to = !rows.every((number) => sheet().rows[number].gone);
  const step = rows.flatMap((number) => {
    const row = sheet().rows[number];
    if (row.was.length === 0) return row.now.flatMap((from, column) => (from ? [{ sheet: at, number, column, from, to: "" }] : []));
    return Boolean(row.gone) === to ? [] : [{ sheet: at, number, column: STRUCK, from: !to, to }];
  });
  if (step.length === 0) return;
  done.push(step);
  undone.length = 0;
  apply(step, "to");
};
const undo = () => { const step = done.pop(); if (step) { undone.push(step); apply(step, "from"); } };
const redo = () => { const step = undone.pop(); if (step) { done.push(step); apply(step, "to"); } };

const changed = () => sheets.flatMap((one, sheet) => one.rows.flatMap((row, number) =>
  row.gone && row.was.length > 0 || row.now.some((cell, column) => cell !== (row.was[column] ?? "")) && [...row.now, ...row.was].some((cell) => cell.trim() !== "")
    ? [{ sheet, number, was: row.was, now: row.now, ...(row.gone && { gone: true }) }] : []));

let later = 0;
const touched = () => {
  const rows = changed().length;
  saveButton.disabled = rows === 0;
  undoButton.disabled = done.length === 0;
  redoButton.disabled = undone.length === 0;
  saved.textContent = rows === 0 ? "" : `改了${rows}行，没有保存`;
  clearTimeout(later);
  later = setTimeout(check, 500);
};

const check = async () => {
  const rows = changed();
  if (rows.length === 0) { findings = []; tell(""); return; }
  try {
    const answer = await ask("/table/try", { which, rows });
    findings = answer.findings.filter((one) => one.level !== "说明");
    tell(answer.failed, answer.clashes);
  } catch (error) { count.textContent = error.message; }
};

const tell = (failed, clashes = []) => {
  const errors = findings.filter((one) => one.level === "错误").length;
  count.textContent = failed || counted(errors, findings.length - errors);
  const place = ({ sheet, number, column }) => () => {
    if (sheet !== at) { at = sheet; build(); }
    const row = view.indexOf(number);
    if (row < 0) return;
    cursor = anchor = { row, column };
    move(0, 0);
  };
  list.replaceChildren(
    ...clashes.map((one) => told(`别人也改了这一格，现在是“${one.theirs}”`, true, [["到这一格", place(one)]], "看过再改成你要的，再保存")),
    ...findings.slice(0, 200).map((one) => told(one.message, one.level === "错误", one.sheet === null ? [] : [["到这一格", place(one)]], one.help)),
  );
  draw(true);
};

const save = async () => {
  const rows = changed();
  if (rows.length === 0) return;
  saveButton.disabled = true;
  saved.textContent = "正在保存……";
  try {
    const answer = await ask("/table/save", { which, rows });
    findings = answer.findings.filter((one) => one.level !== "说明");
    for (const clash of answer.clashes) {
      // What another wrote is now what this one began with: saved again, it is meant.
      sheets[clash.sheet].rows[clash.number].was[clash.column] = clash.theirs;
    }
    if (answer.saved) {
      saved.textContent = `已保存${rows.length}行（${new Date().toLocaleTimeString("zh-CN")}）`;
      done.length = undone.length = 0;
      const scroll = grid.scrollTop;
      await load();
      grid.scrollTop = scroll;
    } else {
      saved.textContent = "没有保存：先改好下面的问题";
      saveButton.disabled = false;
    }
    tell(answer.failed, answer.clashes);
  } catch (error) { saved.textContent = error.message; saveButton.disabled = false; }
};

// ---- typing ----
const edit = (first) => {
  const cell = cellAt(cursor);
  if (!cell || view.length === 0) return;
  const number = view[cursor.row];
  const column = sheet().columns[cursor.column];
  const input = document.createElement("input");
  input.value = first ?? value(number, cursor.column);
  input.setAttribute("aria-label", column.head);
  if (column.choices.length > 0) {
    const choices = document.createElement("datalist");
    choices.id = "choices";
    choices.append(...column.choices.slice(0, 500).map((choice) => Object.assign(document.createElement("option"), { value: choice })));
    input.setAttribute("list", "choices");
    cell.replaceChildren(input, choices);
  } else cell.replaceChildren(input);
  const place = { ...cursor };
  let over = false;
  const end = (take, rows, columns) => {
    if (over) return;
    over = true;
    if (take) change([{ number, column: place.column, to: input.value.trim() }]);
    draw(true);
    move(rows, columns);
  };
  input.onkeydown = (event) => {
    if (event.isComposing) return;
    event.stopPropagation();
    if (event.key === "Enter") { event.preventDefault(); end(true, event.shiftKey ? -1 : 1, 0); }
    else if (event.key === "Tab") { event.preventDefault(); end(true, 0, event.shiftKey ? -1 : 1); }
    else if (event.key === "Escape") { event.preventDefault(); end(false, 0, 0); }
  };
  input.onblur = () => { if (!over) { over = true; change([{ number, column: place.column, to: input.value.trim() }]); draw(true); } };
  input.focus();
  if (first === undefined) input.select();
};

grid.addEventListener("scroll", () => draw());
grid.addEventListener("mousedown", (event) => {
  const cell = event.target.closest("td[data-row]");
  if (!cell || event.target.tagName === "INPUT") return;
  event.preventDefault();
  document.activeElement?.blur?.();
  const place = { row: Number(cell.dataset.row), column: Number(cell.dataset.column) };
  cursor = place;
  if (!event.shiftKey) anchor = place;
  select();
  const drag = (moved) => {
    const over = document.elementFromPoint(moved.clientX, moved.clientY)?.closest?.("td[data-row]");
    if (!over) return;
    cursor = { row: Number(over.dataset.row), column: Number(over.dataset.column) };
    select(false);
  };
  const stop = () => { removeEventListener("mousemove", drag); removeEventListener("mouseup", stop); };
  addEventListener("mousemove", drag);
  addEventListener("mouseup", stop);
});
grid.addEventListener("dblclick", (event) => { if (event.target.closest("td[data-row]")) edit(); });

grid.addEventListener("keydown", (event) => {
  if (event.target.tagName !== "TD") return;
  const control = event.ctrlKey || event.metaKey;
  const page = Math.max(1, Math.floor(grid.clientHeight / ROW) - 2);
  const moves = {
    ArrowUp: [control ? -view.length : -1, 0], ArrowDown: [control ? view.length : 1, 0],
    ArrowLeft: [0, control ? -999 : -1], ArrowRight: [0, control ? 999 : 1],
    PageUp: [-page, 0], PageDown: [page, 0], Home: [control ? -view.length : 0, -999], End: [control ? view.length : 0, 999],
  };
  if (moves[event.key]) { event.preventDefault(); move(...moves[event.key], event.shiftKey); return; }
  if (control && event.key === "z") { event.preventDefault(); event.shiftKey ? redo() : undo(); return; }
  if (control && event.key === "y") { event.preventDefault(); redo(); return; }
  if (control && event.key === "s") { event.preventDefault(); void save(); return; }
  if (control && event.key === "a") { event.preventDefault(); anchor = { row: 0, column: 0 }; cursor = { row: view.length - 1, column: sheet().columns.length - 1 }; select(); return; }
  if (control && event.key === "d") {
    event.preventDefault();
    const { top, bottom, left, right } = range();
    const cells = [];
    for (let row = top + 1; row <= bottom; row++) for (let column = left; column <= right; column++) cells.push({ number: view[row], column, to: value(view[top], column) });
    change(cells);
    return;
  }
  if (event.key === "Enter" || event.key === "F2") { event.preventDefault(); edit(); return; }
  if (control && event.key === "Delete" && strikeButton) { event.preventDefault(); strike(); return; }
  if (event.key === "Delete" || event.key === "Backspace") {
    event.preventDefault();
    const { top, bottom, left, right } = range();
    const cells = [];
    for (let row = top; row <= bottom; row++) for (let column = left; column <= right; column++) cells.push({ number: view[row], column, to: "" });
    change(cells);
    return;
  }
  if (!control && !event.altKey && event.key.length === 1 && event.key !== " ") { event.preventDefault(); edit(event.key); }
  // What an input method writes begins in a field of its own.
  if (event.key === "Process") edit("");
});

grid.addEventListener("copy", (event) => {
  if (event.target.tagName === "INPUT") return;
  const { top, bottom, left, right } = range();
  const rows = [];
  for (let row = top; row <= bottom; row++) rows.push(sheet().columns.slice(left, right + 1).map((_, column) => value(view[row], left + column).replaceAll(/[\t\n]/g, " ")).join("\t"));
  event.clipboardData.setData("text/plain", rows.join("\n"));
  event.preventDefault();
});

// A block from Excel: cells apart by tabs, quoted where they hold lines.
const block = (words) => {
  const rows = [[""]];
  let quoted = false;
  for (let at = 0; at < words.length; at++) {
    const letter = words[at];
    const row = rows.at(-1);
    if (quoted) {
      if (letter === '"' && words[at + 1] === '"') { row[row.length - 1] += '"'; at++; }
      else if (letter === '"') quoted = false;
      else row[row.length - 1] += letter;
    } else if (letter === '"' && row.at(-1) === "") quoted = true;
    else if (letter === "\t") row.push("");
    else if (letter === "\n") rows.push([""]);
    else if (letter !== "\r") row[row.length - 1] += letter;
  }
  if (rows.length > 1 && rows.at(-1).length === 1 && rows.at(-1)[0] === "") rows.pop();
  return rows;
};

const fresh = () => {
  sheet().rows.push({ was: [], now: sheet().columns.map(() => "") });
  view.push(sheet().rows.length - 1);
  table.setAttribute("aria-rowcount", String(view.length + 1));
  shown.textContent = `${view.length}行`;
};

grid.addEventListener("paste", (event) => {
  if (event.target.tagName === "INPUT") return;
  event.preventDefault();
  const rows = block(event.clipboardData.getData("text/plain"));
  const { top, bottom, left, right } = range();
  const cells = [];
  const single = rows.length === 1 && rows[0].length === 1;
  if (single) {
    for (let row = top; row <= bottom; row++) for (let column = left; column <= right; column++) cells.push({ number: view[row], column, to: rows[0][0].trim() });
  } else {
    while (view.length < top + rows.length) fresh();
    rows.forEach((row, down) => row.forEach((cell, over) => cells.push({ number: view[top + down], column: left + over, to: cell.trim() })));
  }
  change(cells);
});

addButton.onclick = () => { fresh(); draw(true); cursor = anchor = { row: view.length - 1, column: 0 }; move(0, 0); };
if (strikeButton) strikeButton.onclick = strike;
undoButton.onclick = undo;
redoButton.onclick = redo;
saveButton.onclick = save;
filter.oninput = () => { cursor = anchor = { row: 0, column: 0 }; grid.scrollTop = 0; build(); };
addEventListener("beforeunload", (event) => { if (changed().length > 0) event.preventDefault(); });

load().catch((error) => { count.textContent = error.message; });
