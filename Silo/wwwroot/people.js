// Signs in, enrols and decides with passkeys, and sends the forms of the pages about people. No form here works without it:
// a passkey needs a script, and so each answer may as well come back to the page.
"use strict";

const freshSignIn = "urn:recording-cluster:problem:fresh-sign-in";

// The secret of a one-time link stands behind the #. It is taken out of the address at once, so that neither the
// history nor somebody who looks over a shoulder keeps it.
const link = location.hash.slice(1);
if (link) {
  history.replaceState(null, "", location.pathname);
}

async function send(path, body, method = "POST") {
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

async function post(path, body, method = "POST") {
  let answer = await send(path, body, method);
  if (answer.status === 401 && answer.data.type === freshSignIn) {
    await signIn();
    answer = await send(path, body, method);
  }
  if (answer.ok) {
    return answer.data;
  }
  throw new Error(answer.data.detail ?? (answer.status === 401
    ? "U bent afgemeld. Meld u opnieuw aan."
    : "Dit is niet gelukt. Laad de pagina opnieuw en probeer het nog eens."));
}

async function signIn() {
  const options = await post("/people/sign-in/options", {});
  const credential = await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
  await post("/people/sign-in", { credential: JSON.stringify(credential) });
}

async function makeKey(path, body) {
  const { label, ...shown } = body; // what the key is called is told with the key
  const options = await post(`${path}/options`, shown);
  const credential = await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) });
  await post(path, { ...body, credential: JSON.stringify(credential) });
}

// Only an address of this portal is followed after sign-in, and as a whole: a path that begins with // would be another host's.
function wayBack() {
  const wanted = new URLSearchParams(location.search).get("ReturnUrl") ?? "/";
  const target = new URL(wanted, location.origin);
  return target.origin === location.origin ? target.href : "/";
}

// The secretary's passkey answers a challenge that is the digest of the grant itself, word for word: that is the signature.
async function approve(request) {
  const draft = await post(`/access-requests/${request}/draft`, null, "GET");
  const key = await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(draft.options) });
  const { rawId, response } = key.toJSON();
  const { authenticatorData, clientDataJSON, signature } = response;
  await post(`/access-requests/${request}/approve`, {
    statement: draft.statement,
    signature: { credentialId: rawId, authenticatorData, clientDataJSON, signature },
  });
}

const deeds = {
  "approve": async ({ request }) => {
    await approve(request);
    return "Toegestaan en ondertekend.";
  },
  "refuse": async ({ request, reason }) => {
    await post(`/access-requests/${request}/refuse`, { reason });
    return "Geweigerd.";
  },
  "sign-in": async () => {
    await signIn();
    location.assign(wayBack());
  },
  "enrol": async (body) => {
    await makeKey("/people/enrol", { ...body, token: link });
    return "De sleutel is ingeschreven. U kunt zich nu aanmelden.";
  },
  "add-key": async (body) => {
    await makeKey("/people/keys", body);
    location.reload();
  },
};

async function plain(form, body) {
  const answer = await post(form.dataset.post, body);
  if (answer.code) {
    return `Voorgesteld. Geef deze code aan de persoon zelf; hij wordt maar één keer getoond: ${answer.code}`;
  }
  if (answer.link) {
    return `Bevestigd. Geef deze koppeling aan de persoon zelf; zij wordt maar één keer getoond en geldt 24 uur: ${answer.link}`;
  }
  location.assign(form.dataset.then ?? location.pathname);
  return "";
}

function sentence(fault) {
  return fault instanceof DOMException
    ? "De sleutel gaf geen antwoord, of is hier al ingeschreven. Probeer het opnieuw."
    : fault.message;
}

for (const form of document.querySelectorAll("form[data-do], form[data-post]")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const body = Object.fromEntries([...new FormData(form)].filter(([name]) => name !== "__RequestVerificationToken"));
    const button = form.querySelector("button");
    const output = form.querySelector("output");
    button.disabled = true;
    output.textContent = "";
    try {
      output.textContent = (await (form.dataset.do ? deeds[form.dataset.do](body) : plain(form, body))) ?? "";
    } catch (fault) {
      output.textContent = sentence(fault);
    } finally {
      button.disabled = false;
    }
  });
}
