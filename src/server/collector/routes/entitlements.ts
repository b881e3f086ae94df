import type { Hono } from 'hono';
import { problemOf, problemResponse } from '../../http/index.js';
import type { CollectorAppParts } from '../app.js';
import { checkEntitlement, type EntitlementAnswer, keepPastDays } from '../license/index.js';
import { readQuestion } from './read-question.js';
import { readSoon } from './read-soon.js';

export function addEntitlements(
  app: Hono,
  { license, entitlements, now, vendorWaitMs }: CollectorAppParts,
): void {
  const counts = keepPastDays(entitlements, now);

  app.post('/entitlements/check', async (context) => {
    const question = await readQuestion(context.req.raw);
    const answer = await checkEntitlement(question, await readSoon(license, vendorWaitMs), counts, now());
    return answer.allowed ? context.json<EntitlementAnswer>(answer) : refuse(answer);
  });
}

/** With the counts, for people who wonder why. */
function refuse({ limit, current }: EntitlementAnswer): Response {
  const detail =
    limit === null
      ? 'The licence does not include this feature.'
      : `The licence allows ${limit}, and there are ${current}.`;
  const problem = { ...problemOf('ENTITLEMENT_EXCEEDED', detail), limit, current };
  return problemResponse(problem);
}
