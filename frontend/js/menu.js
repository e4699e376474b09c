// Escape closes an open details.menu and gives the focus back to what opened it.

for (const menu of document.querySelectorAll("details.menu")) {
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}
