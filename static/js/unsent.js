// On the pages around a section: what this device still holds of the self-audit is sent, and what cannot be sent is
// shown, so that nobody submits without it unawares. keep.js wrote it. Without this file nothing is lost, only unseen.

const PREFIX = "pins-keep:";
const RETRY_EVERY = 15000;
const PATIENCE = 10000;
const notice = document.querySelector("[data-unsent-of]");
const submission = document.querySelector("form[data-submits]");
let busy = false;

if (notice) {
  notice.querySelector("[data-unsent-drop]").addEventListener("click", dropAll);
  submission?.addEventListener("submit", holdBack, { capture: true });
  window.addEventListener("pageshow", look);
  window.addEventListener("online", look);
  if (isOpen()) window.setInterval(look, RETRY_EVERY);
}

function isOpen() { return notice.dataset.unsentTo !== ""; }

function waiting() {
  const owner = `${PREFIX}${notice.dataset.unsentOf}:`;
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(owner)).sort();
  } catch {
    return []; // a browser that is told to keep nothing has kept nothing
  }
}

function read(key) {
  try {
    const { fields, title, words, how } = JSON.parse(localStorage.getItem(key));
    return { fields: { ...fields }, title: String(title), words: words.map(String), how };
  } catch {
    localStorage.removeItem(key); // another version of the page wrote it, or somebody's hand
    return null;
  }
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
  const kept = read(key);
  if (!kept) return "";
  const text = localStorage.getItem(key);
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  const body = new URLSearchParams({ ...kept.fields, csrfmiddlewaretoken: token });
  try {
    const answer = await fetch(addressOf(key), { method: "POST", body, signal: AbortSignal.timeout(PATIENCE) });
    if (!answer.ok || !(await answer.text()).includes("data-acknowledged")) return "";
  } catch {
    return "";
  }
  if (localStorage.getItem(key) === text) localStorage.removeItem(key);
  return kept.how || "typed";
}

function partsOf(key) { return key.slice(PREFIX.length + notice.dataset.unsentOf.length + 1).split(":"); }

function addressOf(key) {
  const [area, part] = partsOf(key);
  return `${notice.dataset.unsentTo}${area}/${part === "notes" ? "notes" : `statements/${part}`}/`;
}

function pageOf(key) {
  const [area, part] = partsOf(key);
  return `${notice.dataset.unsentTo}${area}/#${part === "notes" ? "notes" : `statement-${part}`}`;
}

function show() {
  const list = notice.querySelector("ul");
  list.replaceChildren(...waiting().map(line).filter(Boolean));
  notice.hidden = !list.children.length;
}

function line(key) {
  const kept = read(key);
  if (!kept) return null;
  const item = document.createElement("li");
  const title = document.createElement(isOpen() ? "a" : "strong");
  title.textContent = kept.title;
  if (isOpen()) {
    title.href = pageOf(key);
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
  for (const key of waiting()) localStorage.removeItem(key);
  show();
}

function holdBack(event) {
  if (!waiting().length) return;
  event.preventDefault();
  event.stopPropagation();
  show();
  notice.scrollIntoView();
  notice.querySelector("h2").focus();
}
