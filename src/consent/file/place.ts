/** A key in a file, with the line it is first written in: `~/acme/telemetry_config.json:2 (telemetry_enabled)`. */
export function toShownPlace(shownPath: string, text: string, key: string): string {
  const line = text.split('\n').findIndex((candidate) => candidate.includes(`"${key}"`));
  return line === -1 ? `${shownPath} (${key})` : `${shownPath}:${line + 1} (${key})`;
}
