import { existsSync, lstatSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { quietly, toFileState, toShownPath, tryWithFileLock, withFileLock } from '../../internal/index.js';
import type { ConsentBasis, ConsentSwitch, LayerSource } from '../../settings/index.js';
import { notStored, nowhereToStore } from '../errors.js';
import { type Agreed, FORGOTTEN, isRemembered, toCovers } from './agreement.js';
import { type ConsentAnswers, isAnswered, toAnswered, toNo, toSwitched, toYes, type Yes } from './answers.js';
import { changeConsentFile } from './change-consent-file.js';
import { type ConsentFileStatus, NO_CONTENT, readConsentContent } from './content.js';
import { denyInPlace } from './deny-in-place.js';
import { toConsentFileLayers } from './layers.js';
import { eraseLeftoverIds } from './leftovers.js';
import { type ConsentRecord, EMPTY_RECORD } from './record.js';

const CONSENT_FILE = 'telemetry_config.json';

/**
 * The one home of a person's decision: `telemetry_config.json` in the state directory.
 *
 * Reading changes nothing on disk. Every writer puts a whole file (0600) in the place of the one before, so that a reader
 * sees one whole decision or the other; of several processes that decide at once the last one wins, and none undoes the
 * part of another. A no for which there is no room is written over what is there. What cannot be trusted (broken text, a
 * link, a folder, a file that others own or may write) is an off. A writer keeps it aside first; a folder it leaves where
 * it is.
 *
 * The methods that write throw {@link ConsentError} `CONSENT_NOT_STORED` when they cannot, and return the new record.
 */
export interface ConsentFile extends LayerSource {
  /** Undefined: there is no place for it. */
  readonly path: string | undefined;
  /** What it says now; an empty record when it is absent or cannot be trusted. Never throws. */
  record(): ConsentRecord;
  /** What stands under its path. Never throws. */
  status(): ConsentFileStatus;
  /** When it was last written, in milliseconds since 1970; undefined where there is none. Never throws. */
  updatedAtMs(): number | undefined;
  /** Differs after every yes that follows a no, and is empty before the first yes and after a no. Never throws. */
  epoch(): string;
  /** Everything that belongs to telemetry, and both ids. What needs a yes of its own stays as it was. */
  giveYes(answer: Yes): ConsentRecord;
  /** Differs when something else is agreed to; empty when nothing is remembered. Never throws. */
  covers(): string;
  /** A yes to what changed since the last one. Ids, epoch and parts stay as they are; a no stays a no. */
  acceptCatalogue(agreed: Agreed): ConsentRecord;
  /** A no to what changed, and to being asked about it again. What was agreed to stays so. @param digest - of the later scope */
  declineCatalogue(digest: string): ConsentRecord;
  /**
   * Remember what is collected as what is agreed to, where there is a yes and nothing is remembered of what it was to, or
   * where a notice about exactly this was shown before this run began.
   *
   * @param digest - of what is collected, with who receives it
   * @returns whether there is something remembered now. Never throws, and waits for others 40 ms at most
   */
  adoptCatalogue(agreed: Agreed, digest: string): boolean;
  /** A notice about a later scope was shown. It counts in processes that begin afterwards. @param digest - of that scope */
  noteChangesNotice(digest: string): ConsentRecord;
  /**
   * Nothing at all. Both ids are erased, also from what was set aside earlier. When it throws, what can be erased is, and
   * a yes is gone where it could be removed.
   */
  giveNo(): ConsentRecord;
  /** Erase the ids in what was set aside or left over of the file. @returns whether none is left. Never throws */
  eraseLeftovers(): boolean;
  /** What was recorded until now is over, whoever recorded it, as after a no and a new yes. The answer stays as it is. */
  renewEpoch(): ConsentRecord;
  setSwitch(name: ConsentSwitch, enabled: boolean): ConsentRecord;
  /**
   * Several answers at once: what `giveYes`, `giveNo` and `setSwitch` write, as one whole decision. What is not answered, or
   * is so already, stays as it is; where nothing changes nothing is written.
   *
   * A yes to telemetry that is given already gives back no part that was switched off since. A first one is a dry run unless
   * the answer, or an earlier one, says otherwise. A no turns everything off that is not answered with it.
   */
  answer(answers: ConsentAnswers): ConsentRecord;
  /**
   * The notice was shown, about this catalogue if one is given. It counts in processes that begin afterwards, also when it is shown
   * again meanwhile.
   */
  noteNotice(agreed?: Agreed): ConsentRecord;
  /**
   * The random id of this installation. Made when there is none, and kept: processes that start at the same time get the
   * same one. Where it cannot be kept, or others write for longer than 40 ms, it holds for this object only.
   *
   * @remarks Never throws. Only to be called with consent; after a no it makes one that is not kept.
   */
  installId(): string;
}

export interface ConsentFileOptions {
  readonly basis: ConsentBasis;
  /** What a person types to decide, such as `acme telemetry`; undefined when the app offers no such command. */
  readonly command: string | undefined;
}

export interface ConsentFileEffects {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** A UUID. */
  readonly randomId: () => string;
  /** When this process began, in milliseconds since 1970; the process's own time origin unless given. */
  readonly processStartedAt?: (() => number) | undefined;
}

/** @param directory - the state directory; made by the first decision. Undefined: nothing can be kept. Touches nothing. */
export function openConsentFile(
  directory: string | undefined,
  { basis, command }: ConsentFileOptions,
  { now, randomId, processStartedAt = () => performance.timeOrigin }: ConsentFileEffects,
): ConsentFile {
  const path = directory === undefined ? undefined : join(directory, CONSENT_FILE);
  let hasNoticed = false;
  let hasNoticedChanges = false;
  let unkeptInstallId: string | undefined;

  const timestamp = () => new Date(now()).toISOString();
  const content = () => (path === undefined ? NO_CONTENT : readConsentContent(path));

  function record(): ConsentRecord {
    const found = content();
    return found.status === 'usable' ? found.record : EMPTY_RECORD;
  }

  // A notice of this run, shown by this process or by one that started it, gives time to object until the next. The clock
  // may have been set back since: what this object has shown never counts.
  const hasNoticeCounted = ({ noticeTimestamp }: ConsentRecord) =>
    !hasNoticed && isOfEarlierRun(noticeTimestamp);

  const hasChangesNoticeCounted = (
    { noticedCatalogueVersion, noticedCatalogueTimestamp }: ConsentRecord,
    digest: string,
  ) => !hasNoticedChanges && noticedCatalogueVersion === digest && isOfEarlierRun(noticedCatalogueTimestamp);

  const isOfEarlierRun = (noticeTime: string | undefined) =>
    basis === 'opt-out' && noticeTime !== undefined && Date.parse(noticeTime) <= processStartedAt();

  function write(work: (path: string) => ConsentRecord): ConsentRecord {
    if (path === undefined) throw nowhereToStore();
    try {
      return withFileLock(path, () => work(path));
    } catch (error) {
      throw notStored(toShownPath(path), error);
    }
  }

  /** A time that has been, or now. */
  const keepPast = (time: string | undefined) =>
    time !== undefined && Date.parse(time) <= now() ? time : timestamp();

  /** Their own, or by a notice. */
  const hasYes = ({ telemetryEnabled, noticeTimestamp }: ConsentRecord) =>
    telemetryEnabled ?? (basis === 'opt-out' && noticeTimestamp !== undefined);

  const effects = { timestamp, randomId };
  const change = (to: (before: ConsentRecord) => ConsentRecord) =>
    write((file) => changeConsentFile(file, to));

  function deny(to: (before: ConsentRecord) => ConsentRecord): ConsentRecord {
    unkeptInstallId = undefined;
    return write((file) => {
      try {
        return insist(file, to);
      } finally {
        eraseLeftoverIds(file);
      }
    });
  }

  /** @returns what the file says then; undefined when it could not be written */
  function proposeInstallId(proposed: string): ConsentRecord | undefined {
    if (path === undefined) return undefined;
    const propose = (before: ConsentRecord) => {
      const isNeeded = before.installId === undefined && before.telemetryEnabled !== false;
      return isNeeded ? { ...before, installId: proposed } : before;
    };
    try {
      return tryWithFileLock(path, () => changeConsentFile(path, propose)) ?? record();
    } catch {
      return undefined;
    }
  }

  function eraseLeftovers(): boolean {
    if (path === undefined || !existsSync(dirname(path))) return true;
    try {
      // Not while another process has a file of its own there, which it is about to put in place.
      return withFileLock(path, () => eraseLeftoverIds(path));
    } catch {
      return false;
    }
  }

  return {
    path,

    fingerprint: () => (path === undefined ? '' : identify(path)),

    read() {
      if (path === undefined) return [];
      return toConsentFileLayers(content(), { shownPath: toShownPath(path), command, hasNoticeCounted });
    },

    record,

    status() {
      const found = content();
      return found === NO_CONTENT ? 'absent' : found.status;
    },

    updatedAtMs: () =>
      path === undefined ? undefined : quietly(() => lstatSync(path, { throwIfNoEntry: false })?.mtimeMs),

    epoch: () => record().userId ?? '',

    giveYes: (answer) => change((before) => toYes(before, answer, effects)),

    giveNo: () => deny((before) => toNo(before, effects)),

    eraseLeftovers,

    setSwitch: (name, enabled) => change((before) => toSwitched(before, name, enabled, effects)),

    answer(answers) {
      if (!isAnswered(answers)) return record();
      const to = (before: ConsentRecord) => toAnswered(before, answers, effects);
      return answers.telemetry === false ? deny(to) : change(to);
    },

    renewEpoch: () => change((before) => ({ ...before, userId: randomId() })),

    covers: () => toCovers(record()),

    acceptCatalogue: (agreed) =>
      change((before) =>
        before.telemetryEnabled === false ? before : { ...before, ...FORGOTTEN, ...agreed },
      ),

    declineCatalogue: (digest) => change((before) => ({ ...before, declinedCatalogueVersion: digest })),

    adoptCatalogue(agreed, digest) {
      if (path === undefined) return false;
      const adopt = (before: ConsentRecord) => {
        const isUnknown = hasYes(before) && !isRemembered(before);
        const mayAdopt = isUnknown || hasChangesNoticeCounted(before, digest);
        return mayAdopt ? { ...before, ...FORGOTTEN, ...agreed } : before;
      };
      const before = record();
      if (adopt(before) === before) return isRemembered(before);
      const written = quietly(() => tryWithFileLock(path, () => changeConsentFile(path, adopt)));
      return written !== undefined && isRemembered(written);
    },

    noteNotice(agreed) {
      hasNoticed = true;
      return change((before) => {
        // Were it always the last one, it would never count for somebody who comes back every nine minutes.
        const noticeTimestamp = keepPast(before.noticeTimestamp);
        return { ...before, ...(agreed && { ...FORGOTTEN, ...agreed }), noticeTimestamp };
      });
    },

    noteChangesNotice(digest) {
      hasNoticedChanges = true;
      return change((before) => {
        const isSame = before.noticedCatalogueVersion === digest;
        const noticedCatalogueTimestamp = keepPast(isSame ? before.noticedCatalogueTimestamp : undefined);
        return { ...before, noticedCatalogueVersion: digest, noticedCatalogueTimestamp };
      });
    },

    installId() {
      const kept = record().installId;
      if (kept !== undefined) return kept;
      const proposed = unkeptInstallId ?? randomId();
      const written = proposeInstallId(proposed);
      const isKept = written?.installId !== undefined;
      unkeptInstallId = isKept || written?.telemetryEnabled === false ? undefined : proposed;
      return written?.installId ?? proposed;
    },
  };
}

/** Write a no, by other means where it cannot be written as usual. @throws as {@link changeConsentFile} */
function insist(path: string, change: (before: ConsentRecord) => ConsentRecord): ConsentRecord {
  try {
    return changeConsentFile(path, change);
  } catch (error) {
    const written = denyInPlace(path, change);
    if (written === undefined) throw error;
    return written;
  }
}

/** What tells one state of the file from another, from its stats; the error where there are none. */
function identify(path: string): string {
  try {
    const stats = lstatSync(path, { bigint: true, throwIfNoEntry: false });
    return stats === undefined ? 'absent' : toFileState(stats);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'unknown';
  }
}
