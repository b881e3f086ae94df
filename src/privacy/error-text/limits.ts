/** Of a message's template, in code points. */
export const MAX_TEMPLATE_LENGTH = 500;
