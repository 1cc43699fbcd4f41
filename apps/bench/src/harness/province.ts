/** A running registry with one institution that publishes, as measurements see it. */
export interface Province {
  readonly code: string;
  readonly microCredential: string;
  readonly url: string;
  readonly dataDir: string;
  /** The database's superuser. */
  readonly adminUrl: string;
  clientToken(): Promise<string>;
  registrarToken(): Promise<string>;
  close(): Promise<void>;
}
