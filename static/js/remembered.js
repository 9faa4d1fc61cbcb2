// Says in the menu how many ideas this browser remembers, and leads to them. Without it the link opens an empty shortlist.
for (const link of document.querySelectorAll("[data-remembered]")) {
  const page = link.href, number = document.createElement("b"), word = document.createElement("span");
  word.className = "hidden";
  const show = () => {
    let numbers = [];
    try { numbers = [].concat(JSON.parse(localStorage.getItem("merkliste")) ?? []).filter((each) => /^\d{1,8}$/.test(each)); } catch { /* blocked */ }
    number.textContent = numbers.length || "";
    word.textContent = numbers.length ? ` ${link.dataset.remembered}` : "";
    link.href = numbers.length ? page + "?" + numbers.map((each) => "idee=" + each).join("&") : page;
  };
  link.append(" ", number, word);
  // "merkliste" comes from js/shortlist.js on this page, "storage" from another tab.
  for (const event of ["merkliste", "storage", "pageshow"]) addEventListener(event, show);
  show();
}
