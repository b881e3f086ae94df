import type { z } from 'zod';
import { askConfigService, type ConfigService } from '../upstream/index.js';

/** What a service said, as far as that is known. */
export type Known<Value> =
  | {
      readonly status: 'known';
      readonly value: Value;
      /** As it came: members in their order. */
      readonly raw: unknown;
      readonly etag: string | undefined;
    }
  /** The token is not valid, or not any more. */
  | { readonly status: 'refused' }
  /** No answer, or one that is not as the service describes it. */
  | { readonly status: 'unknown' };

/** Ask for something and believe the answer only when it is exactly of its schema. Never throws. */
export async function readKnown<Value>(
  service: ConfigService,
  token: string,
  path: string,
  schema: z.ZodType<Value>,
): Promise<Known<Value>> {
  try {
    const { status, headers, bytes } = await askConfigService(service, {
      path,
      authorization: `Bearer ${token}`,
    });
    if (status === 401) return { status: 'refused' };
    if (status !== 200) return { status: 'unknown' };
    const raw: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    const { data, success } = schema.safeParse(raw);
    if (!success) return { status: 'unknown' };
    return { status: 'known', value: data, raw, etag: headers.get('etag') ?? undefined };
  } catch {
    return { status: 'unknown' };
  }
}
