// What a page asks of the workbench, and the words in which it is refused.
export const ask = async (where, what) => {
  const response = await fetch(where, what && { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(what) });
  if (response.redirected) { location.href = response.url; throw new Error("要重新登录"); }
  if (!response.ok) {
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    throw new Error(page.querySelector("[role=alert]")?.textContent ?? `没有做成（${response.status}）`);
  }
  return response.json();
};

// A finding in a line: what is wrong, buttons that do something about it, and what to do.
export const told = (words, wrong, buttons, help) => {
  const line = document.createElement("li");
  line.className = wrong ? "error" : "warning";
  line.append(words);
  for (const [label, act] of buttons) {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: label, onclick: act });
    line.append(" ", button);
  }
  if (help) line.append(Object.assign(document.createElement("span"), { className: "help", textContent: help }));
  return line;
};

// 没有问题, or how many there are.
export const counted = (errors, warnings) => (errors + warnings === 0 ? "没有问题" : `${errors}处错误，${warnings}处提醒`);
