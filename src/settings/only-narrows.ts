import type { SettingWarning } from './settings.js';
import type { Word } from './word.js';

/** The warning for a word that was passed over because its place may only narrow. */
export function onlyNarrows({ place, trust, source }: Word): SettingWarning {
  if (place === 'dotenv') {
    const whose = trust === 'narrows' ? 'a .env file of another user' : 'a .env file';
    const rule = `was not used: ${whose} may only turn things off. Set the variable in the environment instead`;
    return { code: 'DOTENV_ONLY_NARROWS', source, rule };
  }
  const why =
    trust === 'narrows'
      ? 'the file belongs to another user, and'
      : 'it stands in a file of the program or a project, which';
  const rule = `was not used: ${why} may only turn things off. Set it in the environment or in your own telemetry file instead`;
  return { code: 'FILE_ONLY_NARROWS', source, rule };
}

/** The warning for a file that says yes where only a person can. */
export function noYes({ source }: Word, yesVariable: string): SettingWarning {
  const rule = `is no yes: a file may only turn telemetry off. Say yes when the program asks, or set ${yesVariable}=true`;
  return { code: 'FILE_ONLY_NARROWS', source, rule };
}
