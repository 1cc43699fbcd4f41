/** What a write needs of a transaction: the one that moves the consumer's checkpoint. */
export interface Writer {
  query<Row>(sql: string, params?: readonly unknown[]): Promise<Row[]>;
}
