// button[data-print] prints the page. Without JavaScript it stays hidden; the browser's own menu does the same.

for (const button of document.querySelectorAll("button[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
