/** What a program could reach the outside by, as it stands in the text of a bundle. */
const SIGNS: Readonly<Record<string, RegExp>> = {
  'a module of the network, or that starts something':
    /(?:\bfrom|\bimport|\brequire\(|\bimport\(|getBuiltinModule\()\s*["'](?:node:)?(?:https?|http2|net|tls|dgram|dns|dns\/promises|child_process|worker_threads|cluster|inspector)["']/g,
  'a module that is loaded later': /\bimport\s*\(|\b__require\d*\s*\(/g,
  fetch: /\bfetch\s*\(/g,
  'a request of a browser': /\bXMLHttpRequest\b|\bsendBeacon\b|\bnew (?:WebSocket|EventSource)\b/g,
  'the package of PostHog': /posthog[-.]/gi,
  'the address of a server': /\bhttps?:\/\/[\w-]+(?:\.[\w-]+)+/gi,
};

/** @returns the signs that were found, each with what was found first */
export function scanBundle(text: string): Readonly<Record<string, string>> {
  const found = Object.entries(SIGNS).flatMap(([name, sign]) => {
    const [first] = text.match(sign) ?? [];
    return first === undefined ? [] : [[name, first] as const];
  });
  return Object.fromEntries(found);
}

/** The signs there are. */
export const ALL_SIGNS = Object.keys(SIGNS);

/** What the text imports, and what it asks the runtime for: `fs` for `node:fs` too. */
export function importsOf(text: string): readonly string[] {
  const named = text.matchAll(/(?:\bfrom|\bimport|getBuiltinModule\()\s*["'](?:node:)?([^"']+)["']/g);
  return [...new Set([...named].map(([, name = '']) => name))].sort();
}
