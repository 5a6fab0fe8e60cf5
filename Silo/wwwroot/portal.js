// What the pages' scripts share: asking the server, the passkey, and forms that send JSON. No form here works without a
// script: a passkey needs one, and so each answer may as well come back to the page.

const freshSignIn = "urn:recording-cluster:problem:fresh-sign-in";
const sentences = JSON.parse(document.getElementById("sentences").dataset.sentences);

/** What a person is told of a problem: by its type in the page's language, or in the server's own words. */
export class Refused extends Error {
  constructor(status, data) {
    const type = (data.type ?? "").split(":").pop();
    super(sentences[type] ?? data.detail ?? sentences[status === 401 ? "not-signed-in" : "failed"]);
    this.status = status;
    this.data = data;
  }
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
  const credential = await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
  await post("/people/sign-in", { credential: JSON.stringify(credential) });
}

async function canSignIn() {
  await signIn();
  return true;
}

/** The passkey answers a challenge that is the digest of what is decided, word for word: that is the signature. */
export async function sign(options) {
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
      output.textContent = "";
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
