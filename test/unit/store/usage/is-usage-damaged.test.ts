import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { toCounterName } from '../../../../src/privacy/index.js';
import { createUsageLog, isUsageDamaged } from '../../../../src/store/index.js';
import { createDirectory } from '../../../support/directories.js';

function directoryWith(name: string, text: string): string {
  const directory = createDirectory();
  mkdirSync(join(directory, 'usage'), { mode: 0o700 });
  writeFileSync(join(directory, 'usage', name), text);
  return directory;
}

describe('damage to what was counted', () => {
  it('is none where nothing was counted, and looking makes nothing', () => {
    const directory = createDirectory();
    expect(isUsageDamaged(undefined)).toBe(false);
    expect(isUsageDamaged(directory)).toBe(false);
    expect(existsSync(join(directory, 'usage'))).toBe(false);
  });

  it('is none while all is well', () => {
    const directory = createDirectory();
    createUsageLog(directory, { now: Date.now }).record({ kind: 'feature', name: toCounterName('a')! });
    expect(isUsageDamaged(directory)).toBe(false);
  });

  it.each([
    ['total.json', '{"features":'],
    ['total.json', '[]'],
    ['total.json', ''],
    ['total.json.broken-1', '{"features":'],
    ['usage_1b4e28ba2fa14d3e.ndjson.broken-2', ''],
  ])('is seen in %s with %j', (name, text) => {
    expect(isUsageDamaged(directoryWith(name, text))).toBe(true);
  });

  it('is over when the total is whole again', () => {
    const directory = directoryWith('total.json', 'nothing of ours');
    expect(isUsageDamaged(directory)).toBe(true);
    const total = { created_at: null, merged: [], features: {}, hooks: {}, events: [] };
    writeFileSync(join(directory, 'usage', 'total.json'), JSON.stringify(total));
    expect(isUsageDamaged(directory)).toBe(false);
  });
});
