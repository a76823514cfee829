/* Buttons that copy the text of an element, shown only where there is a script to do it. */
{
  const copy = async (button) => {
    const source = document.getElementById(button.dataset.copy);
    const status = button.nextElementSibling;
    try {
      await navigator.clipboard.writeText(source.textContent.trim());
      status.textContent = button.dataset.done;
    } catch {
      // No permission, or no secure context: select the text, so that the reader's own key copies it.
      getSelection().selectAllChildren(source);
      status.textContent = button.dataset.selected;
    }
    setTimeout(() => { status.textContent = ""; }, 4000);
  };

  for (const button of document.querySelectorAll("button[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", () => copy(button));
  }
}
