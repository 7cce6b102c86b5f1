// A button that copies what stands in a box. Where a browser cannot, there is no button: the box can be copied from by hand.

for (const place of document.querySelectorAll("[data-copy]")) {
  if (navigator.clipboard) offer(place, document.getElementById(place.dataset.copy));
}

function offer(place, box) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "govuk-button govuk-button--secondary pins-copy";
  button.textContent = "Copy the address";
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  button.addEventListener("click", () => copy(box, said));
  place.append(button, " ", said);
}

// Emptied first, or a second press would not be read out.
async function copy(box, said) {
  said.textContent = "";
  box.select();
  try {
    await navigator.clipboard.writeText(box.value);
    said.textContent = "Copied";
  } catch {
    said.textContent = "Your browser does not let us copy. The address is marked: copy it yourself.";
  }
}
