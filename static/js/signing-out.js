// Signing out takes with it whatever this device still kept of a person's unsent words. They are asked first: what was
// not sent is nowhere else. It goes only once the server has signed them out.
import { PREFIX, read, storeOf } from "./kept.js";

const PATIENCE = 10000;
const store = storeOf(window); // a browser that is told to keep nothing has kept nothing

for (const form of document.querySelectorAll("form[data-signs-out]")) form.addEventListener("submit", signOut);

async function signOut(event) {
  event.preventDefault();
  const form = event.currentTarget;
  if (form.dataset.busy) return;
  form.dataset.busy = "yes";
  if (!navigator.onLine) sayNoLine();
  else if (keys().length && !form.dataset.asked) ask(form);
  else await leave(form);
  delete form.dataset.busy;
}

function keys() { return Object.keys(store ?? {}).filter((key) => key.startsWith(PREFIX)).sort(); }

async function leave(form) {
  const asked = { method: "POST", body: new URLSearchParams(new FormData(form)), redirect: "manual" };
  let answer;
  try {
    answer = await fetch(form.action, { ...asked, signal: AbortSignal.timeout(PATIENCE) });
  } catch {
    sayNoLine();
    return;
  }
  if (answer.type !== "opaqueredirect") {
    form.submit(); // whatever the server has to say is a page of its own
    return;
  }
  for (const key of keys()) store.removeItem(key);
  document.dispatchEvent(new Event("pins:signed-out"));
  location.assign(nextOf(form));
}

function nextOf(form) {
  const next = new URL(form.elements.next?.value || form.dataset.signsOut, location);
  return next.origin === location.origin ? next : form.dataset.signsOut;
}

function sayNoLine() {
  notify(["You cannot sign out without a connection. What you wrote stays on this device."]);
}

// Not in a window of the browser's own, which some people have switched off: the second press is the answer.
function ask(form) {
  form.dataset.asked = "yes";
  const kept = keys().map((key) => read(store, key)).filter(Boolean);
  const is = kept.length === 1 ? "One part is" : `${kept.length} parts are`;
  const lacks = kept.some((one) => one.fault) ? "not saved" : "not sent yet";
  const list = document.createElement("ul");
  list.className = "govuk-list";
  list.append(...kept.map(waitingPart));
  notify([`${is} ${lacks} and would be lost.`, list, "Or press “Sign out” once more to lose what is listed here."]);
}

function waitingPart(kept) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.className = "govuk-link";
  link.href = kept.page;
  link.textContent = kept.title;
  const goes = "Not sent yet. Open it: with a connection it goes by itself.";
  item.append(link, document.createElement("br"), kept.fault ? `Correct it: ${kept.fault.words}` : goes);
  return item;
}

function notify(contents) {
  document.querySelector("[data-of-signing-out]")?.remove();
  const notice = document.createElement("div");
  notice.className = "pins-notice pins-notice--warning";
  notice.dataset.ofSigningOut = "";
  notice.setAttribute("role", "alert");
  for (const one of contents) {
    const paragraph = document.createElement("p");
    paragraph.append(one);
    notice.append(typeof one === "string" ? paragraph : one);
  }
  document.querySelector("#main-content").prepend(notice);
  notice.tabIndex = -1;
  notice.scrollIntoView({ block: "center" });
}
