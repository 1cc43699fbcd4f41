import type { MicroCredentialDraft, RuleResult } from '@mcr/contracts';
import type { Fault } from '@mcr/event-kit';

/** Where in a definition a rule is broken, and how. Pointers (RFC 6901) begin at the definition. */
export interface Breach {
  readonly pointer: string;
  readonly message: string;
}

export type Check = (definition: MicroCredentialDraft) => Breach[];

/** One rule of a framework. `message` says what the rule asks, `hint` how to meet it, `pointer` what it is about. */
export interface Rule {
  readonly ruleId: string;
  readonly severity: RuleResult['severity'];
  readonly pointer: string;
  readonly message: string;
  readonly hint: string;
  readonly check: Check;
}

/** The rules of one edition of a framework. A new edition is a new set beside the old one. */
export interface RuleSet {
  readonly id: string;
  readonly rules: readonly Rule[];
}

/** What a rule says about one definition; `faults` names every breach, where the result itself names the first. */
export interface Evaluation extends RuleResult {
  readonly faults: readonly Fault[];
}

/** Every rule's result, met or not, in the order of the set. */
export const evaluate = ({ id, rules }: RuleSet, definition: MicroCredentialDraft): Evaluation[] => rules.map((rule) => judge(id, rule, definition));

function judge(ruleSet: string, { ruleId, severity, pointer, message, hint, check }: Rule, definition: MicroCredentialDraft): Evaluation {
  const breaches = check(definition);
  const [first, ...further] = breaches;
  return {
    ruleId,
    ruleSet,
    severity,
    passed: first === undefined,
    pointer: first?.pointer ?? pointer,
    message: first === undefined ? message : further.length === 0 ? first.message : `${first.message} (And ${further.length} more.)`,
    hint,
    faults: breaches.map((breach) => ({ ...breach, code: 'RULE_NOT_MET', ruleId, hint })),
  };
}

/** What stands in the way of publication. Warnings do not. */
export const blockingFaults = (evaluations: readonly Evaluation[]): Fault[] =>
  evaluations.filter(({ severity, passed }) => severity === 'ERROR' && !passed).flatMap(({ faults }) => faults);
