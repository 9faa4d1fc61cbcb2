// Warns before a form with changes is left. A button marked data-stays opens another window and leaves nothing.
for (const form of document.querySelectorAll("#content-main form[method=post]")) {
  let changed = Boolean(form.querySelector(".errorlist, .errornote"));
  let saving = false;
  const note = (event) => { if (event.isTrusted || event.detail) changed = true; };
  form.addEventListener("input", note);
  form.addEventListener("change", note);
  form.addEventListener("click", (event) => {
    if (event.target.closest(".selector a, .selector button, .inline-deletelink, .add-row a")) changed = true;
  });
  form.addEventListener("submit", (event) => { saving = !event.submitter?.hasAttribute("data-stays"); });
  window.addEventListener("beforeunload", (event) => { if (changed && !saving) event.preventDefault(); });
}
