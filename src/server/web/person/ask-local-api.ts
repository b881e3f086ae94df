import type { z } from 'zod';
import { type Known, readKnown } from '../upstream/index.js';
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

/** Ask for something and believe the answer only when it is of its schema. Never throws. */
export function askForKnown<Value>(
  options: PersonOptions,
  token: string,
  path: string,
  schema: z.ZodType<Value>,
): Promise<Known<Value>> {
  return readKnown(async () => {
    const answer = await askLocalApi(options, token, path);
    const { status, headers } = answer;
    return { status, headers, bytes: new Uint8Array(await answer.arrayBuffer()) };
  }, schema);
}
