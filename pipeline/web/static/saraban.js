// What every page shares: the search key, printing, and files dragged onto the upload page.
"use strict";

function typing(target) {
  return target.closest && target.closest("input:not([type=checkbox]), select, textarea, [contenteditable]");
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  event.preventDefault();
  const box = document.getElementById("q");
  if (box) box.focus();
  else if (document.querySelector("header nav")) window.location.assign("/search");
});

// What htmx could not send, or what was refused, must not pass unseen: nothing was saved.
for (const kind of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(kind, () => {
    const main = document.getElementById("main");
    const old = document.getElementById("not-sent");
    if (old) old.remove();
    const said = document.createElement("p");
    said.id = "not-sent";
    said.className = "notice bad afloat";
    said.setAttribute("role", "alert");
    said.textContent = document.body.dataset.notSent;
    main.prepend(said);
  });
}
document.addEventListener("htmx:afterSwap", () => {
  const old = document.getElementById("not-sent");
  if (old) old.remove();
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});

// Files are sent one by one, so that each has its own progress; the server reads them one after the other.
function send(form, list, file) {
  const line = document.createElement("li");
  const name = document.createElement("span");
  const state = document.createElement("span");
  const bar = document.createElement("progress");
  name.textContent = file.name;
  state.textContent = form.dataset.sending;
  bar.max = 100;
  bar.setAttribute("aria-label", file.name);
  line.append(name, state, bar);
  list.append(line);
  return new Promise((done) => {
    if (file.size > Number(form.dataset.limit) * 1e6) {
      state.textContent = form.dataset.tooLarge;
      bar.remove();
      return done();
    }
    const body = new FormData();
    body.append("files", file);
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("x-csrf-token", form.elements.csrf.value);
    request.setRequestHeader("hx-request", "true");
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) bar.value = (100 * event.loaded) / event.total;
    });
    request.addEventListener("loadend", () => {
      state.textContent = request.status === 200 ? form.dataset.sent : form.dataset.failed;
      bar.remove();
      htmx.ajax("GET", "/upload/jobs", "#jobs");
      done();
    });
    request.send(body);
  });
}

document.addEventListener("DOMContentLoaded", () => {
  const form = document.getElementById("drop");
  if (!form) return;
  const list = document.getElementById("sending");
  const sendAll = async (files) => {
    for (const file of files) await send(form, list, file);
  };
  form.elements.files.addEventListener("change", () => {
    const files = [...form.elements.files.files];
    form.elements.files.value = "";
    sendAll(files);
  });
  for (const kind of ["dragover", "dragenter"]) {
    document.addEventListener(kind, (event) => {
      event.preventDefault();
      form.classList.add("over");
    });
  }
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) form.classList.remove("over");
  });
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    form.classList.remove("over");
    sendAll([...event.dataTransfer.files]);
  });
});
