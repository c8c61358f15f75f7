/* What plain HTML cannot do: focus the error summary, add a row without a round trip, copy a text, tick all boxes. Pages work without this file. */
"use strict";

function focusErrorSummary(root) {
  const summary = root.querySelector(".error-summary");
  if (summary) summary.focus();
}

/* Gives the copied row its own number in every name, id, for and aria-describedby: skills-3-level becomes skills-4-level. */
function renumberRow(row, prefix, index) {
  const numbered = new RegExp("\\b" + prefix + "-\\d+(?=-|\\b)", "g");
  row.querySelectorAll("*").forEach((element) => {
    Array.from(element.attributes).forEach((attribute) => {
      attribute.value = attribute.value.replace(numbered, prefix + "-" + index);
    });
  });
}

function emptyRow(row) {
  row.querySelectorAll(".error, .resolved").forEach((note) => note.replaceChildren());
  row.querySelectorAll("input, select, textarea").forEach((control) => {
    control.removeAttribute("aria-invalid");
    if (control.type === "checkbox" || control.type === "radio") control.checked = false;
    else if (control.tagName === "SELECT") control.selectedIndex = 0;
    else control.value = "";
  });
}

function addRow(button) {
  const rows = button.closest(".rows");
  const all = rows.querySelectorAll(".row");
  if (all.length >= Number(rows.dataset.max)) return;
  const row = all[all.length - 1].cloneNode(true);
  renumberRow(row, rows.dataset.prefix, all.length);
  emptyRow(row);
  all[all.length - 1].after(row);
  if (window.htmx) window.htmx.process(row);
  row.querySelector("input, select, textarea").focus();
}

/* Copies the words of the box that the button names; where the browser forbids it, marks them. */
async function copyText(button) {
  const box = document.getElementById(button.dataset.copies);
  box.select();
  try {
    await navigator.clipboard.writeText(box.value);
    button.textContent = button.dataset.done;
  } catch {
    box.focus();
  }
}

function showCopyButtons(root) {
  root.querySelectorAll(".copy[hidden]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => copyText(button));
  });
}

/* One button ticks every box of a list, or, when all are ticked, none. */
function tickAll(button) {
  const boxes = Array.from(button.form.querySelectorAll(`input[name="${button.dataset.ticks}"]`));
  const areAll = () => boxes.every((box) => box.checked);
  const say = () => { button.textContent = areAll() ? button.dataset.none : button.dataset.all; };
  button.hidden = false;
  button.addEventListener("click", () => {
    const wanted = !areAll();
    boxes.forEach((box) => { box.checked = wanted; });
    say();
  });
  boxes.forEach((box) => box.addEventListener("change", say));
  say();
}

document.addEventListener("click", (event) => {
  const button = event.target.closest(".row-add");
  if (!button) return;
  event.preventDefault();
  addRow(button);
});
document.addEventListener("DOMContentLoaded", () => {
  focusErrorSummary(document);
  showCopyButtons(document);
  document.querySelectorAll(".tick-all").forEach(tickAll);
});
document.addEventListener("htmx:afterSwap", (event) => {
  focusErrorSummary(event.target);
  showCopyButtons(event.target);
});
