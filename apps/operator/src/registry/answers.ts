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

export interface Consumer {
  readonly name: string;
  readonly kind: string;
  readonly rebuildable: boolean;
  readonly topics: readonly { readonly name: string; readonly partitions: number }[];
}

export interface Replayed {
  readonly examined: number;
  readonly applied: number;
  readonly passedOver: number;
  readonly changedRows: number;
  readonly after?: number;
}

export interface Rebuilt {
  readonly state: 'BUILDING' | 'SWAPPED' | 'COMPARED' | 'ABANDONED';
  readonly done: number;
  readonly behind?: number;
  readonly generation?: number;
  readonly tables?: readonly {
    readonly table: string;
    readonly rows: number;
    readonly missing: number;
    readonly extra: number;
    readonly altered: number;
    readonly examples: readonly string[];
  }[];
}

export interface Reconciled {
  readonly window?: { readonly count: number };
  readonly findings: readonly { readonly kind: string; readonly message: string }[];
  readonly next?: object;
}
