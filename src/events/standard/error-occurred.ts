import {
  ERROR_CATEGORIES,
  type ErrorCategory,
  type ErrorDescription,
  errorCode,
  errorFingerprint,
  errorName,
  frameText,
  label,
  listOf,
  messageTemplate,
  oneOf,
  plain,
} from '../../privacy/index.js';
import { declareLate } from '../declare-late.js';
import { TelemetryEvent } from '../telemetry-event.js';

/** `<app>.error`: an error that the program met, without its text, its values and any place on the machine. */
export class ErrorOccurred extends TelemetryEvent {
  readonly $signal: 'error' | 'crash' = 'error';
  error_type!: string;
  error_message!: string;
  error_category!: ErrorCategory;
  error_code: string | undefined;
  error_fingerprint!: string;
  stack_trace!: readonly string[];
  cause_types!: readonly string[];
  operation: string | undefined;
  /** Of an installation. */
  step_name: string | undefined;
  /** Undeclared: the automatic rule reduces it. */
  context: object | undefined;
}

declareLate(
  ErrorOccurred,
  'error',
  () => ({
    $signal: plain(oneOf('error', 'crash')),
    error_type: plain(errorName),
    error_message: plain(messageTemplate),
    error_category: plain(oneOf(...ERROR_CATEGORIES)),
    error_code: plain(errorCode),
    error_fingerprint: plain(errorFingerprint),
    stack_trace: plain(listOf(frameText, { maxMembers: 50 })),
    cause_types: plain(listOf(errorName, { maxMembers: 5 })),
    operation: plain(label),
    step_name: plain(label),
  }),
  {
    isPrefixed: true,
    separator: '.',
    purpose: 'finding and fixing errors',
    kind: 'error',
    undeclared: 'plain',
  },
);

/**
 * What may be said of an error → its event. Pure but for what getters of the context do; never throws.
 *
 * @param context - what the program says of the error: `operation` and `step_name` become fields of that name, and
 *   `error_code` too where the error itself has no code. The rest stands under `context`, so that it can replace nothing
 */
export function toErrorOccurred(description: ErrorDescription, context: object = {}): ErrorOccurred {
  return Object.assign(new ErrorOccurred(), toErrorFields(description, context));
}

/** The fields that errors and crashes have in common. */
export function toErrorFields(description: ErrorDescription, context: object) {
  return {
    error_type: description.type,
    error_message: description.message,
    error_category: description.category,
    error_code: description.code ?? readString(context, 'error_code'),
    error_fingerprint: description.fingerprint,
    stack_trace: description.frames,
    cause_types: description.causes,
    operation: readString(context, 'operation'),
    step_name: readString(context, 'step_name'),
    context: withoutFields(context),
  };
}

const OWN_FIELDS = ['error_code', 'operation', 'step_name'] as const;

function readString(context: object, name: (typeof OWN_FIELDS)[number]): string | undefined {
  try {
    const value: unknown = Object.hasOwn(context, name) ? Reflect.get(context, name) : undefined;
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Without reading anything: what the rest holds is for the door to see. Undefined when nothing is left. */
function withoutFields(context: object): object | undefined {
  try {
    if (!isRecord(context)) return context;
    const descriptors = Object.getOwnPropertyDescriptors(context);
    const rest = Object.entries(descriptors).filter(([name]) => !OWN_FIELDS.some((field) => field === name));
    return rest.length === 0 ? undefined : Object.defineProperties({}, Object.fromEntries(rest));
  } catch {
    return context;
  }
}

function isRecord(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
