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
  if (form.method !== "post") return;
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

document.addEventListener("submit", markSending);
// Back from the browser's own cache: the form may be sent again.
window.addEventListener("pageshow", forgetSending);
document.addEventListener("htmx:afterRequest", forgetSending);
document.addEventListener("click", printOnClick);
focusErrorSummary();
