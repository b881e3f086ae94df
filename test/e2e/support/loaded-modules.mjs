/** For `node --import`: prints the address of every module that is imported, on standard error. */
import { writeSync } from 'node:fs';
import { register } from 'node:module';

register(import.meta.url);

export async function resolve(specifier, context, nextResolve) {
  const resolved = await nextResolve(specifier, context);
  writeSync(2, `${resolved.url}\n`);
  return resolved;
}
