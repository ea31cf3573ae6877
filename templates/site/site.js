// 每页 — what every page does if it may: the view with larger type, and the state of a 公示 on the day of reading.
"use strict";
{
  const larger = document.querySelector("button.larger");
  const root = document.documentElement;
  const set = (on) => {
    root.classList.toggle("larger", on);
    larger.setAttribute("aria-pressed", String(on));
    larger.textContent = on ? "标准版" : "适老版";
  };
  let kept = "";
  try { kept = localStorage.getItem("larger") || ""; } catch { kept = ""; }
  set(kept === "1");
  larger.hidden = false;
  larger.addEventListener("click", () => {
    const on = !root.classList.contains("larger");
    set(on);
    try { localStorage.setItem("larger", on ? "1" : ""); } catch { /* 不允许保存时只管本页 */ }
  });

  const paper = document.querySelector(".printed-on");
  addEventListener("beforeprint", () => {
    if (paper) paper.textContent = "，打印于" + new Intl.DateTimeFormat("zh-CN", { timeZone: "Asia/Shanghai", dateStyle: "long" }).format(new Date());
  });

  const today = new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Shanghai" }).format(new Date());
  for (const state of document.querySelectorAll(".state[data-last]")) {
    const { from, last } = state.dataset;
    state.textContent = today < from ? "未开始" : today > last ? "已结束" : "公示中";
    const asof = state.parentElement.querySelector(".asof");
    if (asof) asof.hidden = true;
  }
}
