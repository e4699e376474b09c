// Keeps what is typed in form[data-draft="key"] in this tab until it is sent.
// <p data-draft-note hidden> in the form says so; a page with [data-draft-clear="key"]
// (the one after sending) forgets it, and who then goes back finds the form as it was
// given out: the next one at this computer reads nothing. Secrets, files and hidden fields
// are never kept.
// <button type="button" data-draft-wipe hidden> in the form is there as long as something
// is filled in; it empties the form and forgets the draft.
// Also counts down under a field: <p data-counter-for="id" data-left="Nog {n} tekens">.

const prefix = "draft:";
const kept = "input:not([type=password], [type=file], [type=hidden], [type=submit]), textarea, select";

function store(key, value) {
  // A full or forbidden store must never stop anyone from typing.
  try {
    if (value === null) sessionStorage.removeItem(prefix + key);
    else sessionStorage.setItem(prefix + key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

function stored(key) {
  try {
    return JSON.parse(sessionStorage.getItem(prefix + key)) ?? {};
  } catch {
    return {};
  }
}

const isChoice = (field) => field.type === "checkbox" || field.type === "radio";

/** Whether the visitor, the draft or the server filled this in; the first of a list is no choice. */
function isFilled(field) {
  if (!field.name) return false;
  if (isChoice(field)) return field.checked;
  return field.localName === "select" ? field.selectedIndex > 0 : field.value !== "";
}

function empty(field) {
  if (isChoice(field)) field.checked = false;
  else if (field.localName === "select") field.selectedIndex = field.multiple ? -1 : 0;
  else field.value = "";
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function collect(form) {
  const values = {};
  for (const field of form.querySelectorAll(kept)) {
    if (!field.name) continue;
    if (isChoice(field)) {
      values[field.name] ??= [];
      if (field.checked) values[field.name].push(field.value);
    } else {
      values[field.name] = field.value;
    }
  }
  return values;
}

function restore(form, values) {
  const touched = new Set([...form.querySelectorAll(":checked")].map((field) => field.name));
  for (const field of form.querySelectorAll(kept)) {
    const value = values[field.name];
    if (value === undefined) continue;
    if (isChoice(field)) {
      // What the server sent back as chosen wins over the draft.
      if (!touched.has(field.name)) field.checked = value.includes(field.value);
    } else if (!field.value && typeof value === "string") {
      field.value = value;
    }
  }
}

for (const mark of document.querySelectorAll("[data-draft-clear]")) store(mark.dataset.draftClear, null);

for (const form of document.querySelectorAll("form[data-draft]")) {
  const key = form.dataset.draft;
  const has = () => Object.keys(stored(key)).length > 0;
  const wasKept = has();
  const [visit] = performance.getEntriesByType("navigation");
  // Back at a form of which nothing is kept: it was sent. What the browser itself put back must go.
  const isBack = visit?.type === "back_forward" && !wasKept;
  if (isBack) form.reset();
  restore(form, stored(key));
  if (!store(key, collect(form))) continue;
  for (const note of form.querySelectorAll("[data-draft-note]")) note.hidden = false;
  const fields = [...form.querySelectorAll(kept)];
  const wipes = form.querySelectorAll("[data-draft-wipe]");
  const offer = () => {
    for (const wipe of wipes) wipe.hidden = !fields.some(isFilled);
  };
  let timer;
  let sent = false;
  const save = () => sent || store(key, fields.some(isFilled) ? collect(form) : null);
  form.addEventListener("input", () => {
    offer();
    clearTimeout(timer);
    timer = setTimeout(save, 300);
  });
  for (const wipe of wipes) {
    wipe.addEventListener("click", () => {
      fields.filter(isFilled).forEach(empty);
      clearTimeout(timer);
      save();
      fields.find((field) => field.name && !field.disabled)?.focus();
    });
  }
  offer();
  save();
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    save();
    sent = true;
  });
  addEventListener("pagehide", () => {
    clearTimeout(timer);
    save();
  });
  addEventListener("pageshow", (event) => {
    // The page as it was left, out of the browser's memory, or fields that it filled in late.
    if (event.persisted && sent && !has()) location.reload();
    else if (isBack) form.reset();
    sent = false;
    save();
    offer();
  });
}

for (const counter of document.querySelectorAll("[data-counter-for]")) {
  const field = document.getElementById(counter.dataset.counterFor);
  if (!field || field.maxLength < 1) continue;
  // Without maxlength a pasted text is not cut off unseen; the server still checks.
  const most = field.maxLength;
  field.removeAttribute("maxlength");
  let timer;
  const show = () => {
    const left = most - field.value.length;
    const sentence = left < 0 ? counter.dataset.over : counter.dataset.left;
    counter.textContent = sentence.replace("{n}", Math.abs(left).toLocaleString(document.documentElement.lang));
    counter.classList.toggle("counter--over", left < 0);
  };
  show();
  // Waits for a pause, so that a screen reader is not interrupted at every letter.
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(show, 400);
  });
}
