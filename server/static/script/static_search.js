// Finds names in a copy of the site that has no server, in the index that lies beside its pages.
{
  const FOLDER = "/search/index/";
  const MOST = 200;
  const fetched = new Map();
  const read = (name) => {
    if (!fetched.has(name)) {
      fetched.set(name, fetch(`${FOLDER}${name}.json`).then((answer) => {
        if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
        return answer.json();
      }));
    }
    return fetched.get(name);
  };
  const hex = (text) => [...new TextEncoder().encode(text)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

  const plain = (letter) => [...letter.toLowerCase().normalize("NFKD")]
    .map((part) => (/[\p{M}\p{Cf}]/u.test(part) ? "" : /[\p{L}\p{N}]/u.test(part) ? part : " ")).join("");
  const fold = (text, { folded }) => [...text].map((letter) => folded[letter] ?? plain(letter)).join("")
    .split(" ").filter(Boolean).join(" ");
  // Of Python's patterns the ends of words mean another thing here, where letters are those of English only.
  const ends = (pattern) => pattern.replace(/^\\b/, "(?<![\\p{L}\\p{N}])").replace(/\\b/g, "(?![\\p{L}\\p{N}])");
  const romanise = (text, tables) => {
    const latin = (letters) => [...letters].map((letter) => tables.latin[letter] ?? letter).join("");
    let letters = [...text.toLowerCase().normalize("NFKC")].filter((letter) => !tables.within.includes(letter)).join("");
    for (const [pattern, form] of tables.groups) letters = letters.replace(new RegExp(ends(pattern), "gu"), form);
    return fold(latin(fold(latin(letters), tables)), tables);
  };

  const shardsOf = (word, { shards }) => {
    const longest = shards.filter((prefix) => word.startsWith(prefix)).at(-1);
    const longer = shards.filter((prefix) => prefix.startsWith(word) && prefix !== longest);
    return longest === undefined ? longer : [longest, ...longer];
  };
  const beginning = async (word, index) => {
    const found = await Promise.all(shardsOf(word, index).map((prefix) => read(`words-${hex(prefix)}`)));
    const numbers = new Set();
    for (const shard of found) {
      for (const [key, named] of Object.entries(shard)) {
        if (key.startsWith(word)) named.forEach((number) => numbers.add(number));
      }
    }
    return numbers;
  };
  const named = async (form, index) => {
    const found = await Promise.all(shardsOf(form, index).map((prefix) => read(`words-${hex(prefix)}`)));
    return found.flatMap((shard) => shard[`=${form}`] ?? []);
  };

  // The numbers of the names that have all words of a form, else those with some; the whole names first.
  const numbersOf = async (form, index) => {
    const sets = await Promise.all(form.split(" ").map((word) => beginning(word, index)));
    const all = [...sets[0]].filter((number) => sets.every((set) => set.has(number)));
    return { exact: await named(form, index), all: all.sort((a, b) => a - b), some: sets };
  };

  const find = async (query, limit) => {
    const [index, tables] = await Promise.all([read("index"), read("folding")]);
    const first = fold(query, tables);
    const russian = query.replaceAll("г", "һ").replaceAll("Г", "Һ");
    const forms = [...new Set([first, romanise(query, tables), romanise(russian, tables)])].filter(Boolean);
    const found = await Promise.all(forms.map((form) => numbersOf(form, index)));
    let numbers = [...new Set(found.flatMap(({ exact, all }) => [...exact, ...all]))];
    const isPartial = !numbers.length;
    if (isPartial && found.length) {
      const held = new Map();
      found[0].some.forEach((set) => set.forEach((number) => held.set(number, (held.get(number) ?? 0) + 1)));
      numbers = [...held.keys()].sort((a, b) => held.get(b) - held.get(a) || a - b);
    }
    const things = new Map();
    const names = await Promise.all(numbers.slice(0, MOST).map(async (number) => {
      const block = await read(`block-${Math.floor(number / index.block)}`);
      return { number, entry: block[number % index.block] };
    }));
    const rank = ({ entry, number }) => {
      const name = fold(entry[1], tables);
      const how = name === first ? 0 : name.startsWith(first) ? 1 : found[0]?.all.includes(number) ? 2 : 3;
      return [entry[4], isPartial ? 0 : how];
    };
    const ranked = names.map((name, place) => ({ ...name, rank: rank(name), place }));
    ranked.sort((a, b) => a.rank[0] - b.rank[0] || a.rank[1] - b.rank[1] || a.place - b.place);
    for (const { entry: [page, matched, lang, kind, , label] } of ranked) {
      if (things.has(page)) continue;
      const kindLabel = index.kinds[kind]?.en;
      things.set(page, {
        page, matched, matched_lang: lang, label: label ?? matched, lang: label ? "en" : lang,
        kind: kindLabel ? { label: kindLabel, lang: "en" } : null,
      });
    }
    const results = [...things.values()];
    return { total: results.length, isExact: numbers.length <= MOST, isPartial, results: results.slice(0, limit) };
  };
  if (document.documentElement.dataset.copy !== undefined) document.findInCopy = find;
}
