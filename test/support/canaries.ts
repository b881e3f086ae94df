import { createSearch } from '../../src/testing/canary/index.js';

/** A secret that is planted where a careless program would leave one, by what it is called. */
export type Canaries = Readonly<Record<string, string>>;

/** The names of the canaries that sing in a text, with the form in which they were found: plain, encoded, or as an unsalted digest. */
export function findCanaries(text: string, canaries: Canaries): readonly string[] {
  const search = createSearch(Object.entries(canaries).map(([name, value]) => ({ name, value })));
  return search(text).map(({ name, form }) => `${name}: ${form}`);
}
