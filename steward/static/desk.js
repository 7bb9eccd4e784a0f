"use strict";
// Numbers and times in the reader's own form; without this script they stay as they were written.
(() => {
  const number = new Intl.NumberFormat();
  const time = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
  const day = new Intl.DateTimeFormat(undefined, { dateStyle: "medium" });

  const localize = (root) => {
    for (const element of root.querySelectorAll("data[value]")) {
      if (element.value !== "" && !Number.isNaN(Number(element.value))) {
        element.textContent = number.format(Number(element.value));
      }
    }
    for (const element of root.querySelectorAll("time[datetime]")) {
      const moment = new Date(element.dateTime);
      if (!Number.isNaN(moment.valueOf())) {
        element.title = element.dateTime;
        element.textContent = (element.dateTime.length > 10 ? time : day).format(moment);
      }
    }
  };

  document.addEventListener("DOMContentLoaded", () => localize(document));
  document.addEventListener("htmx:load", (event) => localize(event.target));
})();
