import type { Domain } from '../domains/index.js';
import { isLabelLike } from './safe-text.js';

/**
 * A label whose list only a server knows, such as a flag's key or variant: a boolean, or a string that looks like a
 * label. For Sotto's own events; makers list their labels with `oneOf`.
 */
export const label: Domain<string | boolean> & { readonly text: 'label' } = {
  kind: 'any_of',
  text: 'label',
  description: 'a boolean or a short string without white space in which nothing identifies',
  encode: (value) =>
    typeof value === 'boolean' || (typeof value === 'string' && isLabelLike(value)) ? value : undefined,
  isWithin: () => false,
  example: () => 'control',
};
