import { patternRule, type Rule } from '../rule.js';
import { Trait } from '../traits.js';

/**
 * Secrets that their issuer marks by a documented prefix, so that scanners find them. Bodies are matched to their end
 * whatever their length, from a minimum that keeps ordinary words out.
 */
const FORMATS: readonly string[] = [
  // GitHub, GitLab
  'gh[pousr]_[A-Za-z0-9]{20,}',
  'github_pat_\\w{20,}',
  'gl(?:pat|dt|rt|rtr|cbt|ptt|ft|imt|agent|oas|soat|ffct|wt)-[\\w.=-]{10,}',
  'GR1348941[\\w-]{10,}',
  // Slack
  'xox[a-z](?:\\.xox[a-z])?-[\\w./-]{8,}',
  'xapp-[\\w./-]{8,}',
  'https://hooks\\.slack\\.com/(?:services|workflows|triggers)/[\\w/-]{8,}',
  // Stripe and others with live and test modes
  '(?:sk|rk|pk)_(?:live|test|prod)_[A-Za-z0-9]{8,}',
  'whsec_[A-Za-z0-9+/=]{16,}',
  // Amazon
  '(?:A3T[A-Z0-9]|AKIA|ASIA|ABIA|ACCA|AGPA|AIDA|AIPA|ANPA|ANVA|AROA|APKA)[A-Z0-9]{16}(?![A-Za-z0-9])',
  'ABSK[A-Za-z0-9+/=]{40,}',
  'da2-[a-z0-9]{26}',
  'amzn\\.mws\\.[\\w-]{20,}',
  // Google
  'AIza[\\w-]{30,}',
  'ya29\\.[\\w.-]{20,}',
  'GOCSPX-[\\w-]{20,}',
  '1//0[\\w-]{30,}',
  // Models: OpenAI, Anthropic, OpenRouter, Hugging Face, Groq, Perplexity, Replicate, xAI
  'sk-(?=[\\w-]{0,64}\\d)[\\w-]{20,}',
  'hf_[A-Za-z0-9]{20,}',
  'gsk_[A-Za-z0-9]{20,}',
  'pplx-[A-Za-z0-9]{20,}',
  'r8_[A-Za-z0-9]{20,}',
  'xai-[A-Za-z0-9]{20,}',
  // Package registries
  'npm_[A-Za-z0-9]{20,}',
  'pypi-[\\w-]{20,}',
  'rubygems_[a-f0-9]{20,}',
  'oy2[a-z0-9]{43}',
  'cio[A-Za-z0-9]{32}(?![A-Za-z0-9])',
  'dckr_(?:pat|oat)_[\\w-]{20,}',
  // Mail and messages
  'SG\\.[\\w.-]{30,}',
  'key-[a-f0-9]{32}',
  'xkeysib-[a-f0-9-]{20,}',
  '(?:AC|SK)[a-f0-9]{32}(?![A-Za-z0-9])',
  '(?:bot)?\\d{8,10}:A[A-Za-z0-9_-]{34}(?![\\w-])',
  '[MNO][A-Za-z0-9_-]{22,27}\\.[\\w-]{6,7}\\.[\\w-]{27,}',
  // Hosting, infrastructure, observability
  'do[opr]_v1_[a-f0-9]{40,}',
  'dapi[a-f0-9]{32}(?:-\\d)?',
  'hv[sbr]\\.[\\w-]{20,}',
  's\\.(?=[A-Za-z]{0,23}\\d)[A-Za-z0-9]{24}(?![A-Za-z0-9])',
  '[A-Za-z0-9]{14}\\.atlasv1\\.[\\w=-]{40,}',
  'dt0[a-z]\\d\\d\\.[A-Z0-9a-z]{24}\\.[A-Za-z0-9]{40,}',
  'fo1_[\\w-]{20,}',
  'fm[12]r?_[\\w+/=-]{20,}',
  'FlyV1 [\\w+/=,]{20,}',
  'gl(?:c|sa)_[\\w+/=]{20,}',
  'NR(?:AK|II|AL|IQ|JS|RA)-[\\w-]{16,}',
  'sntry[su]_[\\w+/=]{20,}',
  'ph[csx]_[A-Za-z0-9]{20,}',
  'tskey-(?:[a-z]+-)?[\\w-]{16,}',
  'vc[acikpr]_[A-Za-z0-9]{20,}',
  'HRKU-[\\w-]{20,}',
  'sha256~[\\w-]{30,}',
  'v1\\.0-[a-f0-9]{24}-[a-f0-9]{100,}',
  '[ps]at\\.[\\w-]{22}\\.[\\w-]{24}\\.[\\w-]{20}',
  'dnkey-[\\w=-]{20,}',
  'CLOJARS_[a-z0-9]{20,}',
  'rdme_[a-z0-9]{20,}',
  'pn[ub]_[A-Za-z0-9]{20,}',
  'LTAI[A-Za-z0-9]{16,}',
  'AKID[A-Za-z0-9]{32,}',
  'pul-[a-f0-9]{40}',
  'nfp_[A-Za-z0-9]{20,}',
  'rnd_[A-Za-z0-9]{20,}',
  'sb[ps]_[a-f0-9]{20,}',
  'pscale_\\w{1,10}_[\\w.=-]{20,}',
  'AKC[A-Za-z0-9]{10,}(?=[^A-Za-z0-9]|$)',
  'AGE-SECRET-KEY-1[A-Z0-9]{20,}',
  // Work and payment services
  'lin_(?:api|oauth)_[A-Za-z0-9]{20,}',
  '(?:ntn|secret)_[A-Za-z0-9]{40,}',
  'pat[A-Za-z0-9]{14}\\.[a-f0-9]{64}',
  'PMAK-[A-Za-z0-9-]{20,}',
  'shp(?:at|ca|pa|ss)_[A-Za-z0-9]{32,}',
  'shippo_(?:live|test)_[A-Za-z0-9]{20,}',
  'duffel_(?:live|test)_[\\w=-]{20,}',
  'access_token\\$(?:production|sandbox)\\$[\\w$]{20,}',
  'figd_[\\w-]{20,}',
  'fio-u-[\\w=-]{20,}',
  'CFPAT-[\\w-]{20,}',
  'ATBB[A-Za-z0-9]{20,}',
  'ops_eyJ[\\w=-]{20,}',
  'sq0[a-z]{3}-[\\w-]{20,}',
  'EAAA[\\w-]{40,}',
  'FLWSECK(?:_TEST|_LIVE)?-[\\w-]{8,}',
  'dp\\.[a-z]{2,5}\\.[\\w.]{20,}',
  'ATATT3[\\w=-]{20,}',
  'EZ[AT]K[A-Za-z0-9]{40,}',
  'sgp_[\\w]{40,}',
  'tfp_[A-Za-z0-9_-]{20,}',
  '\\w{3}8Q~[\\w.~-]{31,34}',
  // Hashed passwords in the modular crypt format, and Kerberos tickets
  '\\$(?:2[abxy]|[156y]|argon2(?:id?|d)|scrypt|pbkdf2-\\w+|krb5\\w+|apr1)\\$[\\w./+=,$*-]{12,}',
];

/** Tokens with a vendor's prefix. */
export const vendorToken: Rule = patternRule(
  { name: 'vendor-token', kind: 'token', needs: Trait.letter },
  new RegExp(`(?<![A-Za-z0-9])(?:${FORMATS.join('|')})`, 'g'),
);

/** JSON Web Tokens and encrypted ones: base64url of `{"…`, then two to four further parts. */
export const jwt: Rule = patternRule(
  { name: 'jwt', kind: 'jwt', needs: Trait.letter },
  /(?<![A-Za-z0-9_-])eyJ[\w-]{5,}={0,2}(?:\.[\w-]*={0,2}){1,4}/g,
);
