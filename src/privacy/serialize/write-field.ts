import { toAggregate } from '../conversions/aggregate.js';
import { toPresence } from '../conversions/boolean.js';
import { toCount } from '../conversions/count.js';
import { toDistribution } from '../conversions/distribution.js';
import { toTextCount } from '../conversions/text-count.js';
import type { MutableJsonObject } from '../json.js';
import { propertyNameOf, redactedNameOf } from '../schema/property-names.js';
import type { FieldRule } from '../schema/rule.js';
import { redactAndCut } from '../scrubber/index.js';
import { markTruncated, type SerializationContext, within } from './context.js';
import { toPresenceMap } from './presence-map.js';

/** Put what a field's rule allows of `value` into the payload. May throw what reading the value throws. */
export type WriteField = (payload: MutableJsonObject, value: unknown, context: SerializationContext) => void;

/** A redacted text is cut to this many code points: match first, cut after. */
const MAX_REDACTED_LENGTH = 1_000;

/** One rule → the function that applies it, chosen once per class so that an event costs no decisions. */
export function createWriteField(
  rule: Exclude<FieldRule, { conversion: 'forbidden' }>,
  source: string,
): WriteField {
  const name = propertyNameOf(source, rule);
  switch (rule.conversion) {
    case 'plain':
      return writePlain(name, rule.domain.encode);
    case 'boolean':
      return (payload, value) => {
        payload[name] = toPresence(value);
      };
    case 'count':
      return (payload, value) => {
        payload[name] = toCount(value);
      };
    case 'text_count':
      return writeTextCount(name, redactedNameOf(source, rule));
    case 'aggregate':
      return (payload, value, context) => {
        payload[name] = toAggregate(value, rule.aggregate, rule.decimals, () => markTruncated(context));
      };
    case 'distribution':
      return (payload, value, context) => {
        payload[name] = toDistribution(value, rule.labels, () => markTruncated(context));
      };
    case 'hash': {
      const identity = rule.identity ?? name;
      return (payload, value, context) => {
        payload[name] =
          value === null || value === undefined ? null : context.hash(value, identity, rule.scope);
      };
    }
    case 'presence_map':
      return (payload, value, context) => {
        const presence = toPresenceMap(value, context);
        if (presence) payload[name] = presence;
      };
    case 'nested':
      return (payload, value, context) => {
        const json = within(context, name, () => context.toNested(value, rule.schema, context));
        if (json !== undefined) payload[name] = json;
      };
    default:
      return rule satisfies never;
  }
}

function writePlain(
  name: string,
  encode: (value: unknown) => MutableJsonObject[string] | undefined,
): WriteField {
  return (payload, value, context) => {
    if (value === undefined) return;
    const json = value === null ? null : encode(value);
    if (json === undefined) context.countDrop('field_invalid');
    else payload[name] = json;
  };
}

function writeTextCount(name: string, redactedAs: string | undefined): WriteField {
  return (payload, value, context) => {
    payload[name] = toTextCount(value);
    if (redactedAs === undefined || !context.toolsOverPrivacy || typeof value !== 'string') return;
    if (context.held?.has(redactedAs)) {
      context.countDrop('field_held_back');
      return;
    }
    payload[redactedAs] = redactAndCut(value, MAX_REDACTED_LENGTH);
  };
}
