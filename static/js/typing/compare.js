// Comparing as the server does: no white space, letters and digits in half width.
export function letters(text) {
  return [...text].filter((char) => !/\s/u.test(char)).map(half).join("");
}

function half(char) {
  const plain = char.normalize("NFKC");
  return /^[0-9A-Za-z]$/.test(plain) ? plain : char;
}

// The place among the letters at which the typed text leaves the wanted one; -1 while it does not.
export function firstOff(wanted, typed) {
  const [should, is] = [[...letters(wanted)], [...letters(typed)]];
  return is.findIndex((char, place) => char !== should[place]);
}

// Where the letter with this number stands in the text as it is shown.
export function placeOf(text, number) {
  let place = 0;
  for (let left = number; place < text.length; place += 1) {
    if (/\s/u.test(text[place])) continue;
    if (left === 0) break;
    left -= 1;
  }
  return place;
}
