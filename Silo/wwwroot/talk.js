// What is done on the pages of today's talks: each deed is one form, and what it answers is a sentence in that form.
import { goOn, onSubmit, post, say } from "./portal.js";

const here = () => location.pathname + location.search;
const done = (form) => {
  form.dataset.then = here();
  return goOn(form);
};

// The town hall's clock, whatever the tablet's own says: a moment there is found by what that moment reads there.
const inTownHall = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Amsterdam", dateStyle: "short", timeStyle: "medium" });

function momentOf(day, time) {
  const wanted = Date.parse(`${day}T${time}:00Z`);
  const shift = (moment) => Date.parse(inTownHall.format(moment).replace(" ", "T") + "Z") - moment;
  const near = wanted - shift(wanted);
  return new Date(wanted - shift(near)).toISOString();
}

const deeds = {
  "sticker": ({ room }) => post(`/rooms/${room}/sticker`, {}),
  "letter": ({ booking }, { sentOn, language, textVersion }) => post("/bookings/letter", { reference: booking, sentOn, textVersion: textVersion.trim(), language }),
  "confirm": ({ booking }) => post("/bookings/confirm", { reference: booking }),
  "start": ({ booking, spoken }) => post("/bookings/start", { reference: booking, spokenIn: spoken ?? null }),
  "start-unrecorded": ({ booking }) => post("/bookings/start-unrecorded", { reference: booking }),
  "choose": ({ booking, choice }) => post("/bookings/choose", { reference: booking, choice }),
  "lengthen": ({ booking, until }) => post("/bookings/lengthen", { reference: booking, until }),
  "stop": ({ booking }) => post("/bookings/stop", { reference: booking }),
  "swap": ({ booking }, { room }) => post("/bookings/swap", { reference: booking, room }),
  "rebook": ({ booking }, { day, from, until }) => post("/bookings/rebook", { reference: booking, time: { from: momentOf(day, from), until: momentOf(day, until) } }),
  "demo-talk": () => {
    const now = Date.now();
    return post("/bookings", {
      reference: `proef-${now}`,
      time: { from: new Date(now).toISOString(), until: new Date(now + 30 * 60_000).toISOString() },
      assessment: { risk: "raised", grounds: ["threat"], weighed: ["noneSuffices"] },
    });
  },
  "cancel": ({ booking }) => post("/bookings/cancel", { reference: booking }),
  "object": ({ booking, kind }) => post("/bookings/objections", { reference: booking, kind }),
  "uphold": ({ booking, number }) => post("/bookings/objections/uphold", { reference: booking, number: Number(number) }),
  "reject": ({ booking, number }, { reason }) => post("/bookings/objections/reject", { reference: booking, number: Number(number), reason }),
};

onSubmit("form[data-do]", async (form, values) => {
  const busy = form.querySelector("output")?.dataset.busy;
  if (busy) {
    say(form, busy);
  }
  try {
    await deeds[form.dataset.do](form.dataset, values);
  } catch (fault) {
    if (fault.type === "camera-not-ready") {
      return done(form); // the page has the choices, and the fault
    }
    throw fault;
  }
  return done(form);
});
