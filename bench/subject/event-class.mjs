import { defineWithBuilders, defineWithZod } from './defined.mjs';

/**
 * The event class of the subject in one of its spellings. Loads zod only for the spelling that needs it.
 *
 * @param {'builders' | 'zod' | 'decorated'} spelling
 * @param {typeof import('../../dist/index.js')} sotto
 * @param {string} name
 */
export async function eventClass(spelling, sotto, name = 'code_search') {
  switch (spelling) {
    case 'builders':
      return defineWithBuilders(sotto, name);
    case 'zod':
      return defineWithZod(sotto, await import('zod'), name);
    case 'decorated': {
      const { decorate } = await import('../.build/decorated.js');
      return decorate(sotto, name);
    }
    default:
      throw new Error(`There is no spelling ${spelling}.`);
  }
}
