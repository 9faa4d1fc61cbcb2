// Remembers the shortlist and its notes in this browser, and only here. Without it the address is the whole list.
const LIST = "merkliste", NOTES = "merkliste-notizen", MOST = 20;
const tell = () => dispatchEvent(new Event("merkliste"));
const read = (key, empty) => { try { return JSON.parse(localStorage.getItem(key)) ?? empty; } catch { return empty; } };
const write = (key, value) => { try { localStorage.setItem(key, JSON.stringify(value)); } catch { /* blocked or full */ } tell(); };
const forget = () => { try { localStorage.removeItem(LIST); localStorage.removeItem(NOTES); } catch { /* blocked */ } tell(); };
const remembered = () => [].concat(read(LIST, [])).map(String).filter((number) => /^\d{1,8}$/.test(number));
const numbersOf = (query) => new URLSearchParams(query).getAll("idee");
const addressOf = (page, numbers) => page + "?" + numbers.map((number) => "idee=" + number).join("&");

// In the list and on an entry: ticks are remembered at once, and the button takes all remembered ideas along.
const form = document.getElementById("merken");
if (form) {
  const boxes = document.querySelectorAll('input[type="checkbox"][form="merken"]');
  const own = document.querySelector("[data-idea]")?.dataset.idea;
  const link = document.getElementById("gemerkte"), status = document.getElementById("ansage");
  const beside = link.cloneNode(true);
  beside.removeAttribute("id");
  const show = () => {
    const numbers = remembered(), listed = numbers.includes(own);
    for (const box of boxes) box.checked = numbers.includes(box.value);
    for (const each of [link, beside]) {
      each.hidden = !numbers.length || listed;
      each.href = addressOf(form.action, numbers);
      each.querySelector("b").textContent = numbers.length;
    }
    for (const each of document.querySelectorAll("[data-listed]")) {
      each.hidden = (each.dataset.listed === "yes") !== listed;
      if (each.href) each.href = link.href;
    }
    return numbers.length;
  };
  for (const box of boxes) {
    box.addEventListener("change", () => {
      const others = remembered().filter((number) => number !== box.value);
      write(LIST, box.checked ? [...others, box.value] : others);
      const count = show();
      status.textContent = status.dataset[count === 1 ? "one" : "many"].replace("{number}", count);
      box.closest("label").after(beside);
    });
  }
  form.addEventListener("submit", (event) => {
    const numbers = [...new Set([...remembered(), ...new FormData(form).getAll("idee")])];
    if (!numbers.length) return;
    event.preventDefault();
    if (numbers.length <= MOST) write(LIST, numbers);
    location.href = addressOf(form.action, numbers);
  });
  addEventListener("pageshow", show);
}

// On the shortlist: what is remembered, and whether it is what is shown.
const panel = document.getElementById("gemerkt");
if (panel) {
  const shown = panel.dataset.numbers.split(",").filter(Boolean);
  // An address without a list means the remembered one.
  if (!numbersOf(location.search).length && remembered().length) location.replace(addressOf(location.pathname, remembered()));
  const show = () => {
    const numbers = remembered();
    const same = shown.length > 0 && shown.join() === numbers.join();
    const other = numbers.length > 0 && !same;
    const state = same ? "same" : other ? "other" : shown.length ? "new" : "";
    for (const each of panel.querySelectorAll("[data-when]")) each.hidden = each.dataset.when !== state;
    panel.querySelector('[data-do="keep"]').hidden = same || !shown.length;
    panel.querySelector('[data-do="forget"]').hidden = !numbers.length && !Object.keys(read(NOTES, {})).length;
    panel.hidden = ![...panel.querySelectorAll("[data-do]")].some((button) => !button.hidden);
    const link = panel.querySelector("a");
    link.href = addressOf(location.pathname, numbers);
    link.textContent = numbers.join(", ");
  };
  // Ideas added to the remembered list belong to it; so do links that move or remove one.
  const mine = remembered();
  if (mine.length && mine.every((number) => shown.includes(number))) write(LIST, shown);
  const isMine = shown.join() === remembered().join();
  for (const link of document.querySelectorAll("a[data-list]")) {
    link.addEventListener("click", () => { if (isMine) write(LIST, numbersOf(link.search)); });
  }
  // What is remembered need not be carried along in addresses.
  for (const link of document.querySelectorAll("a[data-carries]")) {
    link.addEventListener("click", () => { if (shown.join() === remembered().join()) link.search = ""; });
  }
  panel.addEventListener("click", (event) => {
    const action = event.target.closest("[data-do]")?.dataset.do;
    if (action === "keep") write(LIST, shown);
    if (action === "forget") {
      forget();
      for (const note of document.querySelectorAll("textarea[data-note]")) note.value = "";
    }
    show();
  });
  // As high as the text, so that nothing is cut off on paper.
  const grow = (note) => { note.rows = 3 + note.value.split("\n").reduce((sum, line) => sum + Math.ceil(line.length / 50), 0); };
  for (const note of document.querySelectorAll("textarea[data-note]")) {
    note.value ||= read(NOTES, {})[note.dataset.note] ?? "";
    note.closest("details").open = note.value !== "";
    grow(note);
    note.addEventListener("input", () => {
      const { [note.dataset.note]: _, ...others } = read(NOTES, {});
      grow(note);
      write(NOTES, note.value ? { ...others, [note.dataset.note]: note.value } : others);
      show();
    });
  }
  show();
}
