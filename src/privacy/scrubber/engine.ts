import type { Finding } from './finding.js';
import { type Folded, fold } from './fold.js';
import type { Claim, Rule } from './rule.js';
import { joinOverlaps, replaceFindings, toOriginal } from './spans.js';
import { Trait, traitsOf } from './traits.js';

/** More findings than this, and more than one in so many characters: the text is a list of secrets and goes as a whole. */
const MAX_FINDINGS = 1_024;
const MIN_SPACING = 32;
/** Rounds after which a text that keeps revealing more is given up on and claimed as a whole. */
const MAX_ROUNDS = 3;

/** Ends the look at a text: a rule goes on as long as the text does. */
class TooManyFindings extends Error {}

/**
 * Apply `rules` to a text until what would be left of it holds nothing more that a rule recognises.
 *
 * @param rules - most telling first: where findings overlap, the earlier rule names what they become together
 * @returns sorted, disjoint findings; replacing them leaves a text in which `rules` find nothing, which is what makes
 * redaction idempotent. A single one, the whole text, when there is no end to them or hardly anything between them
 */
export function findWith(rules: readonly Rule[], text: string): readonly Finding[] {
  return settle(rules, text).findings;
}

/** The text with what `findWith` finds replaced; `text` itself if that is nothing. */
export function redactWith(rules: readonly Rule[], text: string): string {
  return settle(rules, text).redacted;
}

interface Settled {
  readonly findings: readonly Finding[];
  readonly redacted: string;
}

function settle(rules: readonly Rule[], text: string): Settled {
  try {
    return settleInRounds(rules, text) ?? withheld(text);
  } catch (error) {
    if (error instanceof TooManyFindings) return withheld(text);
    throw error;
  }
}

/** Undefined for a text that reveals more in every round. */
function settleInRounds(rules: readonly Rule[], text: string): Settled | undefined {
  let findings = scan(rules, text);
  if (findings.length === 0) return { findings, redacted: text };

  // A placeholder is a new neighbour, beside which a rule may see a boundary that was none before.
  for (let round = 1; round < MAX_ROUNDS; round += 1) {
    const redacted = replaceFindings(text, findings);
    const revealed = scan(rules, redacted);
    if (revealed.length === 0) return { findings, redacted };
    findings = joinOverlaps([...findings, ...toOriginal(revealed, findings)]);
  }
  return undefined;
}

function withheld(text: string): Settled {
  const findings = [wholeOf(text)];
  return { findings, redacted: replaceFindings(text, findings) };
}

const wholeOf = (text: string): Finding => ({ kind: 'secret', start: 0, end: text.length });

/** Whether `findWith` would find nothing. Stops at the first rule that does find something. */
export function isCleanUnder(rules: readonly Rule[], text: string): boolean {
  const traits = traitsOf(text);
  let isClean = true;
  const claim: Claim = () => {
    isClean = false;
  };
  for (const rule of rules) {
    if ((traits & rule.needs) === rule.needs) rule.find(text, claim);
    if (!isClean) return false;
  }
  const folded = foldIfWide(text, traits);
  return folded === undefined || isCleanUnder(rules, folded.text);
}

function scan(rules: readonly Rule[], text: string): Finding[] {
  const traits = traitsOf(text);
  const findings = applyRules(rules, text, traits);
  const folded = foldIfWide(text, traits);
  if (folded) {
    const hidden = applyRules(rules, folded.text, traitsOf(folded.text));
    for (const finding of hidden) findings.push(folded.toOriginal(finding));
  }
  return findings.length > 1 ? joinOverlaps(findings) : findings;
}

function applyRules(rules: readonly Rule[], text: string, traits: number): Finding[] {
  const findings: Finding[] = [];
  const most = Math.max(MAX_FINDINGS, text.length / MIN_SPACING);
  let current: Rule | undefined;
  const claim: Claim = (start, end, kind = current!.kind) => {
    const { placeholder } = current!;
    findings.push(placeholder === undefined ? { kind, start, end } : { kind, start, end, placeholder });
    if (findings.length > most) throw new TooManyFindings();
  };
  const needs = needsOf(rules);
  for (let index = 0; index < needs.length; index += 1) {
    const needed = needs[index]!;
    if ((traits & needed) !== needed) continue;
    current = rules[index]!;
    current.find(text, claim);
  }
  return findings;
}

const knownNeeds = new WeakMap<readonly Rule[], Int32Array>();

/** What rules need, side by side: few of many rules are run, and looking at each costs more than running those. */
function needsOf(rules: readonly Rule[]): Int32Array {
  let needs = knownNeeds.get(rules);
  if (!needs) {
    needs = Int32Array.from(rules, (rule) => rule.needs);
    knownNeeds.set(rules, needs);
  }
  return needs;
}

function foldIfWide(text: string, traits: number): Folded | undefined {
  return (traits & Trait.wide) === 0 ? undefined : fold(text);
}
