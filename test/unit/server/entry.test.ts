import { expect, it } from 'vitest';
import * as imported from '../../../src/server/entry.js';
import * as whole from '../../../src/server/index.js';

it('is imported with every name of what it loads', () => {
  expect({ ...imported }).toEqual({ ...whole });
});
