// 校验 — whether a file is one that this page published: its SHA-256 (by the browser) and its SM3 (GB/T 32905, here), held against
// those of the page's versions. Nothing leaves the browser.
"use strict";
{
  const rotate = (word, by) => (word << by) | (word >>> (32 - (by & 31)));
  const sm3 = (bytes) => {
    const length = bytes.length;
    const padded = new Uint8Array((((length + 8) >> 6) + 1) << 6);
    padded.set(bytes);
    padded[length] = 0x80;
    const view = new DataView(padded.buffer);
    view.setUint32(padded.length - 8, Math.floor(length / 0x20000000));
    view.setUint32(padded.length - 4, (length << 3) >>> 0);
    const state = Int32Array.of(0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e);
    const words = new Int32Array(68);
    for (let block = 0; block < padded.length; block += 64) {
      for (let j = 0; j < 16; j += 1) words[j] = view.getInt32(block + j * 4);
      for (let j = 16; j < 68; j += 1) {
        const x = words[j - 16] ^ words[j - 9] ^ rotate(words[j - 3], 15);
        words[j] = x ^ rotate(x, 15) ^ rotate(x, 23) ^ rotate(words[j - 13], 7) ^ words[j - 6];
      }
      let [a, b, c, d, e, f, g, h] = state;
      for (let j = 0; j < 64; j += 1) {
        const early = j < 16;
        const twelve = rotate(a, 12);
        const one = rotate((twelve + e + rotate(early ? 0x79cc4519 : 0x7a879d8a, j % 32)) | 0, 7);
        const two = one ^ twelve;
        const ff = early ? a ^ b ^ c : (a & b) | (a & c) | (b & c);
        const gg = early ? e ^ f ^ g : (e & f) | (~e & g);
        const t1 = (ff + d + two + (words[j] ^ words[j + 4])) | 0;
        const t2 = (gg + h + one + words[j]) | 0;
        d = c; c = rotate(b, 9); b = a; a = t1;
        h = g; g = rotate(f, 19); f = e; e = t2 ^ rotate(t2, 9) ^ rotate(t2, 17);
      }
      [a, b, c, d, e, f, g, h].forEach((word, at) => { state[at] ^= word; });
    }
    return [...state].map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
  };
  const sha256 = async (bytes) => {
    // A page that came over plain http has no such digest; SM3 is enough then.
    if (!globalThis.crypto?.subtle) return "";
    return [...new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  };
  // Shown so that the browser's test can ask it.
  window.hongtouSm3 = (text) => sm3(new TextEncoder().encode(text));

  const part = document.querySelector(".verify");
  if (part) {
    const form = part.querySelector("form");
    const file = part.querySelector("input[type=file]");
    const field = part.querySelector("input[type=text]");
    const result = part.querySelector(".verify-result");
    const versions = [...part.querySelectorAll("dd[data-sm3]")];
    const say = (name, sums) => {
      const found = versions.find(({ dataset }) => sums.includes(dataset.sha256) || sums.includes(dataset.sm3));
      result.className = "verify-result " + (found ? "same" : "other");
      if (!found) result.textContent = `${name}与本页发布的各版都不相同。`;
      else if (found.dataset.over) result.textContent = `${name}与本页发布的${found.dataset.label}完全相同；这一版${found.dataset.over}。`;
      else result.textContent = `${name}与本页发布的${found.dataset.label}完全相同。`;
    };
    const check = async (chosen) => {
      result.textContent = "正在计算……";
      const bytes = new Uint8Array(await chosen.arrayBuffer());
      say(`“${chosen.name}”`, [sm3(bytes), await sha256(bytes)].filter(Boolean));
    };
    file.addEventListener("change", () => file.files[0] && check(file.files[0]));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const sum = field.value.replace(/[^0-9a-fA-F]/g, "").toLowerCase();
      if (sum.length === 64) say("这个校验值", [sum]);
      else if (field.value.trim()) { result.className = "verify-result other"; result.textContent = "校验值应是64位，由0～9和a～f组成。"; }
    });
    part.addEventListener("dragover", (event) => event.preventDefault());
    part.addEventListener("drop", (event) => {
      event.preventDefault();
      if (event.dataTransfer.files[0]) check(event.dataTransfer.files[0]);
    });
    form.hidden = false;
  }
}
