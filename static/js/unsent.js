// On the pages around a page of parts: what this device still holds of the self-audit or the record is sent, and what
// cannot be sent is shown, so that nobody submits or shares without it unawares. keep.js wrote it. Without this file
// nothing is lost, only unseen.

import { PREFIX, read, storeOf } from "./kept.js";

const RETRY_EVERY = 15000;
const PATIENCE = 10000;
const notice = document.querySelector("[data-unsent-of]");
const submission = document.querySelector("form[data-submits]");
const store = storeOf(window);
let busy = false;

if (notice) {
  notice.querySelector("[data-unsent-drop]").addEventListener("click", dropAll);
  submission?.addEventListener("submit", holdBack, { capture: true });
  window.addEventListener("pageshow", look);
  window.addEventListener("online", look);
  if (isOpen()) window.setInterval(look, RETRY_EVERY);
}

function isOpen() { return notice.hasAttribute("data-unsent-goes"); }

function waiting() {
  const owner = `${PREFIX}${notice.dataset.unsentOf}:`;
  return Object.keys(store ?? {}).filter((key) => key.startsWith(owner)).sort(); // no store has kept nothing
}

async function look() {
  if (busy) return;
  busy = true;
  const arrived = [];
  for (const key of isOpen() ? waiting() : []) arrived.push(await send(key));
  busy = false;
  // What went with the page's own form was counted already; for anything else this page is out of date.
  if (arrived.includes("typed")) location.reload();
  else show();
}

// Says how it was sent before, or nothing when it has not arrived.
async function send(key) {
  const kept = read(store, key);
  if (!kept) return "";
  const text = store.getItem(key);
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  const body = new URLSearchParams([...kept.fields, ["csrfmiddlewaretoken", token]]);
  try {
    const answer = await fetch(kept.to, { method: "POST", body, signal: AbortSignal.timeout(PATIENCE) });
    if (!answer.ok || !(await answer.text()).includes("data-acknowledged")) return "";
  } catch {
    return "";
  }
  if (store.getItem(key) === text) store.removeItem(key);
  return kept.how || "typed";
}

function show() {
  const list = notice.querySelector("ul");
  list.replaceChildren(...waiting().map(line).filter(Boolean));
  notice.hidden = !list.children.length;
}

function line(key) {
  const kept = read(store, key);
  if (!kept) return null;
  const item = document.createElement("li");
  const title = document.createElement(isOpen() ? "a" : "strong");
  title.textContent = kept.title;
  if (isOpen()) {
    title.href = kept.page;
    title.className = "govuk-link";
  }
  item.append(title);
  for (const text of kept.words) {
    const words = document.createElement("p");
    words.className = "pins-typed";
    words.textContent = text;
    item.append(words);
  }
  return item;
}

function dropAll() {
  for (const key of waiting()) store.removeItem(key);
  show();
}

function holdBack(event) {
  if (!waiting().length) return;
  event.preventDefault();
  event.stopPropagation();
  show();
  notice.scrollIntoView();
  notice.querySelector("[tabindex]").focus();
}
