#!/usr/bin/env node
/** The `sotto` program: the telemetry commands for any app on this machine, and the operator's commands of the services. */
import { LIBRARY_VERSION } from '../internal/index.js';
import { SOTTO_COMMANDS } from './commands/index.js';
import { UsageError } from './exit-status.js';
import { openProcessIo } from './io.js';
import { loadEvents } from './load-events.js';
import { CONFIG_DIR_OPTION, openApp } from './open-app.js';
import { type CommandLine, runCommandLine } from './run-command-line.js';

/** An app's own key is not known here, and whether it has one decides nothing that a person could change. */
const ASSUMED_KEY = 'unknown';

const SOTTO: CommandLine = {
  name: 'sotto',
  description:
    'See and decide what an app that uses Sotto records and sends on this machine, and what a server counts of organisations.',
  version: LIBRARY_VERSION,
  options: [
    {
      flags: '--app <name>',
      description: 'the app: its name as in the names of its variables, in lower case',
    },
    {
      flags: '--events <file>',
      description: 'a JavaScript module that exports the classes of its events; it is run',
    },
    CONFIG_DIR_OPTION,
  ],
  commands: SOTTO_COMMANDS,
  heading: 'Commands about an app, which --app names:',
  async open(globals, io) {
    const { app, events: file } = globals;
    if (app === undefined)
      throw new UsageError('Say which app is meant, for example: sotto status --app acme');
    const events = file === undefined ? undefined : await loadEvents(file, io);
    const options = { app, posthog: { key: ASSUMED_KEY }, events: events ?? [] };
    const known = { isCodeKnown: false, areEventsKnown: events !== undefined };
    const open = (more: object) =>
      openApp({ name: `sotto --app ${app}`, ...known, options: { ...options, ...more } }, globals, io);
    const opened = open({});
    // Only an app that sends unless somebody says no shows a notice.
    const hasShownNotice = opened.consent.file.record().noticeTimestamp !== undefined;
    return hasShownNotice ? open({ consent: 'opt-out' }) : opened;
  },
};

/** For what a command has left behind when it was asked to end and did. */
const LINGER_MS = 500;

let askedBy: NodeJS.Signals | undefined;
const { io, close } = openProcessIo((signal) => {
  askedBy = signal;
});
process.exitCode = await close(await runCommandLine(process.argv.slice(2), SOTTO, io));
// Node.js cannot give up the look-up of a name, and process.exit() waits for it: only the signal itself ends the process then.
if (askedBy !== undefined) setTimeout(process.kill, LINGER_MS, process.pid, askedBy).unref();
