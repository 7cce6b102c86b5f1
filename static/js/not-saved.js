// Which parts of a page the server would not take, and the way to them: at the foot of the window, where the last word
// on saving stands too, since on a phone the line of the part itself is often out of sight.

const form = document.querySelector("form[data-keep]");

if (form) document.addEventListener("click", leadByLink);

// Two versions stand in it, and nobody has chosen one.
export function owesChoice(part) { return part.querySelector("input[name$='-keep']") !== null; }

function isNotSaved(part) {
  const isFaulty = part.querySelector(".pins-saved[data-faulty]") !== null;
  return isFaulty || part.hasAttribute("data-refused") || owesChoice(part);
}

// The last word on saving, unless something is not saved: nobody should read “Saved” under that.
export function sayAtFoot(words = "", kind = "") {
  const latest = form.querySelector("[data-latest]");
  const [first, ...others] = [...form.querySelectorAll("[data-keep-part]")].filter(isNotSaved);
  latest.hidden = !words && !first;
  latest.className = `pins-latest ${first ? "pins-unsent" : kind}`;
  if (first) latest.removeAttribute("aria-hidden");
  else latest.setAttribute("aria-hidden", "true"); // the line of the part says the same, and is read out
  const howMany = others.length ? `${others.length + 1} parts are` : "One part is";
  if (first) latest.replaceChildren(`${howMany} not saved: `, linkTo(first));
  else latest.textContent = words;
}

function linkTo(part) {
  const link = document.createElement("a");
  link.className = "govuk-link";
  link.href = `#${part.id}`;
  link.textContent = part.querySelector("h2, h3").textContent.trim();
  return link;
}

function leadByLink(event) {
  const link = event.target.closest?.("a[href*='#']");
  if (!link || link.pathname !== location.pathname) return;
  if (leadTo(link.hash)) event.preventDefault();
}

// To the box that has to be mended, or the first of its part; false where the address leads to no part of the form.
export function leadTo(hash, name = "") {
  const part = hash ? document.getElementById(hash.slice(1)) : null;
  if (!part?.matches("form[data-keep] [data-keep-part]")) return false;
  const boxes = [...part.querySelectorAll("input, select, textarea")].filter((box) => box.type !== "hidden");
  const faulty = name || part.querySelector(".pins-saved").dataset.faulty;
  const box = boxes.find((one) => one.name === faulty) ?? boxes[0];
  for (let fold = box.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  box.focus();
  box.scrollIntoView({ block: "center" });
  return true;
}
