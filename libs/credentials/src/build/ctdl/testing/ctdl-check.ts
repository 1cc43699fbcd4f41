import { existsSync, readFileSync } from 'node:fs';

const FOLDER = new URL('../../../../../../../shared/data/ctdl/', import.meta.url);

/** The vocabulary is data that this repository does not hold. */
export const ctdlIsThere = existsSync(new URL('ctdl-schema.json', FOLDER));

interface Term {
  readonly '@id': string;
  readonly '@type': string;
  readonly 'schema:domainIncludes'?: readonly string[];
  readonly 'schema:rangeIncludes'?: readonly string[];
  readonly 'meta:targetScheme'?: readonly string[];
  readonly 'skos:inScheme'?: readonly string[];
}

type Node = Readonly<Record<string, unknown>>;

const read = (name: string): Record<string, unknown> => JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as Record<string, unknown>;

function readVocabulary() {
  const graphs = ['ctdlasn-schema.json', 'ctdl-schema.json'].map((name) => read(name)['@graph'] as Term[]);
  return {
    terms: new Map(graphs.flat().map((term) => [term['@id'], term])),
    context: read('ctdl-context.json')['@context'] as Record<string, { readonly '@container'?: string }>,
  };
}

let vocabulary: ReturnType<typeof readVocabulary> | undefined;

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

/** How a literal of each kind looks. */
const LITERALS: Readonly<Record<string, (value: unknown) => boolean>> = {
  'xsd:string': isText,
  'xsd:anyURI': (value) => isText(value) && /^[a-zA-Z][\w+.-]*:\S+$/.test(value),
  'xsd:date': (value) => isText(value) && /^\d{4}-\d{2}-\d{2}$/.test(value) && new Date(value).toISOString().startsWith(value),
  'xsd:language': (value) => isText(value) && /^[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*$/.test(value),
  'xsd:boolean': (value) => typeof value === 'boolean',
  'xsd:decimal': (value) => Number.isFinite(value),
  'xsd:float': (value) => Number.isFinite(value),
  'schema:Duration': (value) => isText(value) && /^P(?=.)(\d+W|(\d+D)?(T(?=.)(\d+H)?(\d+M)?)?)$/.test(value),
  'rdf:langString': (value) =>
    typeof value === 'object' &&
    value !== null &&
    Object.keys(value).length > 0 &&
    Object.entries(value).every(([tag, text]) => LITERALS['xsd:language']!(tag) && [text].flat().length > 0 && [text].flat().every(isText)),
};

/** Everything that is wrong with nodes by the schema of CTDL: unknown terms, properties of other classes, values of other kinds. */
export function ctdlFaults(nodes: readonly Node[], known: Readonly<Record<string, string>> = {}): string[] {
  const { terms, context } = (vocabulary ??= readVocabulary());
  const types = new Map<string, string>([...Object.entries(known), ...nodes.map((node) => [node['@id'] as string, node['@type'] as string] as const)]);
  const faults: string[] = [];

  const isConceptOf = (value: unknown, schemes: readonly string[]): boolean =>
    isText(value) && terms.get(value)?.['@type'] === 'skos:Concept' && schemes.some((scheme) => terms.get(value)?.['skos:inScheme']?.includes(scheme));

  function isInRange(value: unknown, { 'schema:rangeIncludes': range = [], 'meta:targetScheme': schemes }: Term): boolean {
    if (range.includes('skos:Concept') && schemes && isConceptOf(value, schemes)) return true;
    if (range.some((kind) => LITERALS[kind]?.(value))) return true;
    if (isText(value)) return range.includes(types.get(value) ?? '');
    const { '@type': type, 'ceterms:targetNode': target } = (value ?? {}) as Node;
    if (!range.includes(type as string)) return false;
    return target === undefined || schemes === undefined || isConceptOf(target, schemes);
  }

  function check(node: Node, at: string): void {
    const type = node['@type'] as string;
    if (terms.get(type)?.['@type'] !== 'rdfs:Class') faults.push(`${at} is of no known class: ${type}`);
    for (const [property, value] of Object.entries(node).filter(([name]) => !name.startsWith('@'))) {
      const term = terms.get(property);
      if (term?.['@type'] !== 'rdf:Property' || !context[property]) faults.push(`${at} has the unknown property ${property}`);
      else if (!term['schema:domainIncludes']?.includes(type)) faults.push(`${at} is a ${type}, which has no ${property}`);
      else for (const each of [value].flat()) if (!isInRange(each, term)) faults.push(`${at} ${property} has a value out of range: ${JSON.stringify(each)}`);
      for (const each of [value].flat()) if (typeof each === 'object' && each !== null && '@type' in each) check(each as Node, `${at} ${property}`);
    }
  }

  for (const node of nodes) check(node, String(node['@id']));
  return faults;
}
