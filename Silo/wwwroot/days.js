// Says in words which day a field has, as the form in which a browser shows it may have the month first.
const language = document.documentElement.lang === "en" ? "en-GB" : "nl-NL";
const words = new Intl.DateTimeFormat(language, { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

document.addEventListener("input", ({ target }) => {
  if (target.type === "date") {
    const said = document.getElementById(target.getAttribute("aria-describedby"));
    said.textContent = target.value ? words.format(new Date(`${target.value}T00:00:00Z`)) : said.dataset.none;
  }
});
