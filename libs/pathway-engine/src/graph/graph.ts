import type { Agreement } from '../facts/agreement.ts';
import { type Credential, type CredentialVersion, versionOn } from '../facts/credential.ts';
import type { Day } from '../facts/day.ts';
import type { Facts } from '../facts/facts.ts';
import type { MicroCredential } from '../facts/micro-credential.ts';
import type { Ordered } from '../agreements/order.ts';
import { ListIndex } from './list-index.ts';

/** An agreement as the graph keeps it, with its units by number. */
export interface Edge extends Ordered {
  readonly agreement: Agreement;
  readonly size: number;
  /** One number for each thing in `from`, in its order; twins have the same. */
  readonly unitOf: readonly number[];
  /** Each different unit once. */
  readonly units: readonly number[];
}

/**
 * All facts, indexed for questions. One fact is put or removed at a time; nothing is rebuilt. What was put again replaces what had the id.
 * The order in which facts of different ids arrive makes no difference to any answer.
 */
export class Graph {
  readonly #units = new Map<string, number>();
  readonly #unitKeyOf = new Map<string, string>();
  readonly microCredentials = new Map<string, MicroCredential>();
  readonly edges = new Map<string, Edge>();
  readonly credentials = new Map<string, Credential>();
  readonly #membersOfUnit = new ListIndex<number, MicroCredential>(({ id }) => id);
  readonly #edgesOfUnit = new ListIndex<number, Edge>(({ agreement }) => agreement.id);
  readonly #edgesOfCourse = new ListIndex<string, Edge>(({ agreement }) => agreement.id);
  readonly #edgesOfSubject = new ListIndex<string, Edge>(({ agreement }) => agreement.id);
  readonly #edgesOfReceiver = new ListIndex<string, Edge>(({ agreement }) => agreement.id);
  /** By receiver, each built when somebody first asks of it. */
  readonly #edgesAt = new Map<string, ListIndex<number, Edge>>();
  readonly #edgesOfGroup = new ListIndex<string, Edge>(({ agreement }) => agreement.id);
  readonly #edgesOfWaiver = new ListIndex<string, Edge>(({ agreement }) => agreement.id);
  readonly #ownOfInstitution = new ListIndex<string, MicroCredential>(({ id }) => id);
  /** Grows with every fact. */
  version = 0;
  readonly #receiverVersions = new Map<string, number>();
  #catalogueVersion = 0;

  static of(facts: Facts): Graph {
    const graph = new Graph();
    for (const one of facts.microCredentials) graph.putMicroCredential(one);
    for (const one of facts.agreements) graph.putAgreement(one);
    for (const one of facts.credentials) graph.putCredential(one);
    return graph;
  }

  /** The unit of a micro-credential, known or not: agreements may name one before it is published. */
  unit(microCredential: string): number {
    return this.#number(this.unitKey(microCredential));
  }

  unitKey(microCredential: string): string {
    return this.#unitKeyOf.get(microCredential) ?? `=${microCredential}`;
  }

  membersOf(unit: number): readonly MicroCredential[] {
    return this.#membersOfUnit.get(unit);
  }

  edgesOf(unit: number): readonly Edge[] {
    return this.#edgesOfUnit.get(unit);
  }

  /** The agreements of one receiver that begin from a unit. */
  edgesAt(receiver: string, unit: number): readonly Edge[] {
    let edges = this.#edgesAt.get(receiver);
    if (!edges) {
      this.#edgesAt.set(receiver, (edges = new ListIndex(({ agreement }) => agreement.id)));
      for (const edge of this.edgesOfReceiver(receiver)) for (const each of edge.units) edges.add(each, edge);
    }
    return edges.get(unit);
  }

  edgesOfReceiver(receiver: string): readonly Edge[] {
    return this.#edgesOfReceiver.get(receiver);
  }

  edgesGrantingCourse(receiver: string, course: string): readonly Edge[] {
    return this.#edgesOfCourse.get(`${receiver}\u0000${course}`);
  }

  edgesGrantingSubject(receiver: string, subject: string): readonly Edge[] {
    return this.#edgesOfSubject.get(`${receiver}\u0000${subject}`);
  }

  edgesWaiving(receiver: string, requirement: string): readonly Edge[] {
    return this.#edgesOfWaiver.get(`${receiver}\u0000${requirement}`);
  }

  edgesOfGroup(receiver: string, exclusiveGroup: string): readonly Edge[] {
    return this.#edgesOfGroup.get(`${receiver}\u0000${exclusiveGroup}`);
  }

