/** Nothing could be imported. The message says how to mend it, to a person at a terminal. */
export class CannotRun extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'CannotRun';
  }
}
