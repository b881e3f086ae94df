/** How many requests are answered in a time. */
export interface RequestLimit {
  /** What is counted apart from other things: `heartbeat`. */
  readonly name: string;
  readonly requests: number;
  readonly seconds: number;
}

/** Counts requests: in the database where several processes share it, otherwise in the memory of this one. */
export interface RequestLimits {
  /**
   * @param who - whose requests are counted together
   * @returns undefined while there are not too many; otherwise after how many seconds to come back
   */
  count(limit: RequestLimit, who: string): Promise<number | undefined>;
  /** Forget what has been over for an hour. */
  forgetOld(nowMs: number): Promise<void>;
}
