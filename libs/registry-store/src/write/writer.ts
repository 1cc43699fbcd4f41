/** What a write needs of a transaction: the one that moves the consumer's checkpoint. */
export interface Writer {
  query<Row>(sql: string, params?: readonly unknown[]): Promise<Row[]>;
  /** The schema that stands for `registry` while the registry is built anew beside the live one. */
  readonly tablesIn?: string;
}

const LIVE = 'registry';

/** A statement that names its schema: the live one, or the one that stands for it. */
export function statement(inSchema: (registry: string) => string): (tx: Writer) => string {
  const made = new Map<string, string>();
  return ({ tablesIn = LIVE }) => {
    const known = made.get(tablesIn) ?? inSchema(tablesIn);
    made.set(tablesIn, known);
    return known;
  };
}
