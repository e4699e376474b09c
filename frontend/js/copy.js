// button[data-copy="#id"] copies the text of #id and says so in the live region
// [data-copy-status] beside it. Without JavaScript the button stays hidden.

for (const button of document.querySelectorAll("button[data-copy]")) {
  const subject = document.querySelector(button.dataset.copy);
  const status = button.parentElement.querySelector("[data-copy-status]");
  if (!subject || !navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    let said = button.dataset.copied;
    try {
      const text = subject.textContent.trim();
      // What stands in lines is copied in lines.
      await navigator.clipboard.writeText(subject.matches("pre") ? `${text}\n` : text.replace(/\s+/g, " "));
    } catch {
      // Refused by the browser: select it, so that Ctrl+C is the only thing left to do.
      getSelection().selectAllChildren(subject);
      said = button.dataset.failed;
    }
    if (!status) return;
    status.textContent = "";
    setTimeout(() => { status.textContent = said; }, 50);
  });
}
