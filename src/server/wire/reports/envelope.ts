import { z } from 'zod';
import { CUSTOMER_ID } from '../customer.js';

/** Stands for the customer's id where the licence, which says it, is not known: in what is shown before it is sent. */
export const CUSTOMER_ID_PLACEHOLDER = '<customer-id>';

const CustomerIdSchema = z.union([z.literal(CUSTOMER_ID_PLACEHOLDER), z.string().regex(CUSTOMER_ID)]);

/** ISO 8601 has a year 0; the calendar of PostgreSQL has none. */
const isAfterYearZero = (text: string) => !text.startsWith('0000');

/** What stands around the numbers of a report. */
export const ENVELOPE = {
  customer_id: {
    schema: CustomerIdSchema,
    about:
      'The customer whose licence this installation runs under: reports of one customer can be linked by it.',
  },
  timestamp: {
    schema: z
      .union([z.iso.datetime({ precision: 3 }), z.iso.datetime({ precision: 6 })])
      .refine(isAfterYearZero),
    about: 'When the heartbeat was made, in UTC.',
  },
  date: {
    schema: z.iso.date().refine(isAfterYearZero),
    about: 'The day that the report is about: always the last complete one, in UTC.',
  },
} as const;
