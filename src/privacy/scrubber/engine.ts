import type { Finding } from './finding.js';
import type { Rule } from './rule.js';
import { joinOverlaps, replaceFindings, toOriginal } from './spans.js';
import { traitsOf } from './traits.js';

/** Rounds after which a text that keeps revealing more is given up on and claimed as a whole. */
const MAX_ROUNDS = 4;

/**
 * Apply `rules` to a text until what would be left of it holds nothing more that a rule recognises.
 *
 * @param rules - most telling first: where findings overlap, the earlier rule names what they become together
 * @returns sorted, disjoint findings; replacing them leaves a text in which `rules` find nothing, which is what makes
 * redaction idempotent
 */
export function findWith(rules: readonly Rule[], text: string): readonly Finding[] {
  let findings = scan(rules, text);
  if (findings.length === 0) return findings;

  // A placeholder is a new neighbour, beside which a rule may see a boundary that was none before.
  for (let round = 1; round < MAX_ROUNDS; round += 1) {
    const revealed = scan(rules, replaceFindings(text, findings));
    if (revealed.length === 0) return findings;
    findings = joinOverlaps([...findings, ...toOriginal(revealed, findings)]);
  }
  return [{ kind: 'secret', start: 0, end: text.length }];
}

/** Whether `findWith` would find nothing. Stops at the first rule that does find something. */
export function isCleanUnder(rules: readonly Rule[], text: string): boolean {
  const traits = traitsOf(text);
  return rules.every((rule) => {
    if (!isWorthRunning(rule, traits)) return true;
    let clean = true;
    rule.find(text, () => {
      clean = false;
    });
    return clean;
  });
}

function scan(rules: readonly Rule[], text: string): Finding[] {
  const traits = traitsOf(text);
  const findings: Finding[] = [];
  for (const rule of rules) {
    if (!isWorthRunning(rule, traits)) continue;
    rule.find(text, (start, end, kind = rule.kind) => findings.push({ kind, start, end }));
  }
  return findings.length > 1 ? joinOverlaps(findings) : findings;
}

function isWorthRunning(rule: Rule, traits: number): boolean {
  return (traits & rule.needs) === rule.needs;
}
