import { ConfigError } from '../../internal/index.js';
import type { SchemaMetadata } from './metadata.js';

/**
 * The metadata object that a decorator may write to.
 *
 * @param context - a decorator's second argument, whatever the compiler made of it
 * @throws {ConfigError} `DECORATORS_EXPERIMENTAL` when the compiler speaks the old decorators, `DECORATORS_NO_METADATA`
 *   when it speaks the standard ones without `context.metadata`
 */
export function metadataFrom(context: unknown): SchemaMetadata {
  if (typeof context !== 'object' || context === null || !('kind' in context)) {
    throw new ConfigError(
      'DECORATORS_EXPERIMENTAL',
      "This class was compiled with TypeScript's `experimentalDecorators`; Sotto's decorators are standard ones. Remove the option from tsconfig.json, or declare the event with defineEvent(), which needs no decorators.",
    );
  }
  const { metadata } = context as { metadata?: SchemaMetadata };
  if (!metadata) {
    throw new ConfigError(
      'DECORATORS_NO_METADATA',
      'This compiler emits decorators without `context.metadata`. Use TypeScript ≥ 5.2, esbuild ≥ 0.21 or swc, import sotto before the class is defined, or use defineEvent().',
    );
  }
  return metadata;
}
