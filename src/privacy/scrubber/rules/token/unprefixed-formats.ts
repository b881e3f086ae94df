import { END } from './format.js';

/**
 * Documented formats that are told by a literal somewhere inside: the literal, which few texts hold and which is looked
 * for first, and the expression for the whole.
 */
export const INFIX_FORMATS: readonly (readonly [literal: string, pattern: string])[] = [
  // Terraform Cloud, MaxMind, Mailchimp, RapidAPI, Dropbox
  ['.atlasv1.', '[A-Za-z0-9]{14}\\.atlasv1\\.[\\w=-]{40,}'],
  ['_mmk', `[A-Za-z0-9]{6}_[A-Za-z0-9]{29}_mmk${END}`],
  ['-us', `[a-f0-9]{32}-us\\d{1,2}${END}`],
  ['msh', `[a-z0-9]{10}msh[a-z0-9]{15}p1[a-z0-9]{6}jsn[a-z0-9]{12}${END}`],
  ['AAAAAAAAAA', '[A-Za-z0-9]{11}AAAAAAAAAA[\\w=-]{43}'],
  // Azure marks the keys of its services in the middle
  ['AzCa', '[A-Za-z0-9]{30,200}AzCa[A-Za-z0-9]{5,}'],
  ['AzFu', '[\\w-]{40,200}AzFu[\\w=-]{5,}'],
  ['AzSe', '[A-Za-z0-9]{40,200}AzSe[A-Za-z0-9]{5,}'],
  ['AZDO', '[A-Za-z0-9]{60,200}AZDO[A-Za-z0-9]{4,}'],
  ['JQQJ', '[A-Za-z0-9]{40,200}JQQJ[A-Za-z0-9]{10,}'],
  ['+AMC', '[A-Za-z0-9+/]{30,200}\\+AMC[A-Za-z0-9+/=]{5,}'],
  ['+ASt', '[A-Za-z0-9+/]{50,200}\\+ASt[A-Za-z0-9+/=]{5,}'],
  ['+ASb', '[A-Za-z0-9+/]{30,200}\\+ASb[A-Za-z0-9+/=]{5,}'],
  ['+ARm', '[A-Za-z0-9+/]{30,200}\\+ARm[A-Za-z0-9+/=]{5,}'],
  // Facebook
  ['|', '\\d{15,16}\\|[\\w-]{27,50}'],
  ['%', '\\d{15,16}%(?:7C)?[\\w-]{27,50}'],
];

/** Formats that only their whole tells: Telegram, Discord, Asana, Ghost, TrueNAS, X, Mailgun's signing key. */
export const SHAPED_FORMATS: readonly string[] = [
  '(?:bot)?\\d{8,10}:A[\\w-]{34}(?![\\w-])',
  '[MNO][\\w-]{22,27}\\.[\\w-]{6,7}\\.[\\w-]{27,}',
  '[12]/\\d{12,18}(?:/\\d{12,18})?:[a-f0-9]{32}',
  '[a-f0-9]{24}:[a-f0-9]{64}',
  `\\d{1,4}-[A-Za-z0-9]{64}${END}`,
  `\\d{15,20}-[A-Za-z0-9]{40}${END}`,
  `[a-f0-9]{32}-[a-f0-9]{8}-[a-f0-9]{8}${END}`,
];

/** Addresses that are a secret as a whole: whoever knows one may post. */
export const HOOK_ADDRESSES: readonly string[] = [
  'hooks\\.slack(?:-gov)?\\.com/(?:services|workflows|triggers)/',
  'discord(?:app)?\\.com/api/(?:v\\d{1,2}/)?webhooks/',
  '\\.webhook\\.office\\.com/webhookb2/',
  'outlook\\.office(?:365)?\\.com/webhook/',
  'chat\\.googleapis\\.com/v1/spaces/',
  'hooks\\.zapier\\.com/hooks/catch/',
  'maker\\.ifttt\\.com/(?:use|trigger)/',
  'hook\\.(?:[a-z]{2}\\d\\.)?make\\.com/',
  'hc-ping\\.com/',
];
