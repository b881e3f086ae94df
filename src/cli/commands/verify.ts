import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { type Finding, type LedgerProof, proveLedger } from '../../store/index.js';
import { formatFacts } from '../columns.js';
import { type CommandContext, type CommandDefinition, type CommandInput, JSON_OPTION } from '../command.js';
import { EXIT, UsageError } from '../exit-status.js';
import { checkSignatures } from '../verify/check-signatures.js';
import { compareShown } from '../verify/compare-shown.js';
import { toFacts, toFindingLines } from '../verify/format-proof.js';
import { readKeys } from '../verify/read-keys.js';
import { readShown, type ShownEvent } from '../verify/read-shown.js';
import type { Verification } from '../verify/verification.js';

/** Proves that what was shown, what is kept and what a server acknowledged are the same. */
export const verify: CommandDefinition = {
  name: 'verify',
  summary: 'prove that what was shown, kept and acknowledged is the same',
  details:
    'Check every line that is kept by its hash and by the lines before it, every receipt of a server by the events that it is for, and ' +
    'with --shown what was shown of events by what is kept of them. Makes no request, unless --keys names an address. Ends with 1 ' +
    'when anything does not hold.',
  options: [
    {
      flags: '--keys <place>',
      description: "the server's public keys, a file or https://…/.well-known/jwks.json: checks signatures",
    },
    {
      flags: '--shown <file>',
      description: 'what was shown: of preview, show-data --json, export or verbose output',
    },
    JSON_OPTION,
  ],
  async run(context, input) {
    const verification = await verifyAll(context, input);
    if (input.json) context.out.json(verification);
    else show(context, verification);
    return verification.findings.length === 0 ? EXIT.done : EXIT.failed;
  },
};

async function verifyAll(
  { consent, io }: CommandContext,
  { keys: place, shown: file }: CommandInput,
): Promise<Verification> {
  const shown = file === undefined ? undefined : await readShownFile(resolve(io.cwd, file));
  const keys = place === undefined ? undefined : await readKeys(place, io);
  const proof = proveLedger(consent.directory, { withContents: shown !== undefined });
  const { findings: unsigned, ...receipts } = await checkSignatures(proof.receipts, keys);
  const { files, events, counts, torn } = proof;
  const findings = [...inOrder(proof, unsigned), ...compareShown(shown ?? [], proof, basename(file ?? ''))];
  return { files, events, counts, torn, receipts, shown: shown?.length, findings };
}

/** A receipt that cannot be read is found twice, and told of once. */
function inOrder({ findings }: LedgerProof, unsigned: readonly Finding[]): readonly Finding[] {
  const others = unsigned.filter(({ code }) => code !== 'receipt_unreadable');
  return [...findings, ...others];
}

async function readShownFile(path: string): Promise<readonly ShownEvent[]> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new UsageError('The file of --shown cannot be read. Name one that you can read.');
  });
  const events = readShown(text);
  if (events.length > 0) return events;
  throw new UsageError(
    'The file of --shown holds no event. Keep in it what preview, show-data --json, export or verbose output shows.',
  );
}

function show({ out, err }: CommandContext, verification: Verification): void {
  const { events, findings } = verification;
  out.lines(formatFacts(toFacts(verification), out.width));
  out.line();
  if (findings.length === 0) {
    out.line(
      events === 0
        ? 'Nothing is kept here, and so nothing was found.'
        : `${out.tick}Everything that was checked holds.`,
    );
    return;
  }
  for (const line of toFindingLines(findings)) err.line(line);
}
