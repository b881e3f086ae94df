import type { z } from 'zod';
import type { PersonOptions } from './options.js';

export interface Question {
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** Ask the local API with the token of the session, under the name that this machine has for itself. */
export async function askLocalApi(
  { localApi, basePath }: Pick<PersonOptions, 'localApi' | 'basePath'>,
  token: string,
  path: string,
  { method = 'GET', body, headers = {}, signal }: Question = {},
): Promise<Response> {
  const request = new Request(`http://localhost${basePath}${path}`, {
    method,
    headers: {
      ...headers,
      authorization: `Bearer ${token}`,
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
    ...(signal && { signal }),
  });
  return localApi(request);
}

/** What an answer says: `refused` where the token is not the one of this machine any more. */
export type Known<Value> =
  | { readonly status: 'known'; readonly value: Value }
  | { readonly status: 'refused' }
  | { readonly status: 'unknown' };

/** Ask for something and believe the answer only when it is of its schema. Never throws. */
export async function readKnown<Value>(
  options: PersonOptions,
  token: string,
  path: string,
  schema: z.ZodType<Value>,
): Promise<Known<Value>> {
  try {
    const answer = await askLocalApi(options, token, path);
    if (answer.status === 401) return { status: 'refused' };
    const { data, success } = schema.safeParse(await answer.json());
    return answer.ok && success ? { status: 'known', value: data } : { status: 'unknown' };
  } catch {
    return { status: 'unknown' };
  }
}
