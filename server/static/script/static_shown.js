// In a copy of the site that has no server: shows what was found (see static_search.js), and a query that was asked.
{
  const make = (name, attributes, ...children) => {
    const element = Object.assign(document.createElement(name), attributes);
    element.append(...children);
    return element;
  };
  const fields = new URLSearchParams(location.search);

  const list = document.getElementById("found-in-copy");
  const wanted = fields.get("q")?.trim();
  if (list && wanted && document.findInCopy) {
    const part = (name) => list.querySelector(`[data-part=${name}]`);
    const item = (result) => {
      const name = make("p", { className: "name" }, make("a", { href: result.page, lang: result.lang }, result.label));
      if (result.kind) name.append(" ", make("small", { className: "of", lang: result.kind.lang }, result.kind.label));
      const other = make("p", { className: "by", lang: result.matched_lang }, result.matched);
      return make("li", {}, name, ...(result.matched === result.label ? [] : [other]));
    };
    const box = document.querySelector("main input[name=q]");
    if (box) box.value = wanted;
    document.findInCopy(wanted, 200).then(({ total, isExact, isPartial, results }) => {
      part("count").textContent = `${total}${isExact ? "" : "+"}`;
      part("none").hidden = total > 0;
      part("partial").hidden = !isPartial || !total;
      part("results").replaceChildren(...results.map(item));
      list.hidden = false;
    });
  }

  const asked = document.getElementById("asked-in-copy");
  const query = fields.get("query");
  if (asked && query) {
    asked.querySelector("code").textContent = query;
    asked.hidden = false;
  }
}
