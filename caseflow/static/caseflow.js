// Starts the parts of the page kit that need a script, and adds our own. Every essential act works without it.
import {
  createAll, Button, CharacterCount, Checkboxes, ErrorSummary, NotificationBanner, PasswordInput, Radios, SkipLink,
} from "./vendor/govuk-frontend-6.6.0.min.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
for (const part of [Button, CharacterCount, Checkboxes, ErrorSummary, NotificationBanner, PasswordInput, Radios, SkipLink]) {
  createAll(part);
}

// What just happened is read out, and found by people who see only a part of the page.
document.querySelector("[data-focus]")?.focus();

// Menus close when one goes on, or with Escape.
const menus = ".cf-menu[open], .cf-nav__group[open]";
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll(menus)) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll(menus)) {
    if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
    menu.open = false;
  }
});

const ends = document.getElementById("session-ends");
if (ends) {
  warnOfLoss();
  warnOfEnd(ends);
}

// Leaving a page with text that was typed, and neither saved nor kept as a draft, is asked about.
function warnOfLoss() {
  const ask = (event) => event.preventDefault();
  const forms = [...document.querySelectorAll("main form[method=post]")];
  const begin = () => addEventListener("beforeunload", ask);
  for (const form of forms) {
    form.addEventListener("input", begin);
    for (const end of ["submit", "kept"]) form.addEventListener(end, () => removeEventListener("beforeunload", ask));
  }
  const isKept = document.querySelector(".cf-draft:not(:empty)");
  if (document.querySelector("main .govuk-error-summary") && forms.length && !isKept) begin(); // typed before, and not saved
}

// Two minutes before the session ends, one press keeps it. Other tabs count: whichever page is opened renews it.
function warnOfEnd(template) {
  const tabs = "BroadcastChannel" in window ? new BroadcastChannel("caseflow-session") : null;
  let warning = null;
  let timer = 0;
  const wait = () => {
    warning?.remove();
    warning = null;
    clearTimeout(timer);
    timer = setTimeout(show, Number(template.dataset.seconds) * 1000);
  };
  const show = () => {
    document.body.append(template.content.cloneNode(true));
    warning = document.querySelector(".cf-ends");
    warning.querySelector("button").addEventListener("click", stay);
  };
  const stay = async () => {
    const answer = await fetch(template.dataset.address, { redirect: "manual", cache: "no-store" }).catch(() => null);
    if (answer?.ok) {
      wait();
      tabs?.postMessage("renewed");
    } else {
      warning.querySelector("p").textContent = template.dataset.failed;
      warning.querySelector("button").remove();
    }
  };
  if (tabs) tabs.onmessage = wait;
  addEventListener("kept", () => { // keeping a draft renews the session
    wait();
    tabs?.postMessage("renewed");
  });
  tabs?.postMessage("renewed");
  addEventListener("pageshow", (event) => event.persisted && wait());
  wait();
}
