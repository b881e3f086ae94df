/** Marks of a path, a home directory, an account or a connection: `src/billing.ts`, `C:\x`, `~/x`, `ada@host`. */
const PLACE_MARKS = /[/\\~@]/;

/** Last parts that make a dotted word the name of a file or a host. Versions and settings (`1.4.0`, `log.level`) have others. */
const PLACE_ENDINGS =
  /\.(?:[cm]?[jt]sx?|py|rb|go|rs|java|kts?|swift|scala|cs|php|c|cc|cpp|h|hpp|sh|ps1|sql|json[cl5]?|ya?ml|toml|ini|cfg|conf|env|xml|html?|s?css|less|vue|svelte|mdx?|txt|rst|csv|tsv|log|lock|pdf|docx?|xlsx?|pptx?|zip|tar|t?gz|7z|jpe?g|png|gif|svg|mp[34]|mov|wav|db|sqlite|pem|key|crt|p12|bak|tmp|local|localdomain|lan|internal|intra|corp|home|com|org|net|edu|gov|io|dev|app)$/i;

/**
 * Does a single word name a place: a file, a folder, a host, an account? Such words are short and have no white space, as
 * labels have none, and say what somebody works on.
 */
export function namesPlace(word: string): boolean {
  return PLACE_MARKS.test(word) || PLACE_ENDINGS.test(word);
}
