import { type ErrorDescription, isErrorCode, toFrameText, toMessageTemplate } from '../privacy/index.js';
import { type Circumstances, categoryOf } from './category.js';
import { chainOf } from './causes.js';
import { fingerprintOf } from './fingerprint.js';
import { type FrameSources, readFrames } from './frames.js';
import { readPart, readText } from './read-thrown.js';
import { typeOf } from './type-of.js';

const MAX_CAUSES = 5;

/**
 * Everything that may be said of what was thrown, which can be anything.
 *
 * @param frames - what is known of the files of the process that threw it
 * @remarks Never throws, in bounded time. Looks at a few parts of an error only, and never at what else hangs on it. Pure but for
 *   what `frames` does and getters do.
 */
export function describeError(
  thrown: unknown,
  frames: FrameSources,
  circumstances: Circumstances = { isInstallation: false },
): ErrorDescription {
  const message = messageOf(thrown);
  const described = {
    type: typeOf(thrown),
    message: toMessageTemplate(message),
    category: categoryOf(thrown, circumstances),
    code: codeOf(thrown),
    causes: chainOf(thrown)
      .slice(1, 1 + MAX_CAUSES)
      .map(typeOf),
    frames: readFrames(readText(thrown, 'stack') ?? '', message, frames).map(toFrameText),
  };
  return { ...described, fingerprint: fingerprintOf(described) };
}

function messageOf(thrown: unknown): string {
  return typeof thrown === 'string' ? thrown : (readText(thrown, 'message') ?? '');
}

/** The code of whatever was thrown, if it has one of a usual form. Never throws. */
export function codeOf(thrown: unknown): string | undefined {
  const code = readPart(thrown, 'code');
  if (typeof code !== 'string' && typeof code !== 'number') return undefined;
  const text = String(code).replace(/^-(?=\d)/, '');
  return isErrorCode(text) ? text : undefined;
}
