import {
  type ConsentAnswers,
  type ConsentFile,
  type ConsentTextInput,
  type ConsentWatch,
  createConsentWatch,
  openConsentFile,
} from '../consent/index.js';
import {
  BUILT_IN_EVENTS,
  type Catalogue,
  type ConsentScope,
  createCatalogue,
  FeatureFlagCalled,
  toConsentScope,
  withVariants,
} from '../events/index.js';
import { quietly, randomId, toShownPath } from '../internal/index.js';
import { eventClassCount, knownEventClasses } from '../privacy/index.js';
import {
  type ConfigPlace,
  type ConsentLayer,
  createConfigFileSource,
  type Environment,
  findConfigPlaces,
  readConfigFiles,
  readEnvironment,
  resolveSettings,
  type Settings,
  type TelemetryOptions,
  variableNames,
} from '../settings/index.js';
import { eraseInstallation, openInstallationSecret, resolveStateDirectory } from '../store/index.js';
import { type Admission, createAdmission } from './admission.js';
import { toAgreed } from './agreement.js';
import { type Coverage, createCoverage } from './coverage.js';
import { hasDestination, hostOf, isOwnRecipient } from './destination.js';
import { createStoreGuard, type StoreGuard } from './store-guard.js';
import { type HookNames, parseHookNames } from './usage/index.js';

/** What a maker says about consent: the settings, and the classes of the events that may be recorded. */
export interface ConsentOptions extends TelemetryOptions {
  /**
   * The classes of all events the app records, and of metadata it gives to sessions. The person is shown these and nothing
   * else leaves: other classes and what no class declares are dropped (`not_in_catalogue`). Unless given, the person is shown
   * every class that this process has declared, and is told that there may be more.
   */
  readonly events?: readonly object[];
  /** Whether flags are used, whose uses are recorded then. */
  readonly featureFlags?: object;
  /** The names of the hooks that `hook()` and `instrument()` may count, as the app spells them. None unless given. */
  readonly hooks?: readonly string[];
}

/** Everything that speaks about consent, put together: for a client, and for the person's own view of it. */
export interface ConsentParts {
  readonly settings: Settings;
  /** What the process was started with. */
  readonly environment: Environment;
  /** Where files may speak about consent. */
  readonly places: readonly ConfigPlace[];
  /** Where the app's telemetry keeps its files; undefined when there is no such place. */
  readonly directory: string | undefined;
  readonly file: ConsentFile;
  readonly watch: ConsentWatch;
  readonly store: StoreGuard;
  /** Everything that speaks about consent at this moment, in no particular order: what a decision is made from. */
  layers(): readonly ConsentLayer[];
  /** The classes that may be recorded; undefined for every one. */
  readonly classes: ReadonlySet<object> | undefined;
  readonly admission: Admission;
  /** The hooks that may be counted. */
  readonly hooks: HookNames;
  /** What is collected, from the classes. */
  readonly catalogue: () => Catalogue;
  /**
   * The same as data, with who receives it: what a yes of this moment covers.
   *
   * @param recipient - their address; as the settings have it unless given
   */
  readonly scope: (recipient?: string) => ConsentScope;
  /** How far the person's yes reaches, and what is held back until another. */
  readonly coverage: Coverage;
  /** What texts for the person are made of. */
  readonly textInput: () => ConsentTextInput;
  /**
   * Keep the person's yes.
   *
   * @throws {ConsentError} `CONSENT_NOT_STORED`
   */
  optIn(answer: { readonly dryRun: boolean }): void;
  /**
   * Keep the person's yes to what changed since the last one.
   *
   * @param digest - of what they were shown
   * @returns false, and nothing is kept, when that is not what is collected
   * @throws {ConsentError} `CONSENT_NOT_STORED`
   */
  acceptCatalogue(digest: string): boolean;
  /** Keep that it stays as it was agreed to. As {@link acceptCatalogue}. */
  declineCatalogue(digest: string): boolean;
  /**
   * Let nothing leave that was recorded until now: processes that have it drop it within a second, and before their next request.
   *
   * @returns false where that could not be kept, so that other processes do not know. Never throws
   */
  forgetWaiting(): boolean;
  /**
   * Keep several answers of the person at once; what is not given stays as it is. A no to telemetry erases as `optOut` does.
   *
   * @throws {ConsentError} `CONSENT_NOT_STORED`; after a no everything is erased all the same
   */
  answer(answers: Omit<ConsentAnswers, 'catalogueVersion' | 'catalogue'>): void;
  /**
   * Keep the person's no, and erase ids, secret and flags. Processes that run meanwhile follow within a second.
   *
   * @returns whether nothing of them is left
   * @throws {ConsentError} `CONSENT_NOT_STORED`; everything is erased all the same
   */
  optOut(): boolean;
}

export interface OpenConsentOptions {
  readonly keepsNothing?: boolean;
  readonly recordsWithoutKey?: boolean;
}

