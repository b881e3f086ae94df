import { runInThisContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { describeError } from '../../../src/crash/index.js';
import { errorWithStack, SOURCES } from './support.js';

const framesOf = (lines: readonly string[], sources = SOURCES) =>
  describeError(errorWithStack(lines), sources).frames;

/** What a script throws that goes by the name of a module of Node. */
function thrownBy(script: string): unknown {
  try {
    return runInThisContext(script, { filename: 'node:ada_lovelace' });
  } catch (error) {
    return error;
  }
}

describe('a frame of a package', () => {
  it.each([
    ['npm', '/home/ada/p/node_modules/lodash/map.js'],
    ['nested', '/home/ada/p/node_modules/other/node_modules/lodash/lib/map.js'],
    ['pnpm', '/home/ada/p/node_modules/.pnpm/lodash@4.17.21/node_modules/lodash/map.js'],
    ['pnpm with peers', '/p/node_modules/.pnpm/lodash@4.17.21_react@18.2.0/node_modules/lodash/map.js'],
    ['yarn virtual', '/p/.yarn/__virtual__/lodash-virtual-1a2b/0/cache/l.zip/node_modules/lodash/map.js'],
    ['yarn unplugged', '/p/.yarn/unplugged/lodash-npm-4/node_modules/lodash/map.js'],
    ['global', '/home/ada/.nvm/versions/node/v20.1.0/lib/node_modules/lodash/map.js'],
    ['macOS with spaces', '/Users/Ada Lovelace/My Project/node_modules/lodash/map.js'],
    ['parentheses', '/home/ada (work)/p/node_modules/lodash/map.js'],
    ['Windows', String.raw`C:\Users\Ada Lovelace\p\node_modules\lodash\map.js`],
    ['long Windows', String.raw`\\?\C:\p\node_modules\lodash\map.js`],
    ['URL', 'file:///home/ada/p/node_modules/lodash/map.js'],
    ['URL with spaces', 'file:///Users/Ada%20Lovelace/p/node_modules/lodash/map.js'],
    ['URL on Windows', 'file:///C:/Users/Ada%20Lovelace/p/node_modules/lodash/map.js'],
    ['URL loaded again', 'file:///p/node_modules/lodash/map.js?t=1700000000000'],
    ['in the app', '/srv/acme/node_modules/lodash/map.js'],
  ])('names package, version, function and line: %s', (_where, path) => {
    expect(framesOf([`at run (${path}:12:34)`])).toEqual(['lodash@1.2.3:run:12']);
    expect(framesOf([`at ${path}:12:34`])).toEqual(['lodash@1.2.3:<anonymous>:12']);
  });

  it('may have a scope', () => {
    expect(framesOf(['at run (/p/node_modules/@scope/name/dist/x.js:1:2)'])).toEqual([
      '@scope/name@1.2.3:run:1',
    ]);
  });

  it('asks for the version in the folder of the package', () => {
    const asked: string[] = [];
    const versionOf = (directory: string) => {
      asked.push(directory);
      return '1.2.3';
    };
    framesOf(['at run (C:\\p\\node_modules\\@scope\\name\\x.js:1:2)'], { appRoot: undefined, versionOf });
    expect(asked).toEqual(['C:/p/node_modules/@scope/name']);
  });

  it.each([
    'node_modules/.vite/deps/x.js',
    'node_modules/x.js',
    'node_modules/@scope/x.js',
    'node_modules/.pnpm/x.js',
    'node_modules/My Package/x.js',
  ])('is external when that is no package: %s', (path) => {
    expect(framesOf([`at run (/p/${path}:1:2)`])).toEqual(['<external>']);
  });

  it('is external when nothing is known of the package', () => {
    const sources = { appRoot: undefined, versionOf: () => undefined };
    expect(framesOf(['at run (/p/node_modules/lodash/x.js:1:2)'], sources)).toEqual(['<external>']);
  });
});

describe('a path on another machine', () => {
  it.each([
    String.raw`\\server\share\node_modules\p\x.js`,
    String.raw`\\?\UNC\server\share\node_modules\p\x.js`,
    String.raw`\\.\pipe\node_modules\p\x.js`,
    '//server/share/node_modules/p/x.js',
    'file://server/share/node_modules/p/x.js',
    'file:////server/share/node_modules/p/x.js',
    'file:///%2Fserver/share/node_modules/p/x.js',
    'file:///%5C%5Cserver/share/node_modules/p/x.js',
    '/net/server/share/node_modules/p/x.js',
    '/p/../net/server/share/node_modules/p/x.js',
    '/Network/Servers/server/node_modules/p/x.js',
    '/proc/self/root/net/server/node_modules/p/x.js',
    '/run/user/1000/gvfs/smb-share:server=server/node_modules/p/x.js',
  ])('is not looked at: %s', (path) => {
    const asked: string[] = [];
    const versionOf = (directory: string) => {
      asked.push(directory);
      return '1.2.3';
    };
    expect(framesOf([`at run (${path}:1:2)`, `at ${path}:1:2`], { appRoot: undefined, versionOf })).toEqual([
      '<external>',
      '<external>',
    ]);
    expect(asked).toEqual([]);
  });

  it('is nowhere in the app', () => {
    const sources = { ...SOURCES, appRoot: String.raw`\\server\share\acme` };
    expect(framesOf([String.raw`at run (\\server\share\acme\x.js:1:2)`], sources)).toEqual(['<external>']);
  });
});

describe('a frame of the app', () => {
  it.each([
    ['/srv/acme', '/srv/acme/dist/cli.js'],
    ['/srv/acme/', 'file:///srv/acme/dist/cli.js'],
    ['C:\\Program Files\\acme', 'C:\\Program Files\\acme\\dist\\cli.js'],
    ['c:\\tools\\acme', 'file:///C:/tools/acme/dist/cli.js'],
    ['/Users/Ada Lovelace/acme', '/Users/Ada Lovelace/acme/dist/cli.js'],
    ['/lib/node_modules/acme', '/lib/node_modules/acme/dist/cli.js'],
  ])('is named by its path below %s', (appRoot, path) => {
    expect(framesOf([`at async main (${path}:40:2)`], { ...SOURCES, appRoot })).toEqual([
      '<app>/dist/cli.js:main:40',
    ]);
  });

  it.each(['/srv/acme-two/x.js', '/srv/acme', '/srv/x.js', '/srv/acme/../ada/x.js'])(
    'is none outside of the root: %s',
    (path) => {
      expect(framesOf([`at main (${path}:40:2)`])).toEqual(['<external>']);
    },
  );

  it.each([
    'plan.json',
    'addon.node',
    'App.vue',
    '.cache/x.js',
    'dist/.ada/x.js',
    'data/x.js',
    'users/ada/x.js',
    'plugins/plans-of-ada.ts',
    'extensions/x.mjs',
    'projects/x.cts',
    'workspaces/ada/x.js',
  ])("is none in a file that may be somebody else's: %s", (path) => {
    expect(framesOf([`at main (/srv/acme/${path}:40:2)`])).toEqual(['<external>']);
  });

  it('is none when there is no root', () => {
    for (const appRoot of [undefined, '', '/', 'relative'])
      expect(framesOf(['at main (/srv/acme/x.js:40:2)'], { ...SOURCES, appRoot })).toEqual(['<external>']);
  });
});

describe('a frame of Node', () => {
  it.each([
    ['at Object.readFileSync (node:fs:453:20)', 'node:fs:Object.readFileSync'],
    ['at node:internal/main/run_main_module:28:49', 'node:internal/main/run_main_module:<anonymous>'],
    [
      'at process.processTicksAndRejections (node:internal/process/task_queues:95:5)',
      'node:internal/process/task_queues:process.processTicksAndRejections',
    ],
    ['at async open (node:internal/fs/promises:639:25)', 'node:internal/fs/promises:open'],
  ])('names module and function: %s', (line, frame) => {
    expect(framesOf([line])).toEqual([frame]);
  });

  it.each([
    'node:ada_lovelace',
    'node:adas_plans/merger',
    'node:internal/plans_of_ada/merger',
    'node:internal/fs/ada_lovelace',
    'node:internal/fs/promises/../ada',
    'node:internal',
    'node:',
    'node:node:fs',
  ])('is none when Node has no such module: %s', (module) => {
    expect(framesOf([`at run (${module}:1:2)`])).toEqual(['<external>']);
  });

  it('is none by the name that evaluated code gives itself', () => {
    const thrown = thrownBy('throw new Error("failed")');
    expect((thrown as Error).stack).toContain('node:ada_lovelace');
    expect(describeError(thrown, SOURCES).frames[0]).toBe('<external>');
  });
});

describe('any other frame', () => {
  it.each([
    ['at run (/home/ada/diary.js:1:2)', '<external>'],
    ['at /home/ada/diary.js:1:2', '<external>'],
    ['at run (diary.js:1:2)', '<external>'],
    ['at run (webpack-internal:///./src/diary.js:1:2)', '<external>'],
    ['at run (webpack:///./node_modules/lodash/map.js:1:2)', '<external>'],
    ['at run (https://acme.example/node_modules/lodash/map.js:1:2)', '<external>'],
    ['at run (/@fs/home/ada/diary.js:1:2)', '<external>'],
    ['at run (evalmachine.<anonymous>:1:2)', '<external>'],
    ['at run (data:text/javascript,diary:1:2)', '<external>'],
    ['at wasm://wasm/1a2b3c:wasm-function[7]:0x12', '<external>'],
    ['at eval (eval at run (/srv/acme/x.js:1:2), <anonymous>:1:1)', '<external>'],
    ['at run (file:///%E0%A4%A:1:2)', '<external>'],
    ['at Array.map (<anonymous>)', '<native>'],
    ['at async Promise.all (index 0)', '<native>'],
    ['at new Promise (<anonymous>)', '<native>'],
    ['at run (native)', '<native>'],
    ['run@http://acme.example/x.js:1:2', '<unknown>'],
    ['map@[native code]', '<unknown>'],
    ['run@/home/ada/diary.js:1:2', '<unknown>'],
  ])('says nothing of where it was: %s', (line, frame) => {
    expect(framesOf([line])).toEqual([frame]);
  });
});

describe('the name of a function', () => {
  it.each([
    ['new Parser', 'Parser'],
    ['async Parser.run', 'Parser.run'],
    ['get size', 'size'],
    ['Module.load [as _load]', 'Module.load'],
    ['Object.<anonymous>', 'Object.<anonymous>'],
    ['Parser.#next', 'Parser.#next'],
    ['Object.ada@acme.example', '<anonymous>'],
    ['Object.dear diary', '<anonymous>'],
    ['Object.customer_ada_lovelace', '<anonymous>'],
    ['run_adalovelace', '<anonymous>'],
    ['Object.ada$lovelace', '<anonymous>'],
    ['delete_user_of_mark', '<anonymous>'],
    ['_load', '_load'],
    ['__webpack_require__', '__webpack_require__'],
    ['Object.read_file_sync', 'Object.read_file_sync'],
    ['Object.n4929123456781234', '<anonymous>'],
    ['Object.\u540d\u524d', '<anonymous>'],
    ['x'.repeat(100), '<anonymous>'],
  ])('is told when a programmer wrote it: %s', (written, told) => {
    expect(framesOf([`at ${written} (/srv/acme/x.js:1:2)`])).toEqual([`<app>/x.js:${told}:1`]);
  });
});

describe('a stack', () => {
  const FRAME = 'at run (/srv/acme/x.js:1:2)';
  const RUN = '<app>/x.js:run:1';

  it('has no frames of a message that imitates some', () => {
    const message = 'no\n    at dear (/srv/acme/diary.js:1:2)\n    at diary (/srv/acme/diary.js:1:2)';
    expect(describeError(errorWithStack([FRAME], message), SOURCES).frames).toEqual([RUN]);
  });

  it('is read where the message was changed later', () => {
    const error = errorWithStack([FRAME, FRAME], 'first');
    error.message = 'while opening: first';
    expect(describeError(error, SOURCES).frames).toEqual([RUN, RUN]);
  });

  it.each(['changed', 'n'])(
    'has no frames of a message of several lines that was changed later: %s',
    (changed) => {
      const error = errorWithStack([FRAME], 'no\n    at dear (/srv/acme/diary.js:1:2)\nand so on');
      error.message = changed;
      expect(describeError(error, SOURCES).frames).toEqual([RUN]);
    },
  );

  it('is read behind the line of code that Node puts first', () => {
    const error = errorWithStack([FRAME], 'failed');
    error.stack = `/srv/acme/x.js:1\nthrow new Error('failed'); // dear diary\n^\n\n${error.stack}`;
    expect(describeError(error, SOURCES).frames).toEqual([RUN]);
  });

  it('is read behind a name with a code', () => {
    const error = errorWithStack([FRAME], 'failed');
    error.stack = error.stack?.replace('Error:', 'TypeError [ERR_X]:') ?? '';
    expect(describeError(error, SOURCES).frames).toEqual([RUN]);
  });

  it.each([
    ['', 'Error'],
    ['a', 'Error: a'],
  ])('is read with the short message %j', (message, header) => {
    const error = errorWithStack([], message);
    error.stack = `${header}\n    ${FRAME}`;
    expect(describeError(error, SOURCES).frames).toEqual([RUN]);
  });

  it('gives fifty frames at most', () => {
    expect(framesOf(Array(200).fill(FRAME))).toHaveLength(50);
  });

  it('has frames behind a message of ten megabytes', () => {
    const error = errorWithStack([FRAME], `failed ${'x'.repeat(10_000_000)}`);
    expect(describeError(error, SOURCES).frames).toEqual([RUN]);
  });

  it.each([
    undefined,
    null,
    7,
    ['at x'],
    '',
    'no frames here',
    '\n'.repeat(1_000_000),
    '    at '.repeat(1_000_000),
  ])('of another form has none to tell of', (stack) => {
    const error = Object.assign(new Error('failed'), { stack });
    expect(new Set(describeError(error, SOURCES).frames)).not.toContain(RUN);
  });
});
