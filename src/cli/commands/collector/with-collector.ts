import type { OpenedCollector } from 'sotto/server';
import { readServiceSettings } from '../../../settings/index.js';
import type { ServiceContext } from '../../command.js';
import { EXIT } from '../../exit-status.js';
import { listenForEnd, unlessAsked } from '../../listen-for-end.js';
import { withServer } from '../../with-server.js';

/**
 * Do something as the collector of this installation, with what the environment says. Whoever asks for the end has it within some seconds.
 *
 * @returns the exit status
 * @throws as a command may
 */
export function withCollector(
  context: ServiceContext,
  work: (collector: OpenedCollector) => Promise<number>,
  { isReadOnly = false }: { readonly isReadOnly?: boolean } = {},
): Promise<number> {
  const { io } = context;
  const settings = readServiceSettings(io.environment);
  return withServer(context, async ({ openCollector }) => {
    const end = listenForEnd(io.interrupted, io.onEndAsked);
    try {
      // Standard output is for the answer.
      const options = { logTo: io.stderr, isReadOnly, signal: end.asked };
      const collector = await unlessAsked(openCollector(settings, options), end.asked);
      return collector ? await workUntilAsked(collector, work, end.asked) : EXIT.failed;
    } finally {
      end.stop();
    }
  });
}

async function workUntilAsked(
  collector: OpenedCollector,
  work: (collector: OpenedCollector) => Promise<number>,
  asked: AbortSignal,
): Promise<number> {
  try {
    // What is under way is finished or given up by the collector's own end.
    return (await unlessAsked(work(collector), asked)) ?? EXIT.failed;
  } finally {
    await collector[Symbol.asyncDispose]();
  }
}
