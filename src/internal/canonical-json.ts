/** A text that stands between quotation marks as it is. */
const PLAIN = /^[ !#-[\]-~]*$/;

/**
 * The one text of a JSON value, as RFC 8785 (JCS) has it: members sorted by UTF-16 code units, no white space, numbers and
 * strings as ECMAScript writes them. Equal values have equal texts, whoever parsed them.
 *
 * @param value - JSON data: what `JSON.parse` could give. Members that are undefined are left out
 * @throws {RangeError} for a number beyond all bounds, which JSON has no text for, and for thousands of levels
 * @remarks The lines of the ledger are hashed by it, one for every event: hence no call out of the language for most texts.
 */
export function toCanonicalJson(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return quote(value);
    case 'number':
      return toNumber(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      if (value === null) return 'null';
      return Array.isArray(value) ? `[${value.map(toCanonicalJson).join()}]` : toMembers(value);
    default:
      return 'null';
  }
}

function toMembers(value: object): string {
  const members = value as Readonly<Record<string, unknown>>;
  let text = '';
  for (const name of Object.keys(members).sort()) {
    const member = members[name];
    if (member === undefined) continue;
    text += `${text === '' ? '' : ','}${quote(name)}:${toCanonicalJson(member)}`;
  }
  return `{${text}}`;
}

const quote = (text: string): string => (PLAIN.test(text) ? `"${text}"` : JSON.stringify(text));

function toNumber(value: number): string {
  if (Number.isFinite(value)) return String(value);
  throw new RangeError('There is no JSON for a number beyond all bounds.');
}
