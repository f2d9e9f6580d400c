/** Passwords are rarely Cyrillic; a forgotten layout is common, and the dots hide it. */
export function hasCyrillic(text: string): boolean {
  return /\p{Script=Cyrillic}/u.test(text);
}
