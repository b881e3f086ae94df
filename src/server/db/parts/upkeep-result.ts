/** What a round of upkeep has done. */
export interface UpkeepResult {
  readonly partsMade: number;
  readonly partsDropped: number;
  /** Those that stood in a part which was dropped are not among them. */
  readonly rowsDeleted: number;
}
