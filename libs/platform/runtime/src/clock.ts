/** The time, as a thing that can be handed in. */
export class Clock {
  now(): Date {
    return new Date();
  }
}
