import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../../src/cli/commands/index.js';
import { helpText } from '../../../src/cli/help-text.js';
import { createDirectory } from '../../support/directories.js';
import { filesIn, run } from './support.js';

const USAGE = 'Usage: acme telemetry <command> [options]';

describe('the command line', () => {
  it('prints help on standard output, and makes nothing', async () => {
    const directory = createDirectory();
    for (const args of [['--help'], ['-h'], ['help']]) {
      const { status, stdout, stderr } = await run(directory, args);
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      expect(stdout).toBe(helpText());
    }
    for (const { name } of COMMANDS) {
      const { status, stdout, stderr } = await run(directory, [name, '--help']);
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      expect(stdout).toBe(helpText('acme', name));
    }
    expect(filesIn(directory)).toEqual([]);
  });

  it.each([
    ['no command', [], USAGE],
    ['an unknown command', ['bogus'], "unknown command 'bogus'"],
    ['a word that no command takes', ['status', 'now'], 'too many arguments'],
    ['an unknown option', ['status', '--now'], "unknown option '--now'"],
    ['an option without its value', ['preview', 'code_search', '--data'], 'argument missing'],
    ['an option of another command', ['why', '--yes'], "unknown option '--yes'"],
  ])('prints usage on standard error and ends with 2 for %s', async (_, args, expected) => {
    const directory = createDirectory();
    const { status, stdout, stderr } = await run(directory, args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(expected);
    expect(stderr).toContain('Usage: acme telemetry');
    expect(filesIn(directory)).toEqual([]);
  });

  it('tells the maker in one sentence when an option in code is wrong', async () => {
    const { status, stdout, stderr } = await run(createDirectory(), ['status'], {
      options: { version: 'the newest' },
    });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^Option version must be a version[^\n]+\n$/);
  });

  it('calls itself as the app says', async () => {
    const options = { name: 'npx acme privacy' };
    const { stdout } = await run(createDirectory(), ['why'], { options });
    expect(stdout).toContain('Run `npx acme privacy enable`');
  });

  it.each([
    ['status', []],
    ['why', []],
    ['show-data', []],
    ['catalog', []],
    ['settings', []],
    ['preview', []],
    ['enable', ['--yes']],
    ['disable', []],
    ['local', []],
    ['clear-data', ['--yes']],
  ])('shows %s in ASCII with LANG=C, and without colour in a pipe', async (command, flags) => {
    const { status, stdout, stderr } = await run(createDirectory(), [command, ...flags], {
      env: { LANG: 'C' },
    });
    expect(status).toBe(0);
    expect(stdout + stderr).toMatch(/^\p{ASCII}*$/u);
    expect(stdout + stderr).not.toContain('\u001b');
  });
});

describe('helpText', () => {
  it('is what a person reads', () => {
    expect(helpText()).toMatchInlineSnapshot(`
      "Usage: acme telemetry <command> [options]

      See and decide what acme records and sends.

      Options:
        --config-dir <dir>     where your answer and what was recorded are kept
        -h, --help             display help for command

      Commands:
        status                 show whether anything is recorded or sent, and why
        why [switch]           show what decided, and what to do to change it
        enable [switches...]   show what is collected, and allow it if you agree
        disable [switches...]  stop telemetry, or one part of it, for good
        local                  record events for you to see, and send nothing
        show-data              show the events that were recorded, as they were sent
        preview [event]        show what would leave of an event
        verify                 prove that what was shown, kept and acknowledged is the
                               same
        catalog                show everything that may be collected, field by field
        diff [old]             show what is collected now, beside what you agreed to
        settings               show every setting, its value and where that came from
        clear-data             delete what was recorded and counted here
        export <file>          write everything that is kept here into one JSON file
        diagnostics [file]     write a zip file that helps others to find a fault
        open                   show your own page in the browser, until Ctrl-C
        serve                  answer programs and pages of this machine, until Ctrl-C
        token                  print the token of the local API, for your own programs
        help [command]         display help for command
      "
    `);
    expect(helpText('acme', 'enable')).toMatchInlineSnapshot(`
      "Usage: acme telemetry enable [options] [switches...]

      show what is collected, and allow it if you agree

      Arguments:
        switches            parts to allow; telemetry with what belongs to it unless
                            given (choices: "usage-analytics", "error-reporting",
                            "crash-reporting", "diagnostics", "tools-over-privacy")

      Options:
        --yes               do not ask
        -h, --help          display help for command

      Global Options:
        --config-dir <dir>  where your answer and what was recorded are kept
      "
    `);
  });

  it('tells of every command, in lines that fit most screens', () => {
    const lines = helpText().split('\n');
    const text = lines.map((line) => line.trim()).join(' ');
    for (const { name, summary } of COMMANDS) {
      expect(text).toMatch(new RegExp(`\\b${name}\\b`));
      expect(text).toContain(summary);
    }
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
  });
});
