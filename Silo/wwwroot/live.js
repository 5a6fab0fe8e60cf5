// Keeps a page as the server has it: what is marked data-live is put in anew, and where data-state differs the whole page is.
// Without this script the same is seen by loading the page again. When the connection drops the page says so, and since when,
// and goes on trying; when it returns the page is made good by itself.

const longest = 5000; // an answer takes milliseconds; what takes longer than this does not come
const untouched = 5 * 60_000; // a page that nobody touches stops asking, so that its session ends as that of any desk left alone

const page = document.querySelector("[data-state]");
const every = Number(page.dataset.every ?? 2000);
const box = document.getElementById("connection");
const notice = box.firstElementChild;
const clock = new Intl.DateTimeFormat("nl-NL", { timeZone: "Europe/Amsterdam", hour: "2-digit", minute: "2-digit", second: "2-digit" });

let lostAt = null;
let touchedAt = Date.now();
let timer = null;
let asking = false;
let leftAt = 0;

function tell(what) {
  if (what === null) {
    box.hidden = true;
    notice.textContent = "";
  } else if (box.dataset.told !== what) {
    notice.textContent = notice.dataset[what].replace("{at}", clock.format(lostAt ?? Date.now()));
    box.hidden = false;
  }
  box.dataset.told = what ?? "";
  document.body.classList.toggle("stale", what !== null);
}

// A deed that was done loads the page anew by itself; where that does not come, as without a connection, this goes on.
const isLeaving = () => Date.now() - leftAt < longest;
addEventListener("beforeunload", () => leftAt = Date.now());

// Somebody who is filling in a field is not interrupted.
const isFilling = () => document.activeElement?.matches("input, select, textarea") ?? false;
const isSending = () => document.querySelector("form button:disabled") !== null;

function take(fresh) {
  const state = fresh.querySelector("[data-state]");
  if (state?.dataset.state !== page.dataset.state && !isFilling() && !isSending() && !isLeaving()) {
    location.replace(location.href);
    return;
  }
  for (const now of document.querySelectorAll("[data-live]")) {
    const then = fresh.getElementById(now.id);
    if (then && then.outerHTML !== now.outerHTML) {
      now.className = then.className;
      now.innerHTML = then.innerHTML;
    }
  }
}

async function ask() {
  const answer = await fetch(location.href, { headers: { "Accept": "text/html" }, cache: "no-store", signal: AbortSignal.timeout(longest) });
  if (answer.redirected || answer.status === 401) {
    return "signedOut";
  }
  if (!answer.ok) {
    return "lost";
  }
  take(new DOMParser().parseFromString(await answer.text(), "text/html"));
  return null;
}

async function look() {
  clearTimeout(timer);
  if (asking) {
    return;
  }
  if (page.dataset.rests !== undefined && (document.hidden || Date.now() - touchedAt > untouched)) {
    lostAt ??= Date.now();
    tell("resting");
    return; // a touch wakes it
  }
  asking = true;
  const what = await ask().catch(() => "lost");
  asking = false;
  lostAt = what === null ? null : lostAt ?? Date.now();
  tell(what);
  timer = setTimeout(look, every);
}

function touched() {
  touchedAt = Date.now();
  if (box.dataset.told === "resting") {
    lostAt = null;
    look();
  }
}

for (const event of ["pointerdown", "keydown", "visibilitychange"]) {
  document.addEventListener(event, touched);
}
addEventListener("online", look);
timer = setTimeout(look, every);
