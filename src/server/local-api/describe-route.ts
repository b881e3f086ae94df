import { z } from '@hono/zod-openapi';
import { ProblemSchema } from './schemas.js';

/** The name of the token in the document of the API. */
export const TOKEN_SCHEME = 'token';

/** For routes behind the token. */
export const WITH_TOKEN = { security: [{ [TOKEN_SCHEME]: [] }] };

/** For routes that take no parameters. */
export const NO_QUERY = z.strictObject({});

/** An answer in JSON. */
export function answer<Schema extends z.ZodType>(schema: Schema, description: string) {
  return { description, content: { 'application/json': { schema } } };
}

/** A body in JSON. */
export function body<Schema extends z.ZodType>(schema: Schema, required: boolean) {
  return { required, content: { 'application/json': { schema } } };
}

export function refusal(description: string) {
  return { description, content: { 'application/problem+json': { schema: ProblemSchema } } };
}

/** Every other status. */
export const OTHERWISE = { default: refusal('The request is refused, or could not be answered.') };
