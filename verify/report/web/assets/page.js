"use strict";

// Long formulas and tables scroll; whatever scrolls can be reached by keyboard.
function focusable() {
  for (const each of document.querySelectorAll(".formula, .shape, .why, .without")) {
    if (each.scrollWidth > each.clientWidth + 1) {
      each.tabIndex = 0;
    } else {
      each.removeAttribute("tabindex");
    }
  }
}

// The colours of the system, until the reader chooses others.
function theme() {
  const button = document.getElementById("theme");
  if (!button) return;
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const stored = () => { try { return localStorage.getItem("theme"); } catch { return null; } };
  const store = (value) => { try { localStorage.setItem("theme", value); } catch { /* private */ } };
  const shown = () => stored() || (dark.matches ? "dark" : "light");
  const apply = () => {
    document.documentElement.dataset.theme = shown();
    button.textContent = shown() === "dark" ? "Light" : "Dark";
  };
  button.hidden = false;
  button.addEventListener("click", () => { store(shown() === "dark" ? "light" : "dark"); apply(); });
  dark.addEventListener("change", apply);
  apply();
}

// On a page that lists claims, the search narrows the list; elsewhere it leads there.
function search() {
  const field = document.getElementById("search");
  const status = document.getElementById("found");
  if (!field) return;
  document.addEventListener("keydown", (event) => {
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName);
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      field.focus();
    }
  });
  if (!status) return;
  const plain = (text) => text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f]/g, "");
  const items = [...document.querySelectorAll(".group li")].map(
    (item) => ({ item, text: plain(item.textContent + " " + item.dataset.words) })
  );
  const narrow = () => {
    const words = plain(field.value).split(/\s+/).filter(Boolean);
    let count = 0;
    for (const { item, text } of items) {
      item.hidden = !words.every((word) => text.includes(word));
      count += item.hidden ? 0 : 1;
    }
    for (const group of document.querySelectorAll(".group")) {
      group.hidden = !group.querySelector("li:not([hidden])");
    }
    status.textContent = words.length ? `${count} of ${items.length} claims` : "";
  };
  field.value = new URLSearchParams(location.search).get("q") || "";
  field.addEventListener("input", narrow);
  field.form.addEventListener("submit", (event) => { event.preventDefault(); narrow(); });
  narrow();
}

theme();
search();
focusable();
window.addEventListener("resize", focusable);
if (document.fonts) document.fonts.ready.then(focusable);
