/** What a query needs of a connection. The gateway passes the `Database` of its read-only role. */
export interface Reader {
  query<Row>(sql: string, params?: readonly unknown[]): Promise<Row[]>;
}
