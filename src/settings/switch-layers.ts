import type { SwitchReading } from './read-switch.js';
import type { ConsentLayer, ConsentLayerName, ConsentSubject } from './settings.js';
import type { SwitchName } from './table.js';
import type { Word } from './word.js';

type Kind = ConsentLayer['kind'];

/** What a switch speaks about, and what a yes and a no to it come to; undefined when that says nothing. */
export const MEANINGS: Readonly<
  Record<
    SwitchName,
    { readonly about: ConsentSubject; readonly yes: Kind | undefined; readonly no: Kind | undefined }
  >
> = {
  disableTelemetry: { about: 'telemetry', yes: 'off', no: undefined },
  doNotTrack: { about: 'telemetry', yes: 'off', no: undefined },
  enabled: { about: 'telemetry', yes: 'yes', no: 'off' },
  dryRun: { about: 'telemetry', yes: 'local', no: undefined },
  usageAnalytics: { about: 'usageAnalytics', yes: 'yes', no: 'off' },
  errorReporting: { about: 'errorReporting', yes: 'yes', no: 'off' },
  crashReporting: { about: 'crashReporting', yes: 'yes', no: 'off' },
  diagnostics: { about: 'diagnostics', yes: 'yes', no: 'off' },
  toolsOverPrivacy: { about: 'toolsOverPrivacy', yes: 'yes', no: 'off' },
};

/** A layer for every word that says something. */
export function toSwitchLayers(
  name: SwitchName,
  { yes, no }: Pick<SwitchReading, 'yes' | 'no'>,
  layer: ConsentLayerName,
): readonly ConsentLayer[] {
  if (yes.length === 0 && no.length === 0) return [];
  const meaning = MEANINGS[name];
  const toLayers = (words: readonly Word[], kind: Kind | undefined, fix: (word: Word) => string) =>
    kind === undefined
      ? []
      : words.map((word) => ({ kind, about: meaning.about, layer, source: word.source, fix: fix(word) }));
  const isConsent = meaning.about === 'telemetry' && meaning.yes === 'yes';
  return [
    ...toLayers(yes, meaning.yes, isConsent ? () => TURN_OFF : takeBack),
    ...toLayers(no, meaning.no, sayYes),
  ];
}

/** How to end a yes: taking it back would leave another one standing, such as the person's stored one. */
export const TURN_OFF = 'Set DISABLE_TELEMETRY=1 to turn telemetry off.';

/** How to take a word back: the line that says it leaves its file. */
function takeBack({ place, name, file }: Word): string {
  if (file === undefined) return `Unset ${name}.`;
  const sentence = `emove ${name} from ${file}.`;
  return place === 'machine' ? `Ask whoever runs this machine to r${sentence}` : `R${sentence}`;
}

// A yes in a file may not count, whereas removing the line always takes the no away.
const sayYes = (word: Word) => (word.file === undefined ? `Set ${word.name}=true.` : takeBack(word));
