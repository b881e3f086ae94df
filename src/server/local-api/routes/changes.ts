import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { isFlagEnabled } from '../../../client/index.js';
import { loadDialogue } from '../../../consent/index.js';
import { answer, NO_QUERY, OTHERWISE, WITH_TOKEN } from '../describe-route.js';
import type { LocalApiParts } from '../parts.js';
import { FEATURE_FLAG } from '../schemas.js';

const route = createRoute({
  method: 'get',
  path: '/changes',
  summary: 'What is collected now, beside what the person has agreed to.',
  ...WITH_TOKEN,
  request: { query: NO_QUERY },
  responses: {
    200: answer(
      z.object({
        version: z
          .string()
          .describe(
            'Of what is collected, with who receives it: for accept_catalogue and decline_catalogue.',
          ),
        is_known: z.boolean().describe('Whether it is known, thing by thing, what they agreed to.'),
        is_declined: z.boolean().describe('Whether they have said that it stays as it was.'),
        held_back: z
          .array(z.string())
          .readonly()
          .describe('What does not leave until they agree, as paths; * for everything.'),
        changes: z
          .array(
            z.object({
              path: z.string(),
              effect: z.enum(['narrowing', 'widening']),
              kind: z.string(),
              before: z.string().nullable(),
              after: z.string().nullable(),
              text: z.string().describe('The same in one sentence, for people.'),
            }),
          )
          .readonly(),
        ...FEATURE_FLAG,
      }),
      'The changes.',
    ),
    ...OTHERWISE,
  },
});

export function addChanges(app: OpenAPIHono, { consent }: LocalApiParts): void {
  app.openapi(route, async (context) => {
    const { describeChange } = await loadDialogue();
    const { agreed, digest, changes, held, isDeclined } = consent.coverage.compare();
    const catalogue = consent.catalogue();
    const said = {
      version: digest,
      is_known: agreed !== undefined,
      is_declined: isDeclined,
      held_back: held,
      changes: changes.map((change) => ({
        path: change.path,
        effect: change.effect,
        kind: change.kind,
        before: change.before ?? null,
        after: change.after ?? null,
        text: describeChange(change, catalogue),
      })),
      feature_flag: isFlagEnabled(consent),
    };
    return context.json(said, 200);
  });
}
