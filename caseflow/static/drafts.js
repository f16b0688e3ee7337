// Keeps what is typed, a moment after each pause and when the page is left, until it is saved. Without scripts it is kept when it is sent.
const { keep, failed } = document.querySelector("script[data-keep]").dataset;
const PAUSE = 1500; // milliseconds
const LONGEST = 8000; // that somebody types without a pause
const LARGEST = 60000; // characters that a browser sends after the page was left

for (const form of document.querySelectorAll("form[data-draft]")) keepTyped(form);

function keepTyped(form) {
  const status = form.querySelector(".cf-draft");
  const address = new URL(form.getAttribute("action") || "", location.href).pathname;
  let timer = 0;
  let since = 0; // when the oldest text was typed that was not sent yet
  let sending = null;

  const send = async (isLeaving) => {
    clearTimeout(timer);
    since = 0;
    const body = new URLSearchParams(new FormData(form));
    body.set("draft-to", address);
    body.set("draft-query", location.search.slice(1));
    body.set("draft-at", Math.round(performance.timeOrigin + performance.now()));
    sending?.abort();
    sending = new AbortController();
    const keepalive = isLeaving && body.toString().length < LARGEST;
    const request = { method: "POST", body, keepalive, redirect: "manual", cache: "no-store", signal: sending.signal };
    try {
      const answer = await fetch(keep, request);
      if (!answer.ok && answer.status !== 409) throw new Error(answer.status);
      say(await answer.text(), answer.ok);
    } catch (error) {
      if (error.name !== "AbortError") say(failed, false);
    }
  };
  const say = (words, isKept) => {
    if (status && status.textContent !== words) status.textContent = words;
    if (isKept && !since) form.dispatchEvent(new Event("kept", { bubbles: true }));
  };
  const leave = () => since && send(true);

  form.addEventListener("input", () => {
    since ||= Date.now();
    clearTimeout(timer);
    timer = setTimeout(send, Math.min(PAUSE, Math.max(0, since + LONGEST - Date.now())));
  });
  form.addEventListener("submit", () => { // it is saved, or kept there
    clearTimeout(timer);
    since = 0;
    sending?.abort();
  });
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && leave());
  addEventListener("pagehide", leave);
}
