// Offers what the search would find while somebody types: an ARIA 1.2 combobox with a list.
{
  const WAIT = 150;
  let boxes = 0;

  const say = (element, attributes) => {
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return element;
  };
  const make = (name, attributes, text = "") => {
    const element = say(document.createElement(name), attributes);
    element.textContent = text;
    return element;
  };
  const words = (text, lang) => make("span", lang ? { lang } : {}, text);

  const enhance = (input) => {
    const form = input.form;
    const label = input.labels[0]?.textContent ?? "";
    const list = make("ul", { class: "offers", id: `offers-${++boxes}`, role: "listbox", "aria-label": label, hidden: "" });
    const news = make("p", { class: "unseen", role: "status" });
    form.append(list, news);
    say(input, { role: "combobox", "aria-expanded": "false", "aria-controls": list.id, "aria-autocomplete": "list" });
    let timer, request, active = -1;

    const close = () => {
      clearTimeout(timer);
      request?.abort();
      list.hidden = true;
      activate(-1);
      input.setAttribute("aria-expanded", "false");
    };

    const activate = (number) => {
      active = number;
      [...list.children].forEach((option, place) => option.setAttribute("aria-selected", String(place === active)));
      if (active < 0) input.removeAttribute("aria-activedescendant");
      else input.setAttribute("aria-activedescendant", list.children[active].id);
      list.children[active]?.scrollIntoView({ block: "nearest" });
    };

    const offer = (result, number) => {
      const option = make("li", { id: `${list.id}-${number}`, role: "option", "aria-selected": "false" });
      option.dataset.page = result.page;
      const by = make("small", {});
      if (result.kind) by.append(words(result.kind.label, result.kind.lang));
      if (result.matched !== result.label) by.append(" · ", words(result.matched, result.matched_lang));
      option.append(words(result.label, result.lang), by);
      return option;
    };

    const ask = async () => {
      const query = input.value.trim();
      request?.abort();
      if (!query) return close();
      request = new AbortController();
      const chosen = form.elements.lang?.value;
      const asked = new URLSearchParams({ q: query, limit: 8, ...(chosen && { lang: chosen }) });
      try {
        // A copy of the site that has no server has its index beside it (see static_search.js).
        const answer = await (document.findInCopy?.(query, 8) ?? fetch(`${form.action}.json?${asked}`, { signal: request.signal })
          .then((response) => response.ok && response.json()));
        if (!answer) return close();
        const { results } = answer;
        // Nothing opens behind somebody who has gone on by now.
        if (document.activeElement !== input) return close();
        list.replaceChildren(...results.map(offer));
        activate(-1);
        list.hidden = !results.length;
        input.setAttribute("aria-expanded", String(!list.hidden));
        news.textContent = `${label}: ${results.length}`;
      } catch (error) {
        if (error.name !== "AbortError") close();
      }
    };

    input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, WAIT); });
    input.addEventListener("blur", close);
    // A press would take the focus, and close the list before the click.
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) location.assign(option.dataset.page);
    });
    input.addEventListener("keydown", (event) => {
      const last = list.children.length - 1;
      if (event.isComposing) return;
      if (list.hidden) return void (event.key === "ArrowDown" && (event.preventDefault(), ask()));
      const to = { ArrowDown: active < last ? active + 1 : -1, ArrowUp: active < 0 ? last : active - 1 }[event.key]
        ?? (active >= 0 ? { Home: 0, End: last }[event.key] : undefined);
      if (to !== undefined) activate(to);
      else if (event.key === "Enter" && active >= 0) location.assign(list.children[active].dataset.page);
      else if (event.key === "Escape") close();
      else return;
      event.preventDefault();
    });
  };

  document.querySelectorAll("form[role=search] input[name=q]").forEach(enhance);
}
