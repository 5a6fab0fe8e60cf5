// What the pages' scripts share: asking the server, the passkey, and forms that send JSON. No form here works without a
// script: a passkey needs one, and so each answer may as well come back to the page. One that is sent before its script is
// there does nothing, and what was typed comes into no address: that is what method="dialog" means outside a dialog.

const freshSignIn = "urn:recording-cluster:problem:fresh-sign-in";
const written = [...document.querySelectorAll("template[data-sentences]")].sort((one, other) => (other.id === "sentences") - (one.id === "sentences"));

// A page's own sentences come before those that all pages have.
const sentences = Object.assign({}, ...written.map((template) => JSON.parse(template.dataset.sentences)));

/** What a person is told of a problem: by its type in the page's language, or in the server's own words. */
export class Refused extends Error {
  constructor(status, data) {
    const type = (data.type ?? "").split(":").pop();
    super(filled(sentenceOf(type, data) ?? data.detail ?? sentences[status === 401 ? "not-signed-in" : "failed"], data));
    this.type = type;
    this.status = status;
    this.data = data;
  }
}

// By its type, or by its type and a fact that only this kind of it has.
function sentenceOf(type, data) {
  const own = Object.keys(data).find((name) => sentences[`${type}.${name}`]);
  return sentences[own ? `${type}.${own}` : type];
}

const moment = new Intl.DateTimeFormat(document.documentElement.lang, { timeZone: "Europe/Amsterdam", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" });

/** A name in braces is a fact of the answer: a moment in the town hall's time, a list, or a word of a closed list. */
function filled(text, data) {
  const known = data.needsConfirmation ? { ...data, missing: [...data.missing, "confirmation"] } : data;
  const told = (name, value) => Array.isArray(value) ? value.map((one) => told(name, one)).join(", ") || sentences.none
    : value?.from ? `${told(name, value.from)} – ${told(name, value.until)}`
    : sentences[`${name}.${value}`] ?? (/^\d{4}-\d\d-\d\dT/.test(value) ? moment.format(new Date(value)) : value);
  return text.replace(/\{(\w+)\}/g, (place, name) => name in known ? told(name, known[name]) : place);
}

export async function send(path, body, method = "POST") {
  const response = await fetch(path, {
    method,
    headers: {
      "Accept": "application/json",
      "Content-Type": "application/json",
      "X-CSRF-TOKEN": document.querySelector("input[name=__RequestVerificationToken]")?.value ?? "",
    },
    body: method === "GET" ? undefined : JSON.stringify(body),
  });
  const type = response.headers.get("Content-Type") ?? "";
  return { status: response.status, ok: response.ok, data: type.includes("json") ? await response.json() : {} };
}

/** Sends, and answers what came. Where only a fresh sign-in is missing, the passkey is asked for and it is sent again. */
export async function post(path, body, method = "POST") {
  let answer = await send(path, body, method);
  if (answer.status === 401 && answer.data.type === freshSignIn && await canSignIn()) {
    answer = await send(path, body, method);
  }
  if (answer.ok) {
    return answer.data;
  }
  throw new Refused(answer.status, answer.data);
}

export async function signIn() {
  const options = await post("/people/sign-in/options", {});
  if (options.demo) {
    // Somebody of the demo, who has no passkey: there a click signs in.
    await send(options.demo, {});
    return;
  }
  const credential = await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
  await post("/people/sign-in", { credential: JSON.stringify(credential) });
}

async function canSignIn() {
  await signIn();
  return true;
}

/** The passkey answers a challenge that is the digest of what is decided, word for word: that is the signature. */
export async function sign(options) {
  if (!options) {
    return null; // the demo's people have none, and the silo's signs for them
  }
  const key = await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
  const { rawId, response } = key.toJSON();
  const { authenticatorData, clientDataJSON, signature } = response;
  return { credentialId: rawId, authenticatorData, clientDataJSON, signature };
}

export function sentence(fault) {
  return fault instanceof DOMException ? sentences["no-answer"]
    : fault instanceof TypeError ? sentences.offline
    : fault.message;
}

export function valuesOf(form) {
  return Object.fromEntries([...new FormData(form)].filter(([name]) => name !== "__RequestVerificationToken"));
}

/** Sends each form that a selector finds by a deed, and says in the form's output what it answers. */
export function onSubmit(selector, deed) {
  for (const form of document.querySelectorAll(selector)) {
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const buttons = form.querySelectorAll("button");
      const output = form.querySelector("output");
      buttons.forEach((button) => button.disabled = true);
      output.textContent = form.dataset.busy ?? "";
      output.classList.remove("wrong");
      try {
        output.textContent = (await deed(form, valuesOf(form))) ?? "";
      } catch (fault) {
        output.classList.add("wrong");
        output.textContent = sentence(fault);
      } finally {
        buttons.forEach((button) => button.disabled = false);
      }
    });
  }
}

/** Says something in a form while its deed is under way. */
export function say(form, text) {
  form.querySelector("output").textContent = text;
}

/** What is done after a deed: the page the form names, or this one anew. */
export function goOn(form) {
  location.assign(form.dataset.then ?? location.pathname);
  return "";
}

/** Only an address of this portal is followed after sign-in, and as a whole: a path that begins with // would be another host's. */
export function wayBack() {
  const wanted = new URLSearchParams(location.search).get("ReturnUrl") ?? "/";
  const target = new URL(wanted, location.origin);
  return target.origin === location.origin ? target.href : "/";
}
