
"use strict";
(() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  // Copy buttons; a page opened from a file may lack the clipboard, then the text is selected.
  for (const button of all(".copy")) {
    const label = button.firstChild;
    button.hidden = false;
    button.addEventListener("click", async () => {
      const code = button.parentElement.querySelector("code");
      try {
        await navigator.clipboard.writeText(code.textContent);
        label.data = "Copied";
      } catch {
        getSelection().selectAllChildren(code);
        label.data = "Selected";
      }
      setTimeout(() => { label.data = "Copy"; }, 1500);
    });
  }

  // Filter by weight and text.
  const form = document.getElementById("filter");
  const cards = all("[data-weights]");
  if (form && cards.length > 0) {
    form.hidden = false;
    const text = document.getElementById("text");
    const boxes = all("input[type=checkbox]", form);
    const shown = document.getElementById("shown");
    const none = document.querySelector(".none");
    const words = new Map(cards.map((card) => [card, card.textContent.toLowerCase()]));
    const apply = () => {
      const weights = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
      const wanted = text.value.toLowerCase().split(/\s+/).filter(Boolean);
      let number = 0;
      for (const card of cards) {
        const hit = card.dataset.weights.split(" ").some((weight) => weights.has(weight))
          && wanted.every((word) => words.get(card).includes(word));
        card.hidden = !hit;
        number += hit ? 1 : 0;
      }
      for (const link of all(".causes a")) {
        const card = document.getElementById(link.hash.slice(1));
        link.parentElement.hidden = Boolean(card && card.hidden);
      }
      shown.textContent = number === cards.length ? "" : `${number} of ${cards.length} shown`;
      if (none) none.hidden = number > 0;
    };
    form.addEventListener("input", apply);
    form.addEventListener("submit", (event) => event.preventDefault());
    document.addEventListener("keydown", (event) => {
      const typing = event.target.closest && event.target.closest("input, textarea");
      if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) {
        event.preventDefault();
        text.focus();
      } else if (event.key === "Escape" && typing === text) {
        text.value = "";
        apply();
      }
    });
  }

  // On paper nothing can be opened; more of the same stays folded.
  addEventListener("beforeprint", () => { for (const one of all("details:not(.more)")) one.open = true; });
})();
