import vendors from 'ci-info/vendors.json' with { type: 'json' };

type Variables = Readonly<Record<string, string | undefined>>;
type Sign = string | Readonly<Record<string, unknown>>;

/** What several CI systems set. A vendor's own variable says more, so it is looked for first. */
const COMMON = [
  'JENKINS',
  'JENKINS_URL',
  'CI',
  'CONTINUOUS_INTEGRATION',
  'CI_NAME',
  'CI_APP_ID',
  'CI_BUILD_ID',
  'CI_BUILD_NUMBER',
  'BUILD_ID',
  'BUILD_NUMBER',
  'RUN_ID',
];

/**
 * The variable that shows a CI system; undefined when none does.
 *
 * @remarks One that is set to nothing, `0` or `false` shows none: `CI=false` is how people say that a tool should behave
 * as if they were there. Another variable may show one all the same.
 */
export function findCi(env: Variables): string | undefined {
  for (const { env: signs } of vendors) {
    const shown = Array.isArray(signs) ? findSigns(signs, env) : findSign(signs, env);
    if (shown !== undefined) return shown;
  }
  return COMMON.find((name) => isSet(env[name]));
}

/** The first one of several that must all be there. */
function findSigns(signs: readonly Sign[], env: Variables): string | undefined {
  const shown = signs.map((sign) => findSign(sign, env));
  return shown.includes(undefined) ? undefined : shown[0];
}

/** The variable that shows one sign of a vendor, in the four forms that the list of vendors has. */
function findSign(sign: Sign, env: Variables): string | undefined {
  if (typeof sign === 'string') return isSet(env[sign]) ? sign : undefined;
  if (Array.isArray(sign.any)) return sign.any.find((name) => isSet(env[name]));
  if (typeof sign.env === 'string') {
    return env[sign.env]?.includes(String(sign.includes)) ? sign.env : undefined;
  }
  const names = Object.keys(sign);
  return names.every((name) => env[name] === sign[name]) ? names[0] : undefined;
}

function isSet(text: string | undefined): boolean {
  return text !== undefined && !['', '0', 'false'].includes(text.trim().toLowerCase());
}
