import { knownEventClasses, modelOf, modelOfSchema } from '../privacy/index.js';

/** What may be recorded at all: what the person is shown when they are asked, and nothing else. */
export interface Admission {
  /** Is it of a class that they are shown? A class that declares nothing is for the privacy door to refuse. */
  admits(event: object): boolean;
  /**
   * An event that Sotto has made, as one of the class that the person is shown for it: a standard event with a vocabulary of
   * the maker's is a subclass of the one that Sotto knows. Where no list says which of several counts, the first one declared.
   */
  asListed(event: object): object;
  /** Whether a payload that no class declares may be recorded. */
  readonly admitsUntyped: boolean;
}

/** @param classes - the classes that the person is shown; undefined: they are told that there may be others */
export function createAdmission(classes: ReadonlySet<object> | undefined): Admission {
  return {
    admits(event) {
      const schema = classes && modelOf(event)?.schema;
      return schema === undefined || classes?.has(schema) === true;
    },
    asListed(event) {
      const { constructor: own } = event;
      if (classes?.has(own)) return event;
      const name = modelOf(event)?.event?.name;
      const listed = [...(classes ?? knownEventClasses())].find(
        (schema) =>
          Object.prototype.isPrototypeOf.call(own, schema) && modelOfSchema(schema)?.event?.name === name,
      );
      return listed ? Object.assign(Object.create(prototypeOf(listed)), event) : event;
    },
    admitsUntyped: classes === undefined,
  };
}

const prototypeOf = (schema: object): object => Reflect.get(schema, 'prototype') as object;
