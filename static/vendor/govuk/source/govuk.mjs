// The components of GOV.UK Frontend that we use, bundled by bin/vendor-govuk into one file that starts itself.
// Everything works without it; it makes some of it easier.
import { createAll } from "govuk-frontend/dist/govuk/init.mjs";
import { Button } from "govuk-frontend/dist/govuk/components/button/button.mjs";
import { CharacterCount } from "govuk-frontend/dist/govuk/components/character-count/character-count.mjs";
import { ErrorSummary } from "govuk-frontend/dist/govuk/components/error-summary/error-summary.mjs";
import { PasswordInput } from "govuk-frontend/dist/govuk/components/password-input/password-input.mjs";
import { SkipLink } from "govuk-frontend/dist/govuk/components/skip-link/skip-link.mjs";

const components = [Button, CharacterCount, ErrorSummary, PasswordInput, SkipLink];

function start(scope) {
  for (const component of components) createAll(component, undefined, scope);
}

// GOV.UK's styles and components ask for these two words on the body; a module only runs where both are true.
document.body.classList.add("js-enabled", "govuk-frontend-supported");
start(document);

// What htmx puts into the page later gets the same help.
document.body.addEventListener("htmx:load", (event) => {
  if (event.target !== document.body) start(event.target);
});
