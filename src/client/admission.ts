import { modelOf } from '../privacy/index.js';

/** What may be recorded at all: what the person is shown when they are asked, and nothing else. */
export interface Admission {
  /** Is it of a class that they are shown? A class that declares nothing is for the privacy door to refuse. */
  admits(event: object): boolean;
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
    admitsUntyped: classes === undefined,
  };
}
