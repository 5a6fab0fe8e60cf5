// Decides on requests to look: what is approved is signed by the decider's own passkey.
import { onSubmit, post, sign } from "./portal.js";

onSubmit("form[data-do=approve]", async (form, { request }) => {
  const draft = await post(`/access-requests/${request}/draft`, null, "GET");
  await post(`/access-requests/${request}/approve`, { statement: draft.statement, signature: await sign(draft.options) });
  return form.dataset.done;
});

onSubmit("form[data-do=refuse]", async (form, { request, reason }) => {
  await post(`/access-requests/${request}/refuse`, { reason });
  return form.dataset.done;
});
