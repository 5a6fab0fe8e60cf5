// Signs in and enrols with passkeys, and sends the forms of the pages about people.
import { goOn, onSubmit, post, signIn, wayBack } from "./portal.js";

// The secret of a one-time link stands behind the #. It is taken out of the address at once, so that neither the
// history nor somebody who looks over a shoulder keeps it.
const link = location.hash.slice(1);
if (link) {
  history.replaceState(null, "", location.pathname);
}

async function makeKey(path, body) {
  const { label, ...shown } = body; // what the key is called is told with the key
  const options = await post(`${path}/options`, shown);
  const credential = await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) });
  await post(path, { ...body, credential: JSON.stringify(credential) });
}

const deeds = {
  "sign-in": async () => {
    await signIn();
    location.assign(wayBack());
  },
  "enrol": async (form, body) => {
    await makeKey("/people/enrol", { ...body, token: link });
    return form.dataset.done;
  },
  "add-key": async (form, body) => {
    await makeKey("/people/keys", body);
    location.reload();
  },
};

onSubmit("form[data-do]", (form, body) => deeds[form.dataset.do](form, body));
onSubmit("form[data-post]", async (form, body) => {
  const answer = await post(form.dataset.post, body);
  return answer.code ? `${form.dataset.code} ${answer.code}`
    : answer.link ? `${form.dataset.link} ${answer.link}`
    : goOn(form);
});
