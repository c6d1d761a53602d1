"use strict";
(() => {
  document.documentElement.classList.add("scripted");

  // Copying. The clipboard interface may be missing or refused for a page that was opened from a file.
  const copyBySelection = (text) => {
    const area = document.createElement("textarea");
    area.value = text;
    area.setAttribute("readonly", "");
    area.className = "offscreen";
    document.body.append(area);
    area.select();
    const copied = document.execCommand("copy");
    area.remove();
    return copied;
  };
  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return copyBySelection(text);
    }
  };
  for (const button of document.querySelectorAll("button.copy")) {
    button.setAttribute("aria-live", "polite");
    button.addEventListener("click", async () => {
      const source = button.dataset.from;
      const text = source ? document.getElementById(source).textContent : button.dataset.text;
      button.textContent = (await copy(text)) ? "Copied" : "Select and copy";
      setTimeout(() => { button.textContent = "Copy"; }, 2000);
    });
  }

  // Plans are drawn when they are opened: each in a frame, whose styles and globals stay its own.
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const wide = matchMedia("(min-width: 45rem)");
  const theme = () => (dark.matches ? "dark" : "light");
  dark.addEventListener("change", () => {
    for (const frame of document.querySelectorAll("iframe")) {
      frame.contentDocument.documentElement.dataset.bsTheme = theme();
    }
  });
  let viewer;
  let printing = false;
  const add = (parent, name, text, attributes) => {
    const element = parent.ownerDocument.createElement(name);
    Object.assign(element, attributes, { textContent: text });
    parent.append(element);
  };
  const fill = (frame, plan) => {
    viewer ??= JSON.parse(document.getElementById("viewer").textContent);
    const page = frame.contentDocument;
    page.documentElement.dataset.bsTheme = theme();
    add(page.head, "style", viewer.style);
    add(page.body, "script", plan, { type: "application/json", id: "plan" });
    for (const script of viewer.scripts) {
      add(page.body, "script", script);
    }
  };
  const draw = (panel) => {
    const body = panel.querySelector(".plan-body");
    const tree = body.querySelector(".tree");
    const frame = document.createElement("iframe");
    frame.title = panel.querySelector("summary").textContent + ", drawn";
    frame.srcdoc = '<!doctype html><html lang="en"><body><div id="app" class="d-flex flex-column vh-100"></div></body></html>';
    frame.addEventListener("load", () => fill(frame, panel.querySelector("script").textContent), { once: true });
    body.append(frame);
    return (drawn) => {
      frame.hidden = !drawn;
      tree.hidden = drawn;
    };
  };
  for (const panel of document.querySelectorAll("details.plan")) {
    if (!panel.querySelector("script")) continue;
    let show;
    let drawn = false;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "toggle";
    button.textContent = "Draw the plan";
    const change = () => {
      drawn = !drawn;
      show ??= draw(panel);
      show(drawn);
      button.textContent = drawn ? "Show as text" : "Draw the plan";
    };
    button.addEventListener("click", change);
    panel.querySelector(".plan-body").prepend(button);
    panel.addEventListener("toggle", () => {
      if (panel.open && !show && wide.matches && !printing) change();
    });
  }

  // A link to a plan opens it; on paper every plan is open, as text.
  const openTarget = () => {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target instanceof HTMLDetailsElement) target.open = true;
  };
  addEventListener("hashchange", openTarget);
  openTarget();
  let opened = [];
  addEventListener("beforeprint", () => {
    printing = true;
    opened = [...document.querySelectorAll("details:not([open])")];
    for (const details of opened) details.open = true;
  });
  addEventListener("afterprint", () => {
    for (const details of opened) details.open = false;
    printing = false;
  });
})();
