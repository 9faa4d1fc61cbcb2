// A box that narrows the values of a long facet while typing. Without it the values scroll.
for (const list of document.querySelectorAll("[data-find]")) {
  const box = document.createElement("input"), name = document.createElement("label");
  box.type = "search";
  box.autocomplete = "off";
  box.addEventListener("input", () => {
    const wanted = box.value.trim().toLocaleLowerCase("de");
    for (const label of list.querySelectorAll("label")) {
      label.hidden = !label.textContent.toLocaleLowerCase("de").includes(wanted) && !label.querySelector(":checked");
    }
  });
  box.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
  name.append(list.dataset.find, box);
  list.before(name);
}
