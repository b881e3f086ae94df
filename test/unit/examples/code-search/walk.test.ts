import { once } from 'node:events';
import { chmod, symlink } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { FolderError, walk } from '../../../../examples/code-search/walk.js';
import { createFolder } from './temporary-folder.js';

describe('a walk through a folder', () => {
  it('lists files at every depth, sorted, and counts the folders it read', async () => {
    const root = await createFolder({ 'b.ts': '', 'a/z.ts': '', 'a/b/c.ts': '' });
    expect(await walk(root)).toEqual({
      files: ['a/b/c.ts', 'a/z.ts', 'b.ts'],
      foldersRead: 3,
      foldersUnreadable: 0,
    });
  });

  it('passes over what nobody searches', async () => {
    const root = await createFolder({
      'src/a.ts': '',
      '.git/config': '',
      'node_modules/x/index.js': '',
      'packages/p/node_modules/y/index.js': '',
      'dist/a.js': '',
      'coverage/a.html': '',
      'package-lock.json': '{}',
      'crates/Cargo.lock': '',
    });
    expect((await walk(root)).files).toEqual(['src/a.ts']);
  });

  it("obeys the root's .gitignore and does not enter an ignored folder", async () => {
    const root = await createFolder({
      '.gitignore': 'build/\n*.log\n',
      'build/a.ts': '',
      'a.log': '',
      'b.ts': '',
    });
    const { files, foldersRead } = await walk(root);
    expect(files).toEqual(['.gitignore', 'b.ts']);
    expect(foldersRead).toBe(1);
  });

  it('follows no symbolic link and lists no socket', async () => {
    const outside = await createFolder({ 'secret.ts': '' });
    const root = await createFolder({ 'a.ts': '' });
    await symlink(outside, join(root, 'folder'));
    await symlink(join(outside, 'secret.ts'), join(root, 'file.ts'));
    await symlink(root, join(root, 'loop'));
    const server = createServer().listen(join(root, 'socket'));
    onTestFinished(() => {
      server.close();
    });
    await once(server, 'listening');
    expect((await walk(root)).files).toEqual(['a.ts']);
  });

  it('walks a root that is itself a symbolic link', async () => {
    const target = await createFolder({ 'a.ts': '' });
    const links = await createFolder({});
    await symlink(target, join(links, 'link'));
    expect((await walk(join(links, 'link'))).files).toEqual(['a.ts']);
  });

  it.each([
    ['a missing folder', 'missing', /There is no folder/],
    ['a file', 'a.ts', /is not a folder/],
  ])('refuses %s in words', async (_, path, message) => {
    const root = await createFolder({ 'a.ts': '' });
    const refusal = walk(join(root, path));
    await expect(refusal).rejects.toBeInstanceOf(FolderError);
    await expect(refusal).rejects.toThrow(message);
  });

  // The superuser may read everything.
  it.skipIf(process.getuid?.() === 0)('counts a folder that it may not read, and goes on', async () => {
    const root = await createFolder({ 'a.ts': '', 'closed/b.ts': '', 'open/c.ts': '' });
    await chmod(join(root, 'closed'), 0);
    onTestFinished(() => chmod(join(root, 'closed'), 0o700));
    expect(await walk(root)).toEqual({ files: ['a.ts', 'open/c.ts'], foldersRead: 2, foldersUnreadable: 1 });
  });

  it('stops with the reason of its signal', async () => {
    const root = await createFolder({ 'a.ts': '' });
    await expect(walk(root, AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
  });
});