  ownOf(institution: string): readonly MicroCredential[] {
    return this.#ownOfInstitution.get(institution);
  }

  /** Changes when anything changed that a credential of the institution could be met by. */
  versionFor(institution: string): string {
    return `${this.#receiverVersions.get(institution) ?? 0}.${this.#catalogueVersion}`;
  }

  putMicroCredential(one: MicroCredential): void {
    const before = this.microCredentials.get(one.id);
    if (before) this.removeMicroCredential(one.id);
    const key = one.sameAs === undefined ? `=${one.id}` : `~${one.sameAs}`;
    const moved = this.unitKey(one.id) !== key;
    this.#unitKeyOf.set(one.id, key);
    this.microCredentials.set(one.id, one);
    this.#membersOfUnit.add(this.#number(key), one);
    this.#ownOfInstitution.add(one.issuer, one);
    if (moved) this.#renumberEdgesWith(one.id);
    this.#catalogueChanged();
  }

  removeMicroCredential(id: string): void {
    const one = this.microCredentials.get(id);
    if (!one) return;
    const key = this.unitKey(id);
    this.microCredentials.delete(id);
    this.#membersOfUnit.remove(this.#number(key), one);
    this.#ownOfInstitution.remove(one.issuer, one);
    this.#unitKeyOf.delete(id);
    if (key !== `=${id}`) this.#renumberEdgesWith(id, this.#number(key));
    this.#catalogueChanged();
  }

  putAgreement(agreement: Agreement): void {
    this.removeAgreement(agreement.id);
    this.#link(agreement, 'add');
  }

  removeAgreement(id: string): void {
    const edge = this.edges.get(id);
    if (edge) this.#link(edge.agreement, 'remove');
  }

  putCredential(credential: Credential): void {
    this.credentials.set(credential.id, credential);
    this.version += 1;
  }

  /** The version of a credential that a day is judged by; undefined when there is no such credential. */
  credentialOn(id: string, day: Day): CredentialVersion | undefined {
    const credential = this.credentials.get(id);
    return credential && versionOn<CredentialVersion>(credential, day);
  }

  removeCredential(id: string): void {
    if (this.credentials.delete(id)) this.version += 1;
  }

  #link(agreement: Agreement, act: 'add' | 'remove'): void {
    const { receiver } = agreement;
    const edge = act === 'add' ? this.#edgeOf(agreement) : this.edges.get(agreement.id)!;
    if (act === 'add') this.edges.set(agreement.id, edge);
    else this.edges.delete(agreement.id);
    for (const unit of edge.units) {
      this.#edgesOfUnit[act](unit, edge);
      this.#edgesAt.get(receiver)?.[act](unit, edge);
    }
    this.#edgesOfReceiver[act](receiver, edge);
    if (agreement.exclusiveGroup !== undefined) this.#edgesOfGroup[act](`${receiver}\u0000${agreement.exclusiveGroup}`, edge);
    for (const grant of agreement.grants) {
      if (grant.waives !== undefined) this.#edgesOfWaiver[act](`${receiver}\u0000${grant.waives}`, edge);
      if (grant.course !== undefined) this.#edgesOfCourse[act](`${receiver}\u0000${grant.course}`, edge);
      if (grant.subject !== undefined) this.#edgesOfSubject[act](`${receiver}\u0000${grant.subject}`, edge);
    }
    this.#receiverVersions.set(receiver, (this.#receiverVersions.get(receiver) ?? 0) + 1);
    this.version += 1;
  }

  #edgeOf(agreement: Agreement): Edge {
    const unitOf = agreement.from.map(({ microCredential }) => this.unit(microCredential));
    const units = [...new Set(unitOf)];
    return { agreement, unitOf, units, size: units.length };
  }

  /** A micro-credential became a twin, or is one no more: the agreements that name it stand on another unit. */
  #renumberEdgesWith(id: string, before: number = this.#number(`=${id}`)): void {
    const naming = this.edgesOf(before).filter(({ agreement }) => agreement.from.some(({ microCredential }) => microCredential === id));
    for (const { agreement } of [...naming]) {
      this.#link(agreement, 'remove');
      this.#link(agreement, 'add');
    }
  }

  #catalogueChanged(): void {
    this.#catalogueVersion += 1;
    this.version += 1;
  }

  #number(key: string): number {
    const known = this.#units.get(key);
    if (known !== undefined) return known;
    this.#units.set(key, this.#units.size);
    return this.#units.size - 1;
  }
}
