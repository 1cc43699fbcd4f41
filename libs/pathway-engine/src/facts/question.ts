/** What is to be least, in this order. */
export const objectives = ['COST', 'HOURS', 'COUNT', 'TERMS'] as const;
export type Objective = (typeof objectives)[number];

/** The sums over a plan: cents, minutes, number of micro-credentials, terms one after the other. */
export type Totals = Readonly<Record<Objective, number>>;

/** What a plan may consist of. What is not said is not asked. */
export interface PlanTerms {
  readonly objectives?: readonly Objective[];
  /** No total over these; 0 is a budget too. */
  readonly budgets?: Partial<Totals>;
  readonly issuers?: readonly string[];
  readonly deliveries?: readonly string[];
  readonly regions?: readonly string[];
  readonly forced?: readonly string[];
  readonly forbidden?: readonly string[];
}
