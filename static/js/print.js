// Shows the buttons that print the page. Without it there is none, and the browser prints as ever.
for (const button of document.querySelectorAll("button[data-print]")) {
  button.parentElement.hidden = false;
  button.addEventListener("click", () => print());
}
