// Runs where scripts run; without it the page is complete. Offers each chart as one that answers to pointing.
for (const figure of document.querySelectorAll("figure")) {
  const spec = figure.querySelector("script[type='application/json']");
  const frame = figure.querySelector(".frame");
  if (!spec || !frame) continue;
  const still = frame.firstElementChild;
  const lively = document.createElement("div");
  lively.hidden = true;
  frame.append(lively);
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Show values on pointing";
  button.setAttribute("aria-pressed", "false");
  button.addEventListener("click", async () => {
    const on = button.getAttribute("aria-pressed") === "false";
    if (on && !lively.dataset.drawn) {
      lively.dataset.drawn = "yes";
      const options = { ast: true, actions: false, defaultStyle: false, renderer: "svg", tooltip: { disableDefaultStyle: true } };
      await vegaEmbed(lively, JSON.parse(spec.textContent), options);
    }
    lively.hidden = !on;
    still.style.display = on ? "none" : "";
    button.setAttribute("aria-pressed", String(on));
  });
  frame.after(button);
}

// A frame that does not scroll needs no stop on the way through the page.
const settle = () => {
  for (const frame of document.querySelectorAll(".frame")) {
    if (frame.scrollWidth > frame.clientWidth) frame.setAttribute("tabindex", "0");
    else if (frame.clientWidth) frame.removeAttribute("tabindex"); // one in a closed fold has no width yet
  }
};
settle();
addEventListener("resize", settle);
// "toggle" does not bubble, so it is caught on the way down.
addEventListener("toggle", settle, true);
addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((d) => (d.open = true)));
