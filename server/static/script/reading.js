// The article: a phrase that is pointed at, focused or tapped shows its note; a choice of viewpoint needs no reload.
{
  const reading = document.querySelector(".reading");
  const narrow = matchMedia("(max-width: 44rem)");
  let origin = null;
  let pinned = false;
  let waiting = 0;

  const phrase = (target) => target.closest?.('.text a[href^="#words-"]');
  const shown = () => reading.querySelector(".notes .shown");

  const hide = () => {
    clearTimeout(waiting);
    pinned = false;
    reading.querySelectorAll(".shown, .lit").forEach((element) => element.classList.remove("shown", "lit"));
    reading.querySelector(".close")?.remove();
  };

  const show = (hash) => {
    const span = hash.replace(/^#\w+-/, "");
    const note = document.getElementById(`words-${span}`).closest(".notes > ol > li");
    hide();
    note.classList.add("shown");
    reading.querySelectorAll(`#anchor-${span}, [data-of="${span}"]`).forEach((part) => part.classList.add("lit"));
    if (!narrow.matches) {
      const column = reading.querySelector(".notes");
      column.scrollTop += note.getBoundingClientRect().top - column.getBoundingClientRect().top - 48;
    }
    return note;
  };

  const open = (link, takesFocus) => {
    const note = show(link.hash);
    // What is read can be sent to somebody: its address is that of the words.
    const address = new URL(location);
    address.searchParams.delete("words");
    address.hash = link.hash.replace("words", "anchor");
    history.replaceState(null, "", address);
    origin = phrase(link) ?? origin;
    pinned = true;
    if (narrow.matches) {
      const button = Object.assign(document.createElement("button"), { className: "close", type: "button" });
      button.textContent = reading.querySelector(".notes").dataset.close;
      button.addEventListener("click", close);
      note.prepend(button);
      // The phrase stays in sight above its note.
      scrollBy(0, Math.max(0, link.getBoundingClientRect().bottom + 12 - note.getBoundingClientRect().top));
    }
    if (takesFocus) {
      note.tabIndex = -1;
      note.focus({ preventScroll: true });
    }
  };

  const close = () => {
    const wasInside = shown()?.contains(document.activeElement);
    hide();
    if (wasInside) origin?.focus();
  };

  const choose = async (link) => {
    const answer = await fetch(link.href, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const readable = page.querySelector(".readable");
    if (!readable) return location.assign(link.href);
    reading.querySelector(".readable").replaceWith(readable);
    // The choice of a language goes along with the choice of a viewpoint.
    document.querySelector(".languages")?.replaceWith(page.querySelector(".languages") ?? "");
    history.replaceState(null, "", link.href);
    readable.querySelector("[aria-current]").focus({ preventScroll: true });
  };

  reading?.addEventListener("pointerover", (event) => {
    const link = event.pointerType === "mouse" && !pinned && phrase(event.target);
    clearTimeout(waiting);
    if (link && !narrow.matches) waiting = setTimeout(() => show(link.hash), 80);
  });
  reading?.addEventListener("focusin", (event) => {
    const link = phrase(event.target);
    if (link?.matches(":focus-visible") && !narrow.matches) show(link.hash);
  });
  reading?.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (link.matches(".choice")) {
      event.preventDefault();
      choose(link).catch(() => location.assign(link.href));
    } else if (link.getAttribute("href").startsWith("#words-")) {
      event.preventDefault();
      // A click without a pointer is the Enter key, whose reader wants to go on in the note.
      open(link, narrow.matches || event.detail === 0);
    } else if (link.matches(".back")) hide();
  });
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && reading && shown()) close();
  });
  // Who comes from a statement's page sees its note beside the words.
  if (reading && !narrow.matches && /^#anchor-/.test(location.hash) && document.getElementById(location.hash.slice(1))) {
    show(location.hash);
  }
}
