// Sends files in parts as soon as they are chosen or dropped, and goes on where a broken line or a closed page ended.
// Without it the form sends them with its other fields.
const template = document.getElementById("upload-line");
const input = document.getElementById("files");
const form = input?.form;
const SMALLEST = 64 * 1024; // bytes of a part; the first one needs as many
const FIRST = 256 * 1024;
const LARGEST = 4 * 1024 * 1024;
const BEGINNING = 64 * 1024;
const QUICK = 3000; // milliseconds: after a part that took less, the next one is larger
const PATIENCE = 60000; // after which a part is sent again, smaller
const LONGEST_PAUSE = 20000;
const BUSY = new Set([408, 429, 500, 502, 503, 504]);
const MEGABYTE = 1000000;

if (template && form && crypto.subtle) begin();

function begin() {
  const words = template.dataset;
  const list = document.getElementById("upload-list");
  const status = document.getElementById("upload-status");
  const waiting = [];
  const lines = new Set();
  let isSending = false;
  let wantsToStore = false;

  input.addEventListener("change", () => take(input));
  const camera = document.getElementById("camera");
  if (matchMedia("(pointer: coarse)").matches) {
    const button = document.getElementById("photo");
    button.hidden = false;
    button.addEventListener("click", () => camera.click());
    camera.addEventListener("change", () => take(camera));
  } else {
    document.getElementById("drop").hidden = false;
  }
  document.addEventListener("dragover", (event) => hasFiles(event) && event.preventDefault());
  document.addEventListener("drop", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    addAll(event.dataTransfer.files);
  });
  form.addEventListener("submit", (event) => {
    const open = [...lines].filter((line) => !line.isDone);
    if (!open.length) return;
    event.preventDefault();
    wantsToStore = true;
    say(open.some((line) => line.hasFailed) ? words.failed : words.waits);
  });

  function hasFiles(event) {
    return event.dataTransfer?.types.includes("Files");
  }
  function take(box) {
    addAll(box.files);
    box.value = "";
  }
  function addAll(files) {
    for (const file of files) add(file);
    next();
  }
  function say(text) {
    status.textContent = text;
  }

  function add(file) {
    const item = template.content.firstElementChild.cloneNode(true);
    const line = { file, item, isDone: false, hasFailed: false, stop: new AbortController(), field: null };
    item.querySelector("[data-name]").textContent = file.name;
    item.querySelector("progress").setAttribute("aria-label", file.name);
    item.querySelector("[data-again]").addEventListener("click", () => {
      line.hasFailed = false;
      waiting.push(line);
      show(line, 0, words.queued);
      next();
    });
    item.querySelector("[data-leave]").addEventListener("click", () => leave(line));
    list.append(item);
    list.hidden = false;
    lines.add(line);
    waiting.push(line);
    show(line, 0, words.queued);
  }

  function show(line, received, text) {
    const { file, item } = line;
    const size = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1, minimumFractionDigits: 1 });
    item.querySelector("progress").value = file.size ? received / file.size : 0;
    const parts = { done: size.format(received / MEGABYTE), size: size.format(file.size / MEGABYTE) };
    item.querySelector("[data-words]").textContent = text.replace(/%\((\w+)\)s/g, (_, name) => parts[name]);
    item.querySelector("[data-again]").hidden = !line.hasFailed;
  }

  async function leave(line) {
    line.stop.abort();
    lines.delete(line);
    waiting.splice(waiting.indexOf(line) >>> 0, 1);
    line.field?.remove();
    line.item.remove();
    list.hidden = !lines.size;
    input.focus();
    if (line.address) await post(`${line.address}/discard`, {}).catch(() => null);
    end();
  }

  async function next() {
    if (isSending) return;
    isSending = true;
    for (let line = waiting.shift(); line; line = waiting.shift()) {
      try {
        await send(line);
      } catch (error) {
        if (!line.stop.signal.aborted) fail(line, error);
      }
    }
    isSending = false;
    end();
  }

  function fail(line, error) {
    line.hasFailed = true;
    show(line, 0, error instanceof Refused && error.message ? error.message : words.unreadable);
    say(words.failed);
  }

  function end() {
    const all = [...lines];
    if (isSending || !all.length || all.some((line) => !line.isDone)) return;
    say(words.ready);
    if (wantsToStore) form.requestSubmit();
  }

  async function send(line) {
    const { file } = line;
    const beginning = hex(await crypto.subtle.digest("SHA-256", await file.slice(0, BEGINNING).arrayBuffer()));
    const open = () => patiently(line, () => post(words.address, { name: file.name.slice(-200), size: file.size, beginning }, line.stop.signal));
    let state = await open();
    let step = FIRST;
    while (!state.is_whole) {
      line.address = state.address;
      show(line, state.received, words.sending);
      const part = await file.slice(state.received, state.received + step).arrayBuffer();
      const since = performance.now();
      try {
        state = await post(state.address, { start: state.received, part: new Blob([part]) }, within(line.stop.signal));
        if (state.has_ended) state = await open();
        else if (performance.now() - since < QUICK) step = Math.min(LARGEST, step * 2);
      } catch (error) {
        if (line.stop.signal.aborted || error instanceof Refused) throw error;
        step = Math.max(SMALLEST, step / 2);
        show(line, state.received, words.broken);
        state = await open(); // waits for the line, and says how much has arrived
      }
    }
    line.field = document.createElement("input");
    Object.assign(line.field, { type: "hidden", name: "uploads", value: state.id });
    form.append(line.field);
    line.isDone = true;
    show(line, file.size, words.arrived);
  }

  // Asks again and again while the line is broken or the server busy.
  async function patiently(line, ask) {
    for (let pause = 1000; ; pause = Math.min(LONGEST_PAUSE, pause * 2)) {
      try {
        return await ask();
      } catch (error) {
        if (line.stop.signal.aborted || error instanceof Refused) throw error;
        show(line, 0, words.broken);
        await Promise.race([
          new Promise((done) => setTimeout(done, pause)),
          new Promise((done) => addEventListener("online", done, { once: true })),
        ]);
      }
    }
  }

  async function post(address, fields, signal) {
    const body = new FormData();
    body.set("csrf_token", form.elements.csrf_token.value);
    for (const [name, value] of Object.entries(fields)) body.set(name, value);
    const answer = await fetch(address, { method: "POST", body, redirect: "manual", cache: "no-store", signal });
    if (BUSY.has(answer.status)) throw new Error(answer.status);
    if (answer.type === "opaqueredirect") { // to the page after something was discarded, else to sign in
      if (address.endsWith("/discard")) return {};
      throw new Refused(words.refused);
    }
    const state = answer.headers.get("Content-Type")?.startsWith("application/json") ? await answer.json() : {};
    if (!answer.ok) throw new Refused(state.problem || words.refused);
    return state;
  }
}

// Ends with the patience for one part, or when the file is taken off the list.
function within(signal) {
  const limit = new AbortController();
  setTimeout(() => limit.abort(), PATIENCE);
  signal.addEventListener("abort", () => limit.abort(), { once: true });
  return limit.signal;
}

class Refused extends Error {}

function hex(buffer) {
  return [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
