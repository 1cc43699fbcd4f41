/** What messaging needs of a logger; pino has it. Event data is never passed in. */
export interface MessagingLog {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}
