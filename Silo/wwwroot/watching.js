// Sends the forms of the pages for watching over and of the regulation, and follows a check of the trail.
import { onSubmit, post, send } from "./portal.js";

// A check goes through some 50,000 entries in this time.
const lookEvery = 500;

/** The moment at which a day begins in Amsterdam: at midnight UTC it is one or two o'clock there. */
function beginOf(day) {
  const midnight = new Date(`${day}T00:00:00Z`);
  const ahead = Number(new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/Amsterdam", hour: "2-digit", hourCycle: "h23" }).format(midnight));
  return new Date(midnight.getTime() - 3600e3 * ahead).toISOString();
}

// Fields that are left empty are left out; one that is named in the address goes there; a list is all that is ticked.
function bodyOf(form, used) {
  const fields = new FormData(form);
  const lists = (form.dataset.lists ?? "").split(" ").filter((name) => name);
  const body = Object.fromEntries(lists.map((name) => [name, fields.getAll(name)]));
  for (const [name, value] of fields) {
    if (value !== "" && name !== "__RequestVerificationToken" && !used.has(name) && !lists.includes(name)) {
      body[name] = form.elements[name].dataset?.as === "begin" ? beginOf(value) : value;
    }
  }
  return body;
}

onSubmit("form[data-send]", async (form) => {
  const used = new Set();
  const path = form.dataset.send.replace(/\{(\w+)\}/g, (_, name) => {
    used.add(name);
    return encodeURIComponent(form.elements[name].value);
  });
  await post(path, bodyOf(form, used), form.dataset.method ?? "POST");
  location.assign((form.dataset.then ?? location.href).replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(form.elements[name].value)));
  return "";
});

// Lengths are typed in days, hours or minutes, and sent as the server writes them.
function span(value, seconds) {
  const all = Math.round(Number(value) * seconds);
  const two = (number) => `${number}`.padStart(2, "0");
  const time = `${two(Math.floor(all / 3600) % 24)}:${two(Math.floor(all / 60) % 60)}:${two(all % 60)}`;
  return all >= 86400 ? `${Math.floor(all / 86400)}.${time}` : time;
}

onSubmit("form[data-do=draft]", async (form) => {
  const field = (name) => form.elements[name];
  const articles = [...form.querySelectorAll("[data-article]")].map((article) => {
    const text = (name) => article.querySelector(`[name=${name}]`).value.replaceAll("\r\n", "\n").trim();
    return {
      id: article.dataset.article,
      title: { dutch: text("title-nl"), english: text("title-en") },
      text: { dutch: text("text-nl"), english: text("text-en") },
    };
  });
  const terms = {
    retention: span(field("retention").value, 86400),
    grace: span(field("grace").value, 60),
    earlyStart: span(field("early-start").value, 60),
    grantTerm: span(field("grant-term").value, 3600),
    viewingsPerGrant: Number(field("viewings").value),
    recording: field("recording").checked,
    sound: field("sound").checked,
  };
  const meets = new FormData(form).getAll("meets");
  await post(`/regulation/versions/${form.dataset.version}`, { articles, terms, dpia: field("dpia").value.trim() || null, meets }, "PUT");
  location.assign(form.dataset.then);
  return "";
});

const followed = document.querySelector("[data-follow]");
if (followed) {
  const look = async () => {
    const answer = await send(followed.dataset.follow, null, "GET").catch(() => null);
    if (answer?.ok && answer.data.stage !== "running") {
      location.reload();
      return;
    }
    if (answer?.ok) {
      followed.querySelector("progress").value = answer.data.checked;
      followed.querySelector("[data-shows=checked]").textContent = answer.data.checked;
    }
    setTimeout(look, lookEvery);
  };
  look();
}
