// Themes of a visit's record that are begun on the page: each has a key of its own, so that one which is sent twice from
// a poor line is one. Those that this device still keeps are there again when the page is loaded. Without this file the
// page has one empty theme at a time. It runs before keep.js, which fills what it makes.

import { PREFIX, storeOf } from "./kept.js";
import { sayAtFoot } from "./not-saved.js";

const PATTERN_KEY = "00000000-0000-0000-0000-000000000000";
const form = document.querySelector("form[data-keep]");
const list = form?.querySelector("[data-themes]");
const pattern = document.querySelector("template[data-theme-pattern]");
const store = storeOf(window);

if (list && pattern) {
  for (const key of keptKeys()) if (!partOf(key)) list.append(themeWith(key));
  const add = form.querySelector("[data-add-theme]");
  add.hidden = false;
  add.addEventListener("click", addTheme);
  list.addEventListener("click", dropUnsaved);
}

function partOf(key) { return form.querySelector(`[data-keep-part="theme-${key}"]`); }

function keptKeys() {
  const before = `${PREFIX}${form.dataset.keep}:theme-`;
  const kept = Object.keys(store ?? {}).filter((name) => name.startsWith(before));
  return kept.map((name) => name.slice(before.length)).sort();
}

// crypto.randomUUID is missing where the page came without https.
function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

function themeWith(key) {
  const made = pattern.content.firstElementChild.cloneNode(true);
  for (const element of [made, ...made.querySelectorAll("*")]) {
    for (const { name, value } of [...element.attributes]) {
      if (value.includes(PATTERN_KEY)) element.setAttribute(name, value.replaceAll(PATTERN_KEY, key));
    }
  }
  return made;
}

function addTheme() {
  const made = themeWith(newKey());
  list.append(made);
  window.htmx.process(made);
  made.querySelector("input:not([type=hidden])").focus();
}

// What was never sent is on this page alone: it goes without a question to the server, which knows nothing of it.
function dropUnsaved(event) {
  const link = event.target.closest("[data-removes]");
  const part = link?.closest("[data-keep-part]");
  if (!part || !part.querySelector("[name$='-seen']").value.startsWith("0-")) return;
  event.preventDefault();
  store?.removeItem(`${PREFIX}${form.dataset.keep}:${part.dataset.keepPart}`);
  part.remove();
  sayAtFoot();
  form.querySelector("[data-add-theme]").focus();
}
