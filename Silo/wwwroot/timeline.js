// Moves the window on a timeline. Its two handles are range inputs, so that keyboard, fingers and screen readers can too.

const clock = new Intl.DateTimeFormat("nl-NL", { timeZone: "Europe/Amsterdam", hour: "2-digit", minute: "2-digit", second: "2-digit" });

function length(seconds) {
  const whole = Math.round(seconds);
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return (parts[0] > 0 ? parts : parts.slice(1)).map((part, i) => i === 0 ? `${part}` : `${part}`.padStart(2, "0")).join(":");
}

/** The chosen window of the timeline in a form, as the server takes it. */
export function windowOf(form) {
  const figure = form.querySelector(".timeline");
  const moment = (name) => {
    const input = figure.querySelector(`[name=${name}]`);
    return new Date(new Date(figure.dataset.from).getTime() + Math.round(1000 * Number(input.value)));
  };
  const [from, until] = [moment("from"), moment("until")];

  // Handles stand on whole seconds, and what was recorded does not: at its ends the window is all that may be chosen.
  const at = (name, end) => figure.querySelector(`[name=${name}]`).value === figure.querySelector(`[name=${name}]`)[end];
  return { from: at("from", "min") ? figure.dataset.first : from.toISOString(), until: at("until", "max") ? figure.dataset.last : until.toISOString() };
}

for (const figure of document.querySelectorAll(".timeline")) {
  const [from, until] = ["from", "until"].map((name) => figure.querySelector(`[name=${name}]`));
  if (!from) {
    continue;
  }
  const rect = figure.querySelector(".timeline__window");
  const total = Number(figure.dataset.seconds);
  const start = new Date(figure.dataset.from).getTime();
  const show = (moved) => {
    const least = Math.min(1, Number(from.max) - Number(from.min));
    if (Number(until.value) - Number(from.value) < least) {
      (moved === from ? until : from).value = moved === from ? Number(from.value) + least : Number(until.value) - least;
      if (Number(until.value) - Number(from.value) < least) {
        moved.value = moved === from ? Number(until.value) - least : Number(from.value) + least;
      }
    }
    const end = Math.min(until.value, total);
    rect.setAttribute("x", 1000 * from.value / total);
    rect.setAttribute("width", 1000 * (end - from.value) / total);
    for (const input of [from, until]) {
      const said = clock.format(start + 1000 * Math.min(input.value, total));
      input.setAttribute("aria-valuetext", said);
      input.parentElement.querySelector(".timeline__at").textContent = said;
    }
    figure.querySelector(".timeline__length strong").textContent = length(end - from.value);
  };
  from.addEventListener("input", () => show(from));
  until.addEventListener("input", () => show(until));

  // A click on the picture of it moves the nearer handle there.
  figure.querySelector("svg").addEventListener("click", (event) => {
    const box = event.currentTarget.getBoundingClientRect();
    const at = total * (event.clientX - box.left) / box.width;
    const nearer = Math.abs(at - from.value) < Math.abs(at - until.value) ? from : until;
    nearer.value = at;
    show(nearer);
  });
  show(from);
}
