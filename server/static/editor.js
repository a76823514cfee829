// Starts YASGUI on its page: our endpoint, our examples, and completions from here and from nobody else.
"use strict";

{
  const place = document.getElementById("editor");
  const menu = document.getElementById("examples");
  const { base, completions, endpoint, questions, root, starter } = place.dataset;
  const started = start();

  menu.addEventListener("submit", (event) => {
    event.preventDefault();
    started.then((yasgui) => openExample(yasgui, new FormData(menu).get("question")));
  });

  // Things of ours lead to their page on this server, whatever the data calls them.
  for (const kind of ["click", "auxclick"]) {
    place.addEventListener(kind, (event) => localise(event.target.closest("a[href]")), true);
  }

  async function start() {
    const known = await readCompletions();
    const Yasgui = window.Yasgui.default ?? window.Yasgui;
    Yasgui.Yasqe.forkAutocompleter("class", completer("class", known.classes, known.prefixes));
    Yasgui.Yasqe.forkAutocompleter("property", {
      ...completer("property", known.properties, known.prefixes),
      // Before anything of it is written, too.
      isValidCompletionPosition: (yasqe) => {
        const token = yasqe.getCompleteToken();
        return !/^[?$]/.test(token.string) && token.state.possibleCurrent.includes("a");
      },
    });
    Yasgui.Yasqe.forkAutocompleter("prefixes", {
      name: "prefixes",
      persistenceId: null,
      get: () => Object.entries(known.prefixes).map(([prefix, namespace]) => `${prefix}: <${namespace}>`),
    });
    const requestConfig = {
      ...Yasgui.defaults.requestConfig,
      endpoint: new URL(endpoint, location.href).href,
      // An answer to GET is kept by caches; a query that is too long for an address is posted.
      method: (yasgui) => (encodeURIComponent(yasgui.getTab().getQuery()).length < 6000 ? "GET" : "POST"),
      // Refusals come as plain text, which the editor shows as it is.
      acceptHeaderSelect: "application/sparql-results+json, text/plain;q=0.1",
      acceptHeaderGraph: "text/turtle, text/plain;q=0.1",
    };
    const yasgui = new Yasgui(place, {
      requestConfig,
      autofocus: false,
      persistenceId: "battlegraph",
      endpointCatalogueOptions: { getData: () => [] },
      // A link may bring a query, and neither another endpoint nor headers.
      populateFromUrl: (tab) => ({ ...tab, requestConfig }),
      yasqe: { value: starter },
      yasr: { prefixes: { ...known.prefixes, id: `${base}id/`, graph: `${base}graph/` } },
    });
    // Or loading the page again would open the query of its address again.
    history.replaceState(null, "", location.pathname);
    return yasgui;
  }

  async function readCompletions() {
    const response = await fetch(completions);
    return response.ok ? response.json() : { prefixes: {}, classes: [], properties: [] };
  }

  async function openExample(yasgui, name) {
    const response = await fetch(`${questions}${name}.rq`);
    if (response.ok) {
      const tab = yasgui.addTab(true, { name, yasqe: { value: await response.text() } }, { avoidDuplicateTabs: true });
      tab.query().catch(() => {}); // what went wrong is shown below the query
    }
  }

  function localise(link) {
    if (link?.href.startsWith(base)) {
      link.href = `${root}/${link.href.slice(base.length)}`;
    }
  }

  function completer(name, terms, prefixes) {
    const byIri = new Map(terms.map((term) => [term.iri, term]));
    return {
      name,
      get: (_yasqe, token) => matching(terms, token.autocompletionString).map((term) => term.iri),
      postProcessSuggestion: (_yasqe, _token, iri) => iri,
      postprocessHints: (_yasqe, hints) =>
        hints.map((hint) => {
          const term = byIri.get(hint.text);
          const text = term.curie ?? `<${term.iri}>`;
          return {
            ...hint,
            text,
            displayText: `${text}  ${term.label === text ? "" : `${term.label} `}(${term.count})`,
            hint: (yasqe, data, chosen) => insert(yasqe, data, chosen, prefixes),
          };
        }),
    };
  }

  function matching(terms, written) {
    const wanted = written.toLowerCase();
    return terms.filter(
      ({ iri, curie, label }) =>
        iri.toLowerCase().startsWith(wanted) || `${curie ?? ""} ${label}`.toLowerCase().includes(wanted),
    );
  }

  function insert(yasqe, data, chosen, prefixes) {
    let from = chosen.from ?? data.from;
    let to = chosen.to ?? data.to;
    if (yasqe.getRange(from, to).trim() === "") {
      // Nothing is written yet: the space around stays.
      from = to = yasqe.getCursor();
    }
    yasqe.replaceRange(chosen.text, from, to, "complete");
    const prefix = chosen.text.startsWith("<") ? "" : chosen.text.split(":")[0];
    if (prefix && !(prefix in yasqe.getPrefixesFromQuery())) {
      yasqe.addPrefixes({ [prefix]: prefixes[prefix] });
    }
  }
}
