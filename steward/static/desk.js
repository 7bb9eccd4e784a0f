"use strict";
// Numbers and times in the reader's own form; without this script they stay as they were written.
(() => {
  const number = new Intl.NumberFormat();
  const numbers = {
    percent: new Intl.NumberFormat(undefined, { style: "percent", minimumFractionDigits: 1, maximumFractionDigits: 1 }),
    signed: new Intl.NumberFormat(undefined, { signDisplay: "exceptZero", minimumFractionDigits: 1, maximumFractionDigits: 1 }),
  };
  const time = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
  const day = new Intl.DateTimeFormat(undefined, { dateStyle: "medium" });

  const localize = (root) => {
    for (const element of root.querySelectorAll("data[value]")) {
      if (element.value !== "" && !Number.isNaN(Number(element.value))) {
        element.textContent = (numbers[element.dataset.as] ?? number).format(Number(element.value));
      }
    }
    for (const element of root.querySelectorAll("time[datetime]")) {
      const moment = new Date(element.dateTime);
      if (!Number.isNaN(moment.valueOf())) {
        element.title = element.dateTime;
        element.textContent = (element.dateTime.length > 10 && element.dataset.as !== "day" ? time : day).format(moment);
      }
    }
  };

  document.addEventListener("DOMContentLoaded", () => localize(document));
  // Where the menu does not fit, it begins with the page one is on.
  const here = document.querySelector(".top nav [aria-current]");
  if (here) here.parentElement.scrollLeft = here.offsetLeft - here.parentElement.offsetLeft - 24;
  document.addEventListener("htmx:load", (event) => localize(event.target));

  // One key a decision: the key of a button that carries data-key, unless somebody is typing.
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (event.target.closest("input, select, textarea, [contenteditable]")) return;
    const pressed = event.key.toLowerCase();
    const button = [...document.querySelectorAll("[data-key]")].find((one) => one.dataset.key.split(" ").includes(pressed));
    if (button && !button.disabled) {
      event.preventDefault();
      button.click();
    }
  });

  // A second press while the first is on its way must not decide the next pair unseen.
  document.addEventListener("htmx:beforeRequest", (event) => {
    for (const button of event.target.closest("#pair")?.querySelectorAll("[data-key]") ?? []) button.disabled = true;
  });
  // What was done is said where a screen reader listens all the time; the new pair has the focus.
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.target.id !== "pair") return;
    const told = event.target.querySelector("[data-told]")?.textContent ?? "";
    const title = document.getElementById("title");
    document.getElementById("said").textContent = told;
    document.getElementById("said").classList.remove("bad");
    title?.focus({ preventScroll: true });
  });
  const complain = (words) => {
    const place = document.getElementById("said");
    place.textContent = words;
    place.classList.add("bad");
  };
  document.addEventListener("htmx:sendError", () => {
    complain("The desk does not answer. Nothing was decided.");
    for (const button of document.querySelectorAll("#pair [data-key]")) button.disabled = false;
  });
  document.addEventListener("htmx:responseError", (event) => {
    complain(`That did not work (${event.detail.xhr.status}). Load the page again.`);
  });

  // Records of another person: ticked, or dragged over. Both are the same tick, which is what is sent.
  for (const section of document.querySelectorAll("[data-split]")) {
    const others = section.querySelector("[data-others]");
    if (!others) continue;
    const rows = new Map([...section.querySelectorAll("tr[data-record]")].map((row) => [row.dataset.record, row]));
    const box = (record) => rows.get(record)?.querySelector("input[type=checkbox]");
    const list = others.querySelector("ul");
    let dragged = null;
    const move = (record, away) => {
      if (!box(record) || box(record).checked === away) return;
      box(record).checked = away;
      show();
      document.getElementById("said").textContent = `${record} is ${away ? "another" : "the same"} person.`;
    };
    const carry = (element, record) => {
      element.draggable = true;
      element.addEventListener("dragstart", (event) => {
        dragged = record;
        event.dataTransfer.setData("text/plain", record);
        event.dataTransfer.effectAllowed = "move";
        section.classList.add("dragging");
      });
      element.addEventListener("dragend", () => { dragged = null; section.classList.remove("dragging"); });
    };
    const take = (place, away) => {
      place.addEventListener("dragover", (event) => { if (dragged) { event.preventDefault(); place.classList.add("over"); } });
      place.addEventListener("dragleave", (event) => { if (!place.contains(event.relatedTarget)) place.classList.remove("over"); });
      place.addEventListener("drop", (event) => {
        event.preventDefault();
        place.classList.remove("over");
        if (dragged) move(dragged, away);
      });
    };
    const show = () => {
      const gone = [...rows.keys()].filter((record) => box(record).checked);
      for (const [record, row] of rows) row.classList.toggle("gone", gone.includes(record));
      list.replaceChildren(...gone.map((record) => {
        const item = document.createElement("li");
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = `${record} ×`;
        button.setAttribute("aria-label", `${record} is the same person after all`);
        button.addEventListener("click", () => { move(record, false); box(record).focus(); });
        carry(button, record);
        item.append(button);
        return item;
      }));
    };
    for (const [record, row] of rows) {
      carry(row, record);
      box(record).addEventListener("change", show);
    }
    take(others, true);
    take(section.querySelector("tbody"), false);
    others.hidden = false;
    show();
  }

  // A file that is too large is told of before it is sent: a browser drops the answer half-way.
  for (const field of document.querySelectorAll("input[type=file][data-limit]")) {
    const limit = Number(field.dataset.limit);
    field.addEventListener("change", () => {
      const large = [...field.files].some((file) => file.size > limit);
      field.setCustomValidity(large ? `That is larger than the ${number.format(Math.floor(limit / 1048576))} MB that can be taken here. Hand it in in parts, or let an admin import it on the command line.` : "");
      if (large) field.reportValidity();
    });
  }

  // A file dropped anywhere on the form is as good as one chosen.
  for (const form of document.querySelectorAll("form.drop")) {
    const field = form.querySelector("input[type=file]");
    for (const kind of ["dragenter", "dragover"]) {
      form.addEventListener(kind, (event) => { event.preventDefault(); form.classList.add("over"); });
    }
    form.addEventListener("dragleave", () => form.classList.remove("over"));
    form.addEventListener("drop", (event) => {
      event.preventDefault();
      form.classList.remove("over");
      field.files = event.dataTransfer.files;
      field.dispatchEvent(new Event("change"));
      form.requestSubmit();
    });
  }
})();
