import { randomUUID } from 'node:crypto';
import { openConsentFile } from '../../../../../src/consent/index.js';

// Says that it is ready, waits for a word, then does the same thing to the consent file of each of the directories it was
// given, one after the other, and prints what came of each on a line.
const [deed, ...directories] = process.argv.slice(2);
process.stdout.write('ready\n');
process.stdin.once('data', () => {
  for (const directory of directories) {
    const file = openConsentFile(
      directory,
      { basis: 'opt-in', command: undefined },
      { now: Date.now, randomId: randomUUID },
    );
    switch (deed) {
      case 'installId':
        process.stdout.write(`${file.installId()}\n`);
        break;
      case 'decide':
        file.giveNo();
        file.setSwitch('diagnostics', true);
        process.stdout.write(`${file.giveYes({ dryRun: false, catalogueVersion: 'v1' }).telemetryEnabled}\n`);
        break;
      case 'setSwitch':
        for (let round = 0; round < 20; round += 1) file.setSwitch('diagnostics', round % 2 === 0);
        process.stdout.write('done\n');
        break;
      case 'dryRun':
      case 'crashReporting':
      case 'diagnostics':
        // What it said itself last must always stand there, whatever others say meanwhile about the rest.
        for (let round = 0; round < 34; round += 1) {
          const said = file.record()[deed];
          if (round > 0 && said !== (round % 2 === 0)) process.stdout.write(`lost ${round}\n`);
          file.answer({ [deed]: round % 2 !== 0 });
        }
        process.stdout.write(`${file.record()[deed]}\n`);
        break;
      default:
        throw new Error(`Unknown deed: ${deed}`);
    }
  }
  process.stdin.destroy();
});
