// Decides on requests to look, and appoints deputies: what is approved or appointed is signed by the decider's own passkey.
import { goOn, onSubmit, post, sign } from "./portal.js";
import { windowOf } from "./timeline.js";

onSubmit("form[data-do=approve]", async (form) => {
  const { request, done } = form.dataset;
  const { from, until } = windowOf(form);
  const draft = await post(`/access-requests/${request}/draft?${new URLSearchParams({ from, until })}`, null, "GET");
  await post(`/access-requests/${request}/approve`, { statement: draft.statement, signature: await sign(draft.options) });
  return done;
});

onSubmit("form[data-do=refuse]", async (form, { reason }) => {
  await post(`/access-requests/${form.dataset.request}/refuse`, { reason });
  return form.dataset.done;
});

onSubmit("form[data-do=ask-back]", async (form, { question }) => {
  await post(`/access-requests/${form.dataset.request}/ask-back`, { question });
  return goOn(form);
});

onSubmit("form[data-do=stand-aside]", async (form) => {
  await post(`/access-requests/${form.dataset.request}/stand-aside`, {});
  return goOn(form);
});

onSubmit("form[data-do=withdraw]", async (form, { reason }) => {
  await post(`/access-requests/${form.dataset.request}/withdraw`, { reason });
  return goOn(form);
});

onSubmit("form[data-do=appoint]", async (form, { deputy, from, until }) => {
  const draft = await post("/deputies/appointments/draft", { deputy, from, until });
  await post("/deputies/appointments", { appointment: draft.appointment, signature: await sign(draft.options) });
  return goOn(form);
});

onSubmit("form[data-do=end-appointment]", async (form) => {
  await post(`/deputies/appointments/${form.dataset.appointment}/withdraw`, {});
  return goOn(form);
});
