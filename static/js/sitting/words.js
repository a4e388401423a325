// The words of the page's language: data-w-stale-far of the element becomes words.staleFar.
export function wordsOf(element) {
  const words = {};
  for (const [name, value] of Object.entries(element.dataset)) {
    if (/^w[A-Z]/.test(name)) words[name[1].toLowerCase() + name.slice(2)] = value;
  }
  return words;
}

export function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}
