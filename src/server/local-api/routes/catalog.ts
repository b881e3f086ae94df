import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { isFlagEnabled } from '../../../client/index.js';
import { loadDialogue } from '../../../consent/index.js';
import type { JsonObject } from '../../http/index.js';
import { answer, NO_QUERY, OTHERWISE, WITH_TOKEN } from '../describe-route.js';
import type { LocalApiParts } from '../parts.js';
import { FEATURE_FLAG, PropertiesSchema } from '../schemas.js';

const SectionsSchema = z
  .array(z.object({ title: z.string(), items: z.array(z.string()).readonly() }))
  .readonly();

const route = createRoute({
  method: 'get',
  path: '/catalog',
  summary: 'What may be collected, and why: in words for people, and field by field.',
  ...WITH_TOKEN,
  request: { query: NO_QUERY },
  responses: {
    200: answer(
      z.object({
        app: z.string(),
        purpose: z.string(),
        is_complete: z
          .boolean()
          .describe(
            'Whether nothing but what is listed may leave. False where the code of the app is not known here.',
          ),
        sections: SectionsSchema.describe('In few words: what is collected, and what never is.'),
        details: SectionsSchema.describe(
          'Every field, who receives it, what can be linked, how long it is kept.',
        ),
        privacy_url: z.string().nullable(),
        catalogue: PropertiesSchema.describe('As the command catalog --json prints it.'),
        ...FEATURE_FLAG,
      }),
      'The catalogue.',
    ),
    ...OTHERWISE,
  },
});

export function addCatalog(app: OpenAPIHono, { consent }: LocalApiParts): void {
  app.openapi(route, async (context) => {
    const { consentText } = await loadDialogue();
    const input = consent.textInput();
    // As a notice without a command it lists every event, and asks nothing. How to stop it is for whoever shows this to say.
    const { intro, sections, details } = consentText({ ...input, basis: 'opt-out', command: undefined });
    const catalogue = {
      app: input.app,
      purpose: intro,
      is_complete: !input.untyped,
      sections: sections.slice(0, 2),
      details,
      privacy_url: input.privacyUrl ?? null,
      catalogue: { ...input.catalogue } as unknown as JsonObject,
      feature_flag: isFlagEnabled(consent),
    };
    return context.json(catalogue, 200);
  });
}
