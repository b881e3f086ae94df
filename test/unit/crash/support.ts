import type { FrameSources } from '../../../src/crash/index.js';

/** An app at `/srv/acme`, and every package at version 1.2.3. */
export const SOURCES: FrameSources = { appRoot: '/srv/acme', versionOf: () => '1.2.3' };

/** An error with a stack as another machine would have made it. */
export function errorWithStack(lines: readonly string[], message = 'failed'): Error {
  const error = new Error(message);
  error.stack = [`Error: ${message}`, ...lines.map((line) => `    ${line}`)].join('\n');
  return error;
}

/** An object that throws whatever is done to it. */
export function hostile(): object {
  const refuse = (): never => {
    throw new Error('refused');
  };
  const traps = ['get', 'has', 'ownKeys', 'getPrototypeOf', 'getOwnPropertyDescriptor'] as const;
  return new Proxy({}, Object.fromEntries(traps.map((trap) => [trap, refuse])));
}

/** An object of which each part throws on being read. */
export function withThrowingGetters(target: object = {}): object {
  // The stack first: engines make it when it is first touched, of the name and the message.
  for (const part of ['stack', 'name', 'message', 'code', 'cause', 'errors', 'constructor', 'toString']) {
    Object.defineProperty(target, part, {
      get: () => {
        throw new Error('refused');
      },
    });
  }
  return target;
}
