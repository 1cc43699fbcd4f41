/** What the registry answers to operators, as far as it is shown here. */
export interface ParkedKey {
  readonly consumer: string;
  readonly topic: string;
  readonly key: string;
}

export interface DeadLetter extends ParkedKey {
  readonly id: string;
  readonly partition: number;
  readonly pos: number;
  readonly type: string;
  readonly reason: string;
  readonly buriedAt: string;
  readonly parked: number;
  readonly discardAskedBy: readonly string[];
}

export interface DeadLetters {
  readonly letters: readonly DeadLetter[];
  readonly total: number;
  readonly waiting: readonly (ParkedKey & { readonly parked: number })[];
}

export interface ShownDeadLetter extends DeadLetter {
  readonly detail: string;
  readonly bytes: number;
  readonly event?: object;
}

export interface Redriven extends ParkedKey {
  readonly applied: number;
  readonly remaining: number;
  readonly failed?: { readonly pos: number; readonly reason: string };
}

export interface Lag {
  readonly consumer: string;
  readonly topic: string;
  readonly behind: number;
  readonly lastAppendedAt?: string;
}

export interface Action {
  readonly id: number;
  readonly at: string;
  readonly who: string;
  readonly action: string;
  readonly reason: string;
  readonly consumer: string;
  readonly topic?: string;
  readonly partition?: number;
  readonly pos?: number;
  readonly key?: string;
  readonly outcome?: object;
}
