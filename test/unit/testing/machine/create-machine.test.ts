import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createMachine } from '../../../../src/testing/machine/index.js';

describe('a machine', () => {
  it('has a home, a project under version control in it, and hardly any variables', async () => {
    await using machine = await createMachine({ app: 'acme-tool' });
    expect(machine.prefix).toBe('ACME_TOOL');
    expect(machine.home.startsWith(machine.root)).toBe(true);
    expect(existsSync(join(machine.cwd, '.git', 'HEAD'))).toBe(true);
    expect(machine.env.HOME).toBe(machine.home);
    expect(machine.env).not.toHaveProperty('VITEST');
  });

  it('is made of the names that it is given', async () => {
    const names = { user: 'u-7f', host: 'h-7f', directory: 'd-7f' };
    await using machine = await createMachine({ app: 'acme', names });
    expect(machine.cwd).toBe(join(machine.root, 'home', 'u-7f', 'd-7f'));
    expect(machine.env).toMatchObject({ USER: 'u-7f', HOSTNAME: 'h-7f' });
  });

  it('shows every change of its files by its snapshot', async () => {
    await using machine = await createMachine({ app: 'acme' });
    const before = machine.snapshot();
    expect(machine.snapshot()).toEqual(before);
    writeFileSync(join(machine.home, 'new'), 'text');
    expect(Object.keys(machine.snapshot())).toContain('./home/person/new');
    expect(machine.snapshot()).not.toEqual(before);
  });

  it('is gone when it is thrown away', async () => {
    const machine = await createMachine({ app: 'acme' });
    await machine[Symbol.asyncDispose]();
    expect(existsSync(machine.root)).toBe(false);
  });
});
