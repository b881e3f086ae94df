import { patternRule, type Rule } from '../rule.js';
import { Trait } from '../traits.js';
import { passesLuhn } from './national-id/check-digits.js';

const compact = (digits: string) => digits.replace(/\D/g, '');

/** IMEI of a telephone: fifteen digits with a check digit, beginning as those who assign them do (GSMA TS.06). */
const imei: Rule = patternRule(
  { name: 'imei', kind: 'device', needs: Trait.closeDigits, probe: /\d{8}/ },
  /(?<![\w.+-])(?:01|35|44|45|49|5[0-4]|86|9[189])(?:\d{13}|\d{4}[ -]?\d{2}[ -]\d{6}[ -]\d)(?![\w-]|\.\d)/g,
  (match) => passesLuhn(compact(match)),
);

/** Numbers of devices and of their cards, where the text names them. */
const labelled: Rule = patternRule(
  { name: 'device-labelled', kind: 'device', needs: Trait.someDigits | Trait.numberWord },
  /\b(?:imei(?:sv)?|meid|iccid|imsi|udid|idfa|gaid|android[ _]?id|advertising[ _]?id|serial[ _-]?(?:number|no|nr)|serialnumber|machine-?guid)["']?(?:\s{0,4}(?:is|:|=|#)){0,2}[\s"']{0,4}(?<secret>(?=[\w -]{0,24}\d)[A-Za-z0-9](?:[ -]?[A-Za-z0-9]){5,39})(?![\w])/dgi,
  (match) => compact(match).length >= 3,
);

export const deviceRules: readonly Rule[] = [imei, labelled];