/**
 * Resolve settings and prepare to decide. Reads what is there; creates, opens and starts nothing.
 *
 * @param environment - what the process is started with, unless given
 * @param places - where files may speak: every place there is, unless given
 * @param more.keepsNothing - there is no state directory: nothing is read of what the person has decided, and nothing is kept
 * @param more.recordsWithoutKey - whether events are recorded for the person where there is no key, because its program is another one
 * @throws {ConfigError} `OPTION_UNKNOWN` or `OPTION_INVALID`
 */
export function openConsent(
  { events, featureFlags, hooks, ...options }: ConsentOptions,
  environment: Environment = readEnvironment(),
  places: readonly ConfigPlace[] = findConfigPlaces(options),
  { keepsNothing, recordsWithoutKey }: OpenConsentOptions = {},
): ConsentParts {
  const settings = resolveSettings(options, environment, readConfigFiles(places));
  const directory = keepsNothing ? undefined : resolveStateDirectory(settings.app, settings.store.directory);
  const { consent: basis, prefix, command } = settings;
  const file = openConsentFile(directory, { basis, command }, { now: Date.now, randomId });
  const store = createStoreGuard(directory, prefix);
  const sources = [createConfigFileSource(places, settings), file, store];
  const watch = createConsentWatch(
    {
      layers: settings.consentLayers,
      basis,
      prefix,
      command,
      hasKey: hasDestination(settings),
      recordsWithoutKey,
    },
    sources,
    Date.now,
    () => file.epoch(),
    () => file.covers(),
  );
  const ofFlags = featureFlags === undefined ? [] : [FeatureFlagCalled];
  const classes = events && new Set(withVariants([...events, ...ofFlags]));
  const collected = () => [...(classes ?? [...knownEventClasses(), ...BUILT_IN_EVENTS])];
  const catalogue = () => createCatalogue(settings.app, collected());
  const { app, distinctId } = settings;
  const scope = (recipient = hostOf(settings)) =>
    toConsentScope({
      app,
      classes: collected(),
      recipient,
      distinctId,
      untyped: classes === undefined,
    });
  const coverage = createCoverage({
    watch,
    file,
    scope,
    classCount: classes ? () => classes.size : eventClassCount,
    // Another program than the app does not know who the app sends to.
    isOwnRecipient: recordsWithoutKey === true || isOwnRecipient(settings, environment, places),
    // What another program says of the app is not what its person has agreed to.
    mayAdopt: !recordsWithoutKey,
  });

  const knowsApp = classes !== undefined && !recordsWithoutKey;

  function answerAboutChanges(digest: string, keep: (current: ConsentScope) => void): boolean {
    const { current, digest: now } = coverage.compare();
    if (now !== digest || recordsWithoutKey) return false;
    keep(current);
    watch.refresh();
    return true;
  }

  const erase = () => [file.eraseLeftovers(), eraseInstallation(directory)].every(Boolean);

  return {
    settings,
    environment,
    places,
    directory,
    file,
    watch,
    store,
    layers: () => [...settings.consentLayers, ...sources.flatMap((source) => source.read())],
    classes,
    admission: createAdmission(classes),
    hooks: parseHookNames(hooks),
    catalogue,
    scope,
    coverage,

    acceptCatalogue: (digest) =>
      answerAboutChanges(digest, (current) => file.acceptCatalogue(toAgreed(current))),

    declineCatalogue: (digest) => answerAboutChanges(digest, () => file.declineCatalogue(digest)),

    textInput: () => ({
      app: settings.app,
      catalogue: catalogue(),
      basis,
      disableVariable: variableNames('disableTelemetry', prefix)[1] as string,
      command,
      privacyUrl: settings.privacyUrl,
      host: hostOf(settings),
      distinctId: settings.distinctId,
      directory: directory && toShownPath(directory),
      retentionDays: settings.store.retentionDays,
      untyped: classes === undefined,
      nowMs: Date.now(),
    }),

    optIn({ dryRun }) {
      file.giveYes({ dryRun, ...toAgreed(scope()) });
      watch.refresh();
    },

    forgetWaiting() {
      const isForgotten = quietly(() => {
        // Where nothing may be recorded nothing waits that may be sent, and no id is made.
        if (watch.refresh().mode !== 'off' || file.record().userId !== undefined) file.renewEpoch();
        return true;
      });
      watch.refresh();
      return isForgotten === true;
    },

    answer(answers) {
      try {
        // Without a list it is not known here what is agreed to: another program may serve the app.
        file.answer({ ...answers, ...(answers.telemetry && knowsApp && toAgreed(scope())) });
      } finally {
        if (answers.telemetry === false) erase();
        // With a yes comes the id that its person is shown, which is made of the secret.
        if (watch.refresh().mode !== 'off') openInstallationSecret(directory);
      }
    },

    optOut() {
      let isErased = false;
      try {
        // The word first: whoever reads it meanwhile stops, and makes nothing anew.
        file.giveNo();
      } finally {
        isErased = erase();
        watch.refresh();
      }
      return isErased;
    },
  };
}
