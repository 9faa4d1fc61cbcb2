// Folds <details data-fold> on small screens, so that results come first. Without it the panel is simply open.
for (const panel of document.querySelectorAll("details[data-fold]")) {
  if (matchMedia("(max-width: 55.99em)").matches) panel.open = false;
}
