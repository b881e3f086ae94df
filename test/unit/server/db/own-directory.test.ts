import { chmodSync, mkdirSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadDatabase } from '../../../../src/server/db/load-database.js';
import { closeToOthers, refuseOpenDirectory } from '../../../../src/server/db/own-directory.js';
import { createDirectory, giveAway } from '../../../support/directories.js';

const isRoot = process.getuid?.() === 0;

describe('the directory of the database', () => {
  it.each([
    ['755', 0o755],
    ['777', 0o777],
    ['770', 0o770],
    ['700', 0o700],
  ])('is closed to others when it is open as %s', (_, mode) => {
    const directory = createDirectory();
    chmodSync(directory, mode);
    closeToOthers(directory);
    expect(statSync(directory).mode & 0o777).toBe(0o700);
  });

  it.skipIf(!isRoot)('is refused when it belongs to another user, and left as it is', () => {
    const directory = createDirectory();
    chmodSync(directory, 0o755);
    giveAway(directory);
    expect(() => closeToOthers(directory)).toThrow(expect.objectContaining({ code: 'DATABASE_FAILED' }));
    expect(statSync(directory).mode & 0o777).toBe(0o755);
  });
});

describe('the directory of the services', () => {
  it.each([
    ['777', 0o777],
    ['775', 0o775],
    ['702', 0o702],
    ['1777', 0o1777],
  ])('is refused when others can write to it, as %s', async (_, mode) => {
    const dataDirectory = createDirectory();
    chmodSync(dataDirectory, mode);
    await expect(loadDatabase({ databaseUrl: undefined, dataDirectory }, ['product'])).rejects.toMatchObject({
      code: 'DATABASE_FAILED',
      message: expect.stringContaining('chmod go-w'),
    });
  });

  it('is refused when it is a link to one that others can write to', () => {
    const directory = createDirectory();
    mkdirSync(join(directory, 'open'));
    chmodSync(join(directory, 'open'), 0o777);
    symlinkSync(join(directory, 'open'), join(directory, 'link'));
    expect(() => refuseOpenDirectory(join(directory, 'link'))).toThrow('chmod go-w');
  });

  it.skipIf(!isRoot)('is refused when it belongs to another user', () => {
    const directory = createDirectory();
    giveAway(directory);
    expect(() => refuseOpenDirectory(directory)).toThrow(
      expect.objectContaining({ code: 'DATABASE_FAILED' }),
    );
  });

  it.each([
    ['755', 0o755],
    ['700', 0o700],
  ])('may be read by others, as %s', (_, mode) => {
    const directory = createDirectory();
    chmodSync(directory, mode);
    expect(() => refuseOpenDirectory(directory)).not.toThrow();
  });

  it('may be missing', () => {
    expect(() => refuseOpenDirectory(join(createDirectory(), 'later'))).not.toThrow();
  });
});
