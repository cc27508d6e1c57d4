// The little that needs JavaScript. Every page works without it.

function focusErrorSummary() {
  document.getElementById("error-summary")?.focus();
}

function printOnClick(event) {
  if (event.target.closest("[data-print]")) window.print();
}

// A second click on "Versturen" while the first is on its way. The server keeps the promise (one
// request id, one effect); this only spares the visitor the doubt.
function markSending(event) {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sending) {
    event.preventDefault();
    return;
  }
  form.dataset.sending = "true";
  form.setAttribute("aria-busy", "true");
  // A form that answers with a download leaves this page standing.
  setTimeout(forgetSending, 5000);
}

function forgetSending() {
  for (const form of document.querySelectorAll("form[data-sending]")) {
    delete form.dataset.sending;
    form.removeAttribute("aria-busy");
  }
}

// A draft that the page keeps by itself while somebody types. Whoever sends the form just then
// waits a moment: it must carry the version that was kept.
function waitForKeeping(event) {
  const form = event.target;
  if (!form.matches("[data-meanwhile].htmx-request")) return;
  event.preventDefault();
  const { submitter } = event;
  form.addEventListener("htmx:afterRequest", () => form.requestSubmit(submitter), { once: true });
}

function keepNothingWhileSending(event) {
  if (event.target.matches("[data-meanwhile][data-sending]")) event.preventDefault();
}

function sayNotKept(event) {
  if (!event.target.matches("[data-meanwhile]")) return;
  const words = document.getElementById("not-kept").content.cloneNode(true);
  document.getElementById("kept").replaceChildren(words);
}

// Signed out meanwhile: the answer is the sign-in page.
function keepOutOtherPages(event) {
  const { xhr, requestConfig } = event.detail;
  if (!requestConfig.elt.matches("[data-meanwhile]")) return;
  if (new URL(xhr.responseURL).pathname === location.pathname) return;
  event.detail.shouldSwap = false;
  sayNotKept({ target: requestConfig.elt });
}

// Somebody leaves, signs out or closes the tab with a text that was typed and not sent: the browser
// asks. A form that came back with a mistake in it was not stored either.
function hasUnsentText(form) {
  if (form.dataset.sending || !form.querySelector("textarea:not([readonly])")) return false;
  const cameBack = document.getElementById("error-summary") !== null;
  return [...form.querySelectorAll("textarea, input[type=text]")].some(
    (field) => field.value !== field.defaultValue || (cameBack && field.value.trim() !== ""),
  );
}

function askBeforeLeaving(event) {
  if ([...document.querySelectorAll("form[method=post]")].some(hasUnsentText)) event.preventDefault();
}

// What was kept meanwhile is sent: the page says so, and there is nothing to lose.
function forgetKept(event) {
  const form = event.target;
  if (!form.matches("[data-meanwhile]") || !event.detail.successful) return;
  if (document.querySelector("#kept [role=alert]")) return;
  for (const field of form.querySelectorAll("textarea, input[type=text]")) field.defaultValue = field.value;
}

function copyOnClick(event) {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const field = document.getElementById(button.dataset.copy);
  field.select();
  navigator.clipboard?.writeText(field.value).then(() => {
    button.querySelector(".nl-button__label").textContent = "Gekopieerd";
  });
}

document.addEventListener("submit", waitForKeeping);
document.addEventListener("submit", markSending);
document.addEventListener("htmx:beforeRequest", keepNothingWhileSending);
document.addEventListener("htmx:beforeSwap", keepOutOtherPages);
document.addEventListener("htmx:responseError", sayNotKept);
document.addEventListener("htmx:sendError", sayNotKept);
// Back from the browser's own cache: the form may be sent again.
window.addEventListener("pageshow", forgetSending);
document.addEventListener("htmx:afterRequest", (event) => {
  // What was kept meanwhile says nothing about the sending that waited for it.
  if (!event.target.matches("[data-meanwhile]")) forgetSending();
});
document.addEventListener("htmx:afterRequest", forgetKept);
document.addEventListener("click", printOnClick);
document.addEventListener("click", copyOnClick);
window.addEventListener("beforeunload", askBeforeLeaving);
focusErrorSummary();
