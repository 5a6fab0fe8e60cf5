// Asks to look, answers what is asked back, takes a request back, and waits for the decision.
import { goOn, onSubmit, post, send } from "./portal.js";
import { windowOf } from "./timeline.js";

// A decision is seen soon enough when somebody waits for it.
const lookEvery = 3000;

onSubmit("form[data-do=ask]", async (form, { purpose, case: reference }) => {
  const { recording, request } = form.dataset;
  await post(`/access-requests/${request}`, { recording, window: windowOf(form), purpose, case: reference }, "PUT");
  location.assign(`/my-requests/${request}`);
});

onSubmit("form[data-do=answer]", async (form, { answer }) => {
  await post(`/access-requests/${form.dataset.request}/answer`, answer === "narrower" ? { answer, window: windowOf(form) } : { answer });
  return goOn(form);
});

onSubmit("form[data-do=retract]", async (form) => {
  await post(`/access-requests/${form.dataset.request}/retract`, {});
  return goOn(form);
});

// Only while it is open: once somebody looks, the player asks for itself.
const watched = document.querySelector("[data-watch][data-until]");
if (watched) {
  let known = null;
  const look = async () => {
    const answer = await send(watched.dataset.watch, null, "GET").catch(() => null);
    if (answer?.ok) {
      const now = JSON.stringify([answer.data.decision, answer.data.exchanges]);
      if (known !== null && known !== now) {
        location.reload();
      }
      known = now;
    }
    setTimeout(look, lookEvery);
  };
  look();
}
