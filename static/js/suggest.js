// Suggestions under every search field: a combobox with a list, after the ARIA pattern. Without it the field is a plain one.
for (const input of document.querySelectorAll("[data-suggest]")) {
  const list = document.createElement("ul"), status = document.createElement("span");
  let found = [], active = -1, timer, request;

  const mark = (place) => {
    active = place;
    [...list.children].forEach((option, number) => option.setAttribute("aria-selected", number === place));
    if (place < 0) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", list.children[place].id);
    list.children[place].scrollIntoView({ block: "nearest" });
  };
  const show = (suggestions, said) => {
    found = suggestions;
    list.replaceChildren(...found.map((each, number) => {
      const option = document.createElement("li"), label = document.createElement("span"), note = document.createElement("small");
      option.id = `${list.id}-${number}`;
      option.setAttribute("role", "option");
      label.lang = each.lang;
      label.textContent = each.label;
      note.textContent = each.note;
      option.append(label, " ", note);
      return option;
    }));
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", !list.hidden);
    status.textContent = said;
    mark(-1);
  };
  const close = () => {
    clearTimeout(timer);
    request?.abort();
    show([], "");
  };
  const ask = async () => {
    request?.abort();
    request = new AbortController();
    try {
      const address = `${input.dataset.suggest}?${new URLSearchParams({ q: input.value })}`;
      const answer = await fetch(address, { signal: request.signal });
      const { suggestions, said } = await answer.json();
      if (document.activeElement === input) show(suggestions, said);
    } catch { /* Typing went on, or the network is away: the field works without suggestions. */ }
  };
  const choose = ({ kind, label, url }) => {
    if (kind !== "word") return location.assign(url);
    input.value = label;
    close();
    input.form.requestSubmit();
  };

  list.id = `${input.id}-suggestions`;
  list.className = "suggest plain";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.dataset.suggestions);
  status.className = "hidden";
  status.setAttribute("role", "status");
  input.after(list, status);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-controls", list.id);
  input.addEventListener("input", () => {
    if (input.value.trim().length < 2) return close();
    clearTimeout(timer);
    timer = setTimeout(ask, 150);
  });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (list.hidden || event.isComposing) return;
    if (event.key === "Escape") close();
    // One place more than options: in between the field itself has its turn, as typed.
    else if (step) mark((active + 1 + step + found.length + 1) % (found.length + 1) - 1);
    else if (event.key === "Enter" && active >= 0) choose(found[active]);
    else return;
    event.preventDefault();
  });
  // Pressing must not take the focus away, else the list would close before the click arrives.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) choose(found[[...list.children].indexOf(option)]);
  });
}
