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

  // Another row of a field of rows, without asking the server.
  document.querySelectorAll("[data-rows]").forEach((rows) => {
    const button = rows.querySelector("[data-more]");
    if (!button) return;
    button.addEventListener("click", (event) => {
      event.preventDefault();
      const all = rows.querySelectorAll("fieldset");
      const number = all.length;
      const made = all[number - 1].cloneNode(true);
      const renamed = (text) => text.replace(`${rows.dataset.rows}-${number - 1}-`, `${rows.dataset.rows}-${number}-`);
      made.querySelector("[data-number]").textContent = number + 1;
      made.querySelectorAll("label").forEach((label) => { label.htmlFor = renamed(label.htmlFor); });
      made.querySelectorAll("input, select").forEach((field) => {
        field.name = renamed(field.name);
        field.id = renamed(field.id);
        if (field.type === "checkbox") field.checked = false;
        else if (field.localName === "select") field.selectedIndex = 0;
        else field.value = "";
      });
      all[number - 1].after(made);
      made.querySelector("input").focus();
      if (number + 1 >= Number(rows.dataset.most)) button.parentElement.remove();
    });
  });

  // A file that is too large is told before it is sent.
  document.querySelectorAll("input[type=file][data-most]").forEach((input) => {
    const said = Object.assign(document.createElement("p"), { className: "desk-errors", role: "alert" });
    input.after(said);
    input.addEventListener("change", () => {
      const [file] = input.files;
      said.textContent = file && file.size > Number(input.dataset.most) ? input.dataset.tooLarge : "";
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
      const { namen, vroeger } = await answer.json();
      const option = (name) => {
        const made = Object.assign(document.createElement("option"), { value: name });
        if (vroeger[name]) made.label = `${name} (${vroeger[name]})`;
        return made;
      };
      list.replaceChildren(...namen.map(option));
    };
    input.addEventListener("input", soon(look, 200));
  });

  // A name that looks like one that is there already.
  document.querySelectorAll("input[data-alike]").forEach((input) => {
    const box = Object.assign(document.createElement("div"), { className: "desk-alike", role: "status" });
    input.after(box);
    const seat = input.form.querySelector("[name=seat]");
    const began = input.value;
    const look = async () => {
      const name = input.value.trim();
      const ask = new URLSearchParams({ naam: name, plaats: seat ? seat.value : "", uid: input.dataset.uid || "" });
      const answer = name === began || name.length < 3 ? null : await fetch(`${input.dataset.alike}?${ask}`).catch(() => null);
      const { lijkt, zin } = answer && answer.ok ? await answer.json() : { lijkt: [], zin: "" };
      const list = document.createElement("ul");
      list.replaceChildren(...lijkt.map((one) => {
        const item = document.createElement("li");
        item.append(Object.assign(document.createElement("a"), { href: one.adres, textContent: one.naam }));
        return item;
      }));
      box.replaceChildren(...(lijkt.length ? [Object.assign(document.createElement("p"), { textContent: zin }), list] : []));
    };
    input.addEventListener("input", soon(look, 400));
    if (seat) seat.addEventListener("change", look);
  });
})();
