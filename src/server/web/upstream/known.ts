import type { z } from 'zod';
import type { ServiceAnswer } from './ask-service.js';

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
  ask: () => Promise<ServiceAnswer>,
  schema: z.ZodType<Value>,
): Promise<Known<Value>> {
  try {
    const { status, headers, bytes } = await ask();
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

/** @returns undefined for what is not known */
export const knownValue = <Value>(known: Known<Value>): Value | undefined =>
  known.status === 'known' ? known.value : undefined;

/** What is said of a token by whether an answer to it is known. */
export function toTokenCheck({ status }: Known<unknown>): 'accepted' | 'refused' | 'unavailable' {
  if (status === 'known') return 'accepted';
  return status === 'refused' ? 'refused' : 'unavailable';
}
