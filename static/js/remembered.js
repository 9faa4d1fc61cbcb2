// Says in the menu how many ideas this browser remembers, and leads to them. Without it the link opens an empty shortlist.
for (const link of document.querySelectorAll("[data-remembered]")) {
  const note = link.querySelector("[hidden]"), page = link.href;
  const show = () => {
    let numbers = [];
    try { numbers = [].concat(JSON.parse(localStorage.getItem("merkliste")) ?? []).filter((number) => /^\d{1,8}$/.test(number)); } catch { /* blocked */ }
    note.hidden = !numbers.length;
    note.querySelector("b").textContent = numbers.length;
    link.href = numbers.length ? page + "?" + numbers.map((number) => "idee=" + number).join("&") : page;
  };
  // "merkliste" comes from js/shortlist.js on this page, "storage" from another tab.
  for (const event of ["merkliste", "storage", "pageshow"]) addEventListener(event, show);
  show();
}
