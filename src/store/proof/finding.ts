/** What can be wrong with what is kept. Codes are stable. */
export type FindingCode =
  | 'file_unreadable'
  | 'line_changed'
  | 'chain_broken'
  | 'line_twice'
  | 'event_twice'
  | 'end_without_event'
  | 'receipt_unreadable'
  | 'receipt_not_fitting'
  | 'signature_invalid'
  | 'key_unknown'
  | 'shown_not_recorded'
  | 'shown_differs';

/** Something that does not hold, and where. */
export interface Finding {
  readonly code: FindingCode;
  /** The name of a file of the ledger, or the one that was shown. */
  readonly file: string;
  /** Of the file, from 1; of what was shown, the number of the event in it. */
  readonly line?: number;
}

/** What a finding means, for people. */
export const FINDING_TEXTS: Readonly<Record<FindingCode, string>> = {
  file_unreadable: 'the file cannot be read, so nothing of it was checked',
  line_changed: 'the line is not as it was written: it was changed, cut or added by hand',
  chain_broken:
    'the line does not follow the one before it: one of them was changed, or a line was removed, moved or added',
  line_twice: 'the same line stands in the file a second time',
  event_twice: 'the event stands in the ledger a second time, with other content',
  end_without_event: 'the line tells of an event that no longer stands in the file: its line was removed',
  receipt_unreadable: 'the receipt in the line is none that a server gives',
  receipt_not_fitting:
    'the server signed for other bytes than stand here: what it received is not what was kept',
  signature_invalid: 'the receipt does not bear the signature of the server whose key it names',
  key_unknown: 'the receipt is signed with a key that is not among those that were given',
  shown_not_recorded: 'the event was shown, and does not stand in the ledger',
  shown_differs: 'the event was shown with other content than stands in the ledger',
};
