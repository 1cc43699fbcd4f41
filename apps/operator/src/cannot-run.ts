/** What was asked for could not be done. The message says how to mend it, to a person at a terminal. */
export class CannotRun extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'CannotRun';
  }
}
