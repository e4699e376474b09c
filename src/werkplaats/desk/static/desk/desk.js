// What is typed in a form is kept on the server while typing, so that nothing is lost.
// And a field that names a record helps with names as they are known.
(() => {
  "use strict";
  const soon = (work, wait) => {
    let timer = 0;
    return () => { clearTimeout(timer); timer = setTimeout(work, wait); };
  };

  document.querySelectorAll("form[data-draft]").forEach((form) => {
    const said = form.querySelector("[data-draft-said]");
    let dirty = false, sending = false;
    const body = () => {
      const data = new FormData(form);
      data.append("plek", form.dataset.place);
      for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
      return data;
    };
    const keep = async () => {
      if (sending || !dirty) return;
      dirty = false;
      const answer = await fetch(form.dataset.draft, { method: "POST", body: body(), keepalive: true }).catch(() => null);
      if (answer && answer.ok && said) said.textContent = `${said.dataset.text} ${(await answer.json()).om}`;
    };
    const later = soon(keep, 1200);
    form.addEventListener("input", () => { dirty = true; later(); });
    form.addEventListener("submit", () => { sending = true; });
    window.addEventListener("pagehide", () => {
      if (dirty && !sending) navigator.sendBeacon(form.dataset.draft, body());
    });
  });

  document.querySelectorAll("input[data-names]").forEach((input) => {
    const list = document.createElement("datalist");
    list.id = `${input.id}-namen`;
    input.after(list);
    input.setAttribute("list", list.id);
    const look = async () => {
      const text = input.value.trim();
      if (text.length < 2) return;
      const answer = await fetch(`${input.dataset.names}?q=${encodeURIComponent(text)}`).catch(() => null);
      if (!answer || !answer.ok) return;
      const names = (await answer.json()).namen;
      list.replaceChildren(...names.map((name) => Object.assign(document.createElement("option"), { value: name })));
    };
    input.addEventListener("input", soon(look, 200));
  });
})();
