// A button that prints; without this script the browser's own way to print does the same.
for (const button of document.querySelectorAll("[data-print]")) {
  button.addEventListener("click", () => print());
}
