/** References to a secret, masks and templates: `${DB_PASSWORD}`, `$TOKEN`, `{{ token }}`, `<redacted>`, `[Server]`, `***`. */
const REFERENCE =
  /^(?:\$\{.*|\$\(.*|\$[A-Z_][A-Z0-9_]*|%[A-Z_]+%|\{\{.*|\{\w*\}|<.*|\[.*|[*.\u2022x#-]+|\.{3}.*|process\.env\..*|import\.meta\..*|os\.(?:environ|getenv).*|[\w.]+\(.*)$/;
/** Words that are said about secrets, and counts. */
const WORD =
  /^(?:\d{1,3}|null|none|nil|undefined|true|false|yes|no|on|off|ok|required|missing|invalid|expired|empty|unset|redacted|hidden|masked|filtered|public|private|optional|unknown|anonymous|root|string|number|boolean|object|header|not|is|was|must|cannot|should|has|for|in|to|and|or|the|a|an)$/i;
/** `STRIPE_KEY`: the name of a variable rather than its value. */
const VARIABLE_NAME = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/;

/** Whether `value` stands for a secret, or speaks of one, instead of being one. */
export function isNoSecret(value: string): boolean {
  return !/[\p{L}\p{N}]/u.test(value) || REFERENCE.test(value) || WORD.test(value);
}

/** `CancellationToken`: in code and in what compilers print, a type follows the colon. */
const TYPE_NAME =
  /^(?:[A-Z][a-z0-9]+)*(?:Object|Like|Options?|Buffer|Token|Type|String|Key|Encoding|Props|Input|Password|Secret|Credentials?)$/;

/**
 * As `isNoSecret`, for what follows a colon without quotes: there it may also be prose, a type, or the name of a
 * variable.
 */
export function isProse(value: string, after: string): boolean {
  return (
    VARIABLE_NAME.test(value) ||
    TYPE_NAME.test(value) ||
    (/^[A-Za-z]+$/.test(value) && /^ [A-Za-z]/.test(after))
  );
}

/**
 * Whether `value` looks made by a machine: letters and digits mixed over at least 8 characters, or over at least 16
 * with both cases; no date, version, number, file name or path.
 */
export function looksRandom(value: string): boolean {
  if (value.length < 8 || !/\d|.[A-Z]/.test(value) || /\s/.test(value)) return false;
  if (/^v?\d+[.\-:/]\d+|^\d+(?:[a-zA-Z]{1,3})?$|^[\w-]+\.[a-z]{1,4}$|^(?:\.{0,2}|~)\//.test(value))
    return false;
  const hasDigit = /\d/.test(value);
  const hasLetter = /[A-Za-z]/.test(value);
  if (hasDigit && hasLetter) return true;
  return (
    value.length >= 16 &&
    (/^\d+$/.test(value) || (/[a-z][A-Z]|[A-Z][a-z]+[A-Z]/.test(value) && !/[.:_ ]/.test(value)))
  );
}
