import type { Canaries, Canary } from '../canary/index.js';
import type { Machine } from '../machine/index.js';

/** What programs put together from canaries before they hash it: paths, and other spellings of a repository and of a person. */
export function derive(
  { user, host, gitRemote }: Canaries,
  { home, cwd }: Pick<Machine, 'home' | 'cwd'>,
): readonly Canary[] {
  const { host: server, pathname } = new URL(gitRemote.value);
  const repository = pathname.replace(/^\/|\.git$/g, '');
  const of = (name: string, ...values: readonly string[]) => values.map((value) => ({ name, value }));
  return [
    ...of('home', home),
    ...of('path of the working directory', cwd),
    ...of(
      'git remote',
      `https://${server}/${repository}`,
      `git@${server}:${repository}.git`,
      `${server}/${repository}`,
      repository,
    ),
    ...of(
      'user and host',
      `${user.value}@${host.value}`,
      `${host.value}:${user.value}`,
      host.value + user.value,
      user.value + host.value,
    ),
  ];
}
