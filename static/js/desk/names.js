// Gives the widgets that Django's admin builds in the browser the names and roles that screen readers need.
function nameWidgets() {
  for (const tip of document.querySelectorAll(".help-tooltip[aria-label]")) tip.setAttribute("role", "img");
  for (const box of document.querySelectorAll(".select2-container .select2-selection")) {
    const label = box.closest(".select2-container").previousElementSibling?.labels?.[0];
    if (!label) continue;
    label.id ||= `label-${label.htmlFor}`;
    const value = box.querySelector("span.select2-selection__rendered");
    value?.setAttribute("aria-labelledby", label.id);
    box.setAttribute("aria-labelledby", value ? `${label.id} ${value.id}` : label.id);
    box.querySelector(".select2-search__field")?.setAttribute("aria-labelledby", label.id);
    box.querySelector("ul > .select2-selection__clear")?.setAttribute("role", "listitem");
  }
}

addEventListener("load", () => {
  nameWidgets();
  const form = document.querySelector("#content-main form");
  if (form) new MutationObserver(nameWidgets).observe(form, { childList: true, subtree: true });
});
